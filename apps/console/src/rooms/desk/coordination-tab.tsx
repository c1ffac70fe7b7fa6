/** Coordination requests against their clocks; silence past the deadline is shown as what it is. */
import { COORDINATION_REPLIES, type CoordinationRow } from "@openjmc/model";
import { useShownTime } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { incident, provision } from "./fields.ts";
import { Replies, Words } from "./replies.tsx";

export function CoordinationTab(props: TabProps) {
  const words = useWords();
  const choices = useChoices();
  const { rows, condition } = useRows("coordination");
  const incidents = useRows("incidents").rows;
  return (
    <DeskTab
      {...props}
      heading="desk.tab.coordination"
      newTitle="desk.coordination.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("desk.coordination.asked"), cell: (row) => <Time at={row.askedAt} /> },
        { name: words.say("desk.coordination.from"), cell: (row) => choices.nameOf(row.body.from) },
        { name: words.say("desk.coordination.of"), cell: (row) => choices.nameOf(row.body.of) },
        { name: words.say("desk.coordination.deadline"), cell: (row) => <Time at={row.deadline} /> },
        { name: words.say("console.state"), cell: (row) => <Reply row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={
        <ActForm
          name="coordination"
          heading="desk.coordination.new"
          send="desk.coordination.send"
          act={{ kind: "coordination.requested" }}
          first={{ deadline: "1" }}
          fields={[
            { name: "from", label: "desk.coordination.from", as: "choice", choices: choices.sides },
            { name: "of", label: "desk.coordination.of", as: "choice", choices: choices.sides },
            { name: "deadline", label: "desk.coordination.deadlineHours", as: "hours" },
            { name: "askedAt", label: "desk.coordination.asked", as: "instant" },
            { name: "what", label: "desk.coordination.what", as: "area", most: 4000 },
            provision(choices),
            incident(incidents),
          ]}
        />
      }
      detail={(row) => <Request key={row.id} row={row} />}
    />
  );
}

function Reply({ row }: { readonly row: CoordinationRow }) {
  const words = useWords();
  const now = useShownTime(1000);
  const last = row.replies.at(-1);
  if (last !== undefined)
    return (
      <Badge tone={last.reply === "refused" ? "warning" : "neutral"}>
        {words.sayCode("coordinationReply", last.reply)}
      </Badge>
    );
  return row.deadline < now ? (
    <Badge tone="danger">{words.say("desk.coordination.noReply")}</Badge>
  ) : (
    <Badge>{words.say("desk.coordination.waits", { rest: words.formats.duration(row.deadline - now) })}</Badge>
  );
}

function Request({ row }: { readonly row: CoordinationRow }) {
  const words = useWords();
  const choices = useChoices();
  return (
    <>
      <div className={styles.acts}>
        <Reply row={row} />
      </div>
      <Facts
        facts={[
          [words.say("desk.coordination.from"), choices.nameOf(row.body.from)],
          [words.say("desk.coordination.of"), choices.nameOf(row.body.of)],
          [words.say("desk.coordination.asked"), <Time key="a" at={row.askedAt} />],
          [words.say("desk.coordination.deadline"), <Time key="d" at={row.deadline} />],
        ]}
      />
      <Words text={row.body.what} />
      <Mark mark={row.mark} />
      <Replies
        replies={row.replies.map((one) => ({
          ...{ text: [one.text, one.effect].filter(Boolean).join("\n"), mark: one.mark },
          head: (
            <>
              {words.sayCode("coordinationReply", one.reply)} <Time at={one.repliedAt} />{" "}
              {one.isLate ? <Badge tone="warning">{words.say("desk.late")}</Badge> : null}
            </>
          ),
        }))}
      />
      <Replies
        replies={row.returnFire.map((one) => ({
          ...{ text: one.text, mark: one.mark },
          head: (
            <>
              {words.say("desk.coordination.returnFire", { by: choices.nameOf(one.by) })} <Time at={one.orderedAt} />{" "}
              <Badge tone={one.isAfterTheRequestFailed ? "neutral" : "danger"}>
                {words.say(
                  one.isAfterTheRequestFailed ? "desk.coordination.afterFailure" : "desk.coordination.beforeFailure",
                )}
              </Badge>
            </>
          ),
        }))}
      />
      <ActForm
        name={`coordination-reply-${row.id}`}
        heading="desk.coordination.reply"
        send="desk.coordination.sendReply"
        act={{ kind: "coordination.answered", subject: row.id }}
        fields={[
          {
            ...{ name: "reply", label: "desk.coordination.reply", as: "choice" },
            choices: choices.codes("coordinationReply", COORDINATION_REPLIES),
          },
          { name: "repliedAt", label: "desk.coordination.replied", as: "instant" },
          { blank: true, name: "text", label: "desk.coordination.replyText", as: "area", most: 4000 },
          { blank: true, name: "effect", label: "desk.coordination.effect", as: "text", most: 2000 },
          { name: "effectAt", label: "desk.coordination.effectAt", as: "instant", optional: true },
        ]}
      />
      <details>
        <summary>{words.say("desk.coordination.declareReturnFire")}</summary>
        <ActForm
          name={`return-fire-${row.id}`}
          heading="desk.coordination.declareReturnFire"
          send="desk.coordination.declareReturnFire"
          act={{ kind: "return-fire.declared", subject: row.id }}
          fields={[
            { name: "by", label: "desk.coordination.orderedBy", as: "choice", choices: choices.parties },
            { name: "orderedAt", label: "desk.coordination.ordered", as: "instant" },
            { name: "text", label: "desk.coordination.order", as: "area", most: 4000 },
          ]}
        />
      </details>
    </>
  );
}
