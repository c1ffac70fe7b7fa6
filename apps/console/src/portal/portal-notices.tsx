/** Notices: what the party tells beforehand, and what it says that it has received. */
import { NOTICE_SUBJECTS } from "@openjmc/model";
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { Badge } from "../ui/controls.tsx";
import { Time } from "../ui/facts-of.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalPage } from "./portal-page.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalNotices({ portal, again }: PortalProps) {
  const words = useWords();
  const choices = useChoices();
  return (
    <PortalPage
      heading="desk.portalTab.notices"
      newHeading="desk.notice.new"
      rows={portal.notices}
      form={
        <ActForm
          name="portal-notice"
          heading="desk.notice.new"
          send="desk.portal.send"
          act={{ kind: "movement.notified", body: { by: portal.party } }}
          onDone={again}
          fields={[
            {
              ...{ name: "subject", label: "desk.notice.subject", as: "choice" },
              choices: choices.codes(
                "noticeSubject",
                NOTICE_SUBJECTS.filter((one) => one !== "flight"),
              ),
            },
            {
              ...{ name: "to", label: "desk.notice.to", as: "choice", optional: true },
              choices: choices.parties.filter(({ value }) => value !== portal.party),
            },
            { name: "title", label: "desk.notice.title", as: "text", most: 200 },
            { name: "from", label: "console.zone.from", as: "instant" },
            { name: "until", label: "console.zone.until", as: "instant" },
            { blank: true, name: "route", label: "desk.notice.route", as: "area", most: 2000 },
            { name: "place", label: "console.place", as: "place", optional: true },
          ]}
        />
      }
      show={(row) => (
        <>
          <h3>{row.title}</h3>
          <p>
            {words.sayCode("noticeSubject", row.subject)} · {choices.nameOf(row.by)} · <Time at={row.starts} /> –{" "}
            <Time at={row.ends} />
          </p>
          <p>{row.route}</p>
          {row.acknowledgedBy.map((by) => (
            <Badge key={by} tone="good">
              {words.say("desk.notice.received", { by: choices.nameOf(by) })}
            </Badge>
          ))}
          <Receipt receipt={row.receipt} />
          {row.acknowledgedBy.includes(portal.party) ? null : (
            <ActForm
              name={`portal-acknowledged-${row.id}`}
              heading="desk.portal.acknowledge"
              send="desk.portal.acknowledge"
              act={{ kind: "notice.acknowledged", subject: row.id, body: { by: portal.party } }}
              onDone={again}
              fields={[{ blank: true, name: "note", label: "desk.note", as: "text", most: 2000 }]}
            />
          )}
        </>
      )}
    />
  );
}
