/** Flashes to both parties and the ladder to the sending states: what went out in whose name, to whom, and who answered. */
import {
  type Channel,
  ESCALATION_OUTCOMES,
  type EscalationBegunBody,
  type EscalationRow,
  FLASH_EVENTS,
  type FlashSentBody,
} from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { useAct } from "../../acts/use-act.ts";
import { previewOutgoing, readCard } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import type { Act } from "../../sign/statement.ts";
import { Badge, Button, Note } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { DeskTab, type TabProps } from "./desk-tab.tsx";
import { incident, language, provision } from "./fields.ts";
import { Replies, Words } from "./replies.tsx";

export function EscalationsTab(props: TabProps) {
  const words = useWords();
  const { rows, condition } = useRows("escalations");
  return (
    <DeskTab
      {...props}
      heading="influence.tab.escalations"
      newTitle="influence.flash.new"
      rows={rows}
      condition={condition}
      columns={[
        { name: words.say("desk.protest.number"), cell: (row) => row.number },
        { name: words.say("influence.ladder.title"), cell: titleOf },
        { name: words.say("influence.standing"), cell: (row) => <Standing row={row} /> },
        { name: words.say("influence.begins"), cell: (row) => <Time at={row.begins} /> },
        { name: words.say("console.state"), cell: (row) => <State row={row} /> },
        { name: words.say("console.by"), cell: (row) => <ComponentBadge code={row.mark.component} /> },
      ]}
      form={<NewEscalation />}
      detail={(row) => <Escalation key={row.id} row={row} />}
    />
  );
}

const titleOf = ({ body }: EscalationRow): string => ("headline" in body ? body.headline : body.title);

function Standing({ row }: { readonly row: EscalationRow }) {
  const words = useWords();
  return (
    <Badge tone={row.standing === "joint" ? "good" : "warning"}>
      {words.sayCode("escalationStanding", row.standing)}
    </Badge>
  );
}

function State({ row }: { readonly row: EscalationRow }) {
  const words = useWords();
  if (row.ended) return <Badge>{words.sayCode("escalationOutcome", row.ended.outcome)}</Badge>;
  const isAnswered = row.answers.length > 0;
  return (
    <Badge tone={isAnswered ? "good" : "warning"}>
      {words.say(isAnswered ? "influence.answered" : "influence.unanswered")}
    </Badge>
  );
}

function NewEscalation() {
  const words = useWords();
  const choices = useChoices();
  const { mission } = useCentre();
  const incidents = useRows("incidents").rows;
  return (
    <>
      <Note>{words.say("influence.flash.meaning")}</Note>
      <ActForm
        name="flash"
        heading="influence.flash.new"
        send="influence.flash.send"
        act={{ kind: "flash.sent" }}
        first={{ expires: "6", language: words.locale }}
        review={(act) => <Preview act={act} />}
        fields={[
          {
            ...{ name: "event", label: "influence.flash.event", as: "choice" },
            choices: choices.codes("flashEvent", FLASH_EVENTS),
          },
          { name: "expires", label: "influence.flash.expires", as: "hours" },
          language(choices),
          { name: "headline", label: "influence.flash.headline", as: "text", most: 160 },
          { name: "area", label: "influence.flash.area", as: "text", most: 200 },
          { name: "text", label: "influence.flash.text", as: "area", most: 4000 },
          { name: "instruction", label: "influence.flash.instruction", as: "area", most: 2000 },
          { name: "place", label: "console.place", as: "place", optional: true },
          incident(incidents),
        ]}
      />
      <h3>{words.say("influence.ladder.new")}</h3>
      {(mission.escalation?.ladder.length ?? 0) === 0 ? (
        <Note>{words.say("influence.ladder.none")}</Note>
      ) : (
        <>
          <Note>{words.say("influence.ladder.meaning")}</Note>
          <Plan />
          <ActForm
            name="escalation"
            heading="influence.ladder.new"
            send="influence.ladder.send"
            act={{ kind: "escalation.begun" }}
            first={{ holdUntil: "0.5", language: words.locale }}
            review={(act) => <Preview act={act} />}
            fields={[
              { name: "holdUntil", label: "influence.ladder.hold", as: "hours" },
              language(choices),
              provision(choices),
              { name: "title", label: "influence.ladder.title", as: "text", most: 160 },
              { name: "area", label: "influence.flash.area", as: "text", most: 200 },
              { name: "text", label: "influence.ladder.text", as: "area", most: 8000 },
              { name: "asked", label: "influence.ladder.asked", as: "area", most: 4000 },
              { name: "place", label: "console.place", as: "place", optional: true },
              incident(incidents),
            ]}
          />
        </>
      )}
    </>
  );
}

/** Who is told, in what order and with which clock, as the mission says. */
function Plan() {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  return (
    <ol aria-label={words.say("influence.ladder.plan")}>
      {mission.escalation?.ladder.map(({ to, channels }, index) => (
        <li key={to.join()}>
          {words.say("influence.ladder.rung", { number: index + 1, recipients: words.formats.list(to.map(nameOf)) })}{" "}
          {channels
            .map(({ by, minutes }) =>
              words.say("influence.ladder.channel", { channel: words.sayCode("channel", by), minutes }),
            )
            .join(" → ")}
        </li>
      ))}
    </ol>
  );
}

/** What each recipient will read, in its language, as the gate lets it out. */
function Preview({ act }: { readonly act: Act }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { data, error } = useQuery({
    queryKey: ["outgoing", act.kind, act.body],
    queryFn: () => previewOutgoing(act.kind, act.body),
  });
  return (
    <section aria-label={words.say("influence.preview")}>
      <h4>{words.say("influence.preview")}</h4>
      <FaultNote error={error} />
      {data?.previews.map((one) => (
        <details key={one.recipient} open>
          <summary>{nameOf(one.recipient)}</summary>
          <Words text={`${one.subject}\n\n${one.text}`} language={one.language} />
        </details>
      ))}
    </section>
  );
}

