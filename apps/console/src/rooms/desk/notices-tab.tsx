/** Notices of flights, movements, exercises, works and visits: acknowledged by both sides, compared with what was seen. */
import { NOTICE_COMPARISONS, NOTICE_SUBJECTS, type NoticeRow } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Position, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { Replies } from "./replies.tsx";

export function NoticesTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const { rows, condition } = useRows("notices");
  return (
    <DeskTab
      {...props}
      heading="desk.tab.notices"
      newTitle="desk.notice.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("desk.notice.title"), cell: (row) => row.title },
        { name: words.say("desk.notice.subject"), cell: (row) => words.sayCode("noticeSubject", row.subject) },
        { name: words.say("desk.notice.by"), cell: (row) => choices.nameOf(row.by) },
        { name: words.say("console.zone.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.say("console.zone.until"), cell: (row) => <Time at={row.until} /> },
        { name: words.say("desk.notice.acknowledged"), cell: (row) => <Acknowledged row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="notice"
          heading="desk.notice.new"
          send="desk.notice.send"
          act={{ kind: "movement.notified" }}
          fields={[
            {
              ...{ name: "subject", label: "desk.notice.subject", as: "choice" },
              choices: choices.codes(
                "noticeSubject",
                NOTICE_SUBJECTS.filter((one) => one !== "flight"),
              ),
            },
            { name: "by", label: "desk.notice.by", as: "choice", choices: choices.sides },
            { name: "to", label: "desk.notice.to", as: "choice", choices: choices.parties, optional: true },
            { name: "title", label: "desk.notice.title", as: "text", most: 200 },
            { name: "from", label: "console.zone.from", as: "instant" },
            { name: "until", label: "console.zone.until", as: "instant" },
            { blank: true, name: "route", label: "desk.notice.route", as: "area", most: 2000 },
            { name: "place", label: "console.place", as: "place", optional: true },
          ]}
        />
      }
      detail={(row) => <Notice key={row.id} row={row} />}
    />
  );
}

/** Each party by name: received, or not yet. */
function Acknowledged({ row }: { readonly row: NoticeRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const parties = mission.parties.filter(({ code }) => row.to === undefined || row.to === code);
  return (
    <>
      {parties.map(({ code }) => {
        const isIn = row.acknowledged.some((one) => one.by === code);
        return (
          <Badge key={code} tone={isIn ? "good" : "warning"}>
            {words.say(isIn ? "desk.notice.received" : "desk.notice.notReceived", { by: nameOf(code) })}
          </Badge>
        );
      })}
    </>
  );
}

function Notice({ row }: { readonly row: NoticeRow }) {
  const words = useWords();
  const choices = useChoices();
  return (
    <>
      <h3>{row.title}</h3>
      <div className={styles.acts}>
        <Acknowledged row={row} />
      </div>
      <Facts
        facts={[
          [words.say("desk.notice.subject"), words.sayCode("noticeSubject", row.subject)],
          [words.say("desk.notice.by"), choices.nameOf(row.by)],
          [words.say("desk.notice.to"), row.to === undefined ? undefined : choices.nameOf(row.to)],
          [words.say("console.zone.from"), <Time key="f" at={row.from} />],
          [words.say("console.zone.until"), <Time key="u" at={row.until} />],
          [words.say("console.flights.notified"), <Time key="n" at={row.notifiedAt} />],
          [words.say("desk.notice.route"), row.route],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
        ]}
      />
      <Mark mark={row.mark} />
      <Replies
        replies={[
          ...row.acknowledged.map(({ by, note, mark }) => ({
            ...{ text: note, mark },
            head: words.say("desk.notice.received", { by: choices.nameOf(by) }),
          })),
          ...row.compared.map(({ seen, text, mark }) => ({ text, mark, head: words.sayCode("noticeSeen", seen) })),
        ]}
      />
      <ActForm
        name={`notice-acknowledged-${row.id}`}
        heading="desk.notice.acknowledge"
        send="desk.notice.acknowledge"
        act={{ kind: "notice.acknowledged", subject: row.id }}
        fields={[
          { name: "by", label: "desk.notice.acknowledgedBy", as: "choice", choices: choices.parties },
          { blank: true, name: "note", label: "desk.note", as: "text", most: 2000 },
        ]}
      />
      <ActForm
        name={`notice-compared-${row.id}`}
        heading="desk.notice.compare"
        send="desk.notice.compare"
        act={{ kind: "notice.compared", subject: row.id }}
        fields={[
          {
            ...{ name: "seen", label: "desk.notice.seen", as: "choice" },
            choices: choices.codes("noticeSeen", NOTICE_COMPARISONS),
          },
          { blank: true, name: "text", label: "desk.note", as: "area", most: 4000 },
        ]}
      />
    </>
  );
}