function Escalation({ row }: { readonly row: EscalationRow }) {
  const words = useWords();
  const now = useShownTime(1000);
  const { component } = useOfficer();
  const { body } = row;
  const asked = row.kind === "flash" ? (body as FlashSentBody).instruction : (body as EscalationBegunBody).asked;
  const isOpen = row.standing === "one-sided" && row.signedBy.every((mark) => mark.component !== component);
  return (
    <>
      <h3>
        {row.number} {titleOf(row)}
      </h3>
      <div className={styles.acts}>
        <Standing row={row} />
        <State row={row} />
        {isOpen ? <AnswerAct act={actOf(row)} onSigned={() => undefined} /> : null}
      </div>
      <Facts
        facts={[
          [words.say("influence.begins"), <Time key="b" at={row.begins} />],
          [words.say("influence.flash.area"), body.area],
          [
            words.say("console.place"),
            row.lon === undefined || row.lat === undefined ? undefined : (
              <Position key="p" lon={row.lon} lat={row.lat} />
            ),
          ],
        ]}
      />
      {row.begins > now && row.standing === "one-sided" ? <Note>{words.say("influence.waits")}</Note> : null}
      <Words text={body.text} language={body.language} />
      <Words text={asked} language={body.language} />
      {row.signedBy.map((mark) => (
        <Mark key={mark.index} mark={mark} />
      ))}
      <Replies
        replies={
          row.dissent ? [{ head: words.say("influence.dissent"), text: row.dissent.text, mark: row.dissent.mark }] : []
        }
      />
      <Deliveries row={row} />
      <Answers row={row} />
    </>
  );
}

const actOf = (row: EscalationRow) => ({
  id: row.id,
  kind: row.kind === "flash" ? "flash.sent" : "escalation.begun",
  ...{ statement: row.statement, state: "proposed" as const, signedBy: row.signedBy, body: row.body },
});

function Deliveries({ row }: { readonly row: EscalationRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const act = useAct();
  const cards = row.deliveries.filter((one) => one.channel === "card");
  return (
    <section aria-label={words.say("influence.deliveries")}>
      <h4>{words.say("influence.deliveries")}</h4>
      <ul>
        {row.deliveries.map((one) => (
          <li key={one.message}>
            {nameOf(one.recipient)}, {words.sayCode("channel", one.channel satisfies Channel)},{" "}
            {words.sayCode("edition", one.edition)}: <Outcome delivery={one} /> <Time at={one.at} />
          </li>
        ))}
      </ul>
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        {cards.map(({ recipient, message }) => (
          <Button
            key={message}
            disabled={act.pending}
            onClick={() =>
              void act.run(async () =>
                saveBlob(await readCard(row.id, recipient), `card-${row.number}-${recipient}.pdf`),
              )
            }
          >
            {words.say("influence.card.open", { recipient: nameOf(recipient) })}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Outcome({ delivery }: { readonly delivery: EscalationRow["deliveries"][number] }) {
  const words = useWords();
  const { outcome, attempts, detail } = delivery;
  const isBad = outcome === "unreachable" || outcome === "no-address";
  return (
    <>
      <Badge tone={isBad ? "warning" : "neutral"}>{words.sayCode("deliveryOutcome", outcome)}</Badge>{" "}
      {attempts > 1 ? words.say("influence.attempts", { count: attempts }) : ""} {detail}
    </>
  );
}

function Answers({ row }: { readonly row: EscalationRow }) {
  const words = useWords();
  const choices = useChoices();
  const told = new Set(row.deliveries.map(({ recipient }) => recipient));
  return (
    <>
      <Replies
        replies={[
          ...row.answers.map((answer) => ({
            ...{ text: answer.text, language: answer.language, mark: answer.mark },
            head: (
              <>
                {choices.nameOf(answer.recipient)}, {answer.by} <Time at={answer.answeredAt} />
              </>
            ),
          })),
          ...(row.ended
            ? [
                {
                  head: words.sayCode("escalationOutcome", row.ended.outcome),
                  text: row.ended.reason,
                  mark: row.ended.mark,
                },
              ]
            : []),
        ]}
      />
      <ActForm
        name={`escalation-answer-${row.id}`}
        heading="influence.answer"
        send="influence.answer"
        act={{ kind: "escalation.answered", subject: row.id }}
        first={{ language: words.locale }}
        fields={[
          {
            ...{ name: "recipient", label: "influence.recipient", as: "choice" },
            choices: choices.recipients.filter(({ value }) => told.has(value)),
          },
          { name: "by", label: "influence.answer.by", as: "text", most: 80 },
          { name: "answeredAt", label: "influence.answer.at", as: "instant" },
          { ...language(choices) },
          { name: "text", label: "influence.answer.text", as: "area", most: 8000 },
        ]}
      />
      {row.ended ? null : (
        <details>
          <summary>{words.say("influence.end")}</summary>
          <ActForm
            name={`escalation-end-${row.id}`}
            heading="influence.end"
            send="influence.end"
            act={{ kind: "escalation.ended", subject: row.id }}
            fields={[
              {
                ...{ name: "outcome", label: "influence.end.outcome", as: "choice" },
                choices: choices.codes("escalationOutcome", ESCALATION_OUTCOMES),
              },
              { name: "reason", label: "desk.reason", as: "area", most: 4000 },
            ]}
          />
        </details>
      )}
    </>
  );
}
