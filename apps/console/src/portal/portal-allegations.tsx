/** What the party alleges, and what is alleged against it and waits for its answer. */
import { ANSWER_POSITIONS, OBSERVATION_KINDS, type PortalAllegation, type PortalView } from "@openjmc/model";
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { particularFields } from "../rooms/allegations/particular-fields.ts";
import desk from "../rooms/desk/desk.module.css";
import { language } from "../rooms/desk/fields.ts";
import { Words } from "../rooms/desk/replies.tsx";
import { Badge } from "../ui/controls.tsx";
import { Time } from "../ui/facts-of.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalFiles } from "./portal-files.tsx";
import { PortalPage } from "./portal-page.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalAllegations({ portal, again }: PortalProps) {
  const words = useWords();
  const choices = useChoices();
  return (
    <PortalPage
      heading="desk.portalTab.allegations"
      newHeading="console.allegations.new"
      rows={portal.allegations}
      show={(row) => <Allegation row={row} portal={portal} again={again} />}
      form={
        <ActForm
          name="portal-allegation"
          heading="console.allegations.new"
          send="desk.portal.send"
          act={{ kind: "allegation.received", body: { accuser: portal.party, via: "portal" } }}
          first={{ language: words.locale }}
          onDone={again}
          fields={[
            {
              ...{ name: "accused", label: "console.allegations.accused", as: "choice", optional: true },
              choices: choices.parties.filter(({ value }) => value !== portal.party),
            },
            language(choices),
            {
              ...{ name: "what", label: "console.allegations.what", hint: "console.allegations.whatHint" },
              ...{ as: "area", most: 8000 },
            },
            {
              ...{ name: "observation", label: "console.finding.observation", as: "choice", optional: true },
              choices: choices.codes("observation", OBSERVATION_KINDS),
            },
            { name: "occurredAt", label: "console.sightings.when", as: "instant", optional: true },
            { name: "place", label: "console.place", as: "place", optional: true },
            { name: "harm", label: "console.allegations.harm", as: "area", most: 4000, optional: true },
            {
              ...{ name: "basis", label: "console.allegations.basis", hint: "console.allegations.particulars" },
              ...{ as: "area", most: 4000, optional: true },
            },
          ]}
        />
      }
    />
  );
}

function Allegation({
  row,
  portal,
  again,
}: {
  readonly row: PortalAllegation;
  readonly portal: PortalView;
  readonly again: () => void;
}) {
  const words = useWords();
  const { party } = portal;
  const choices = useChoices();
  return (
    <>
      <h3>{words.say("console.allegations.by", { party: choices.nameOf(row.accuser) })}</h3>
      <div className={desk.marks}>
        <Badge tone={row.state === "incomplete" ? "warning" : "neutral"}>
          {words.sayCode("allegationState", row.state)}
        </Badge>
        {row.outcome === undefined ? null : <Badge>{words.sayCode("allegationOutcome", row.outcome)}</Badge>}
        {row.missing.map((one) => (
          <Badge key={one} tone="warning">
            {words.say("console.allegations.lacks", { what: words.sayCode("particular", one) })}
          </Badge>
        ))}
      </div>
      {row.due === undefined ? null : (
        <p>
          {words.sayCode("allegationClock", row.due.clock)}: <Time at={row.due.at} />
        </p>
      )}
      <Words text={row.what} language={row.language} />
      {row.asked.map((one) => (
        <p key={`${one.until}${one.what}`}>
          {words.say("desk.allegation.asked")} <Time at={one.until} />: {one.what}
        </p>
      ))}
      {row.answers.map((answer) => (
        <div key={`${answer.by}${answer.text}`}>
          {words.say("desk.allegation.answered", {
            by: choices.nameOf(answer.by),
            position: words.sayCode("answerPosition", answer.position),
          })}
          <Words text={answer.text} language={answer.language} />
        </div>
      ))}
      <Receipt receipt={row.receipt} />
      <PortalFiles row={row} portal={portal} again={again} />
      {row.state === "ended" ? null : row.role === "accuser" ? (
        <OwnSteps row={row} portal={portal} again={again} />
      ) : (
        <ActForm
          name={`portal-answer-${row.id}`}
          heading="desk.allegation.answer"
          send="desk.portal.answer"
          act={{ kind: "allegation.answered", subject: row.id, body: { by: party } }}
          first={{ language: words.locale }}
          onDone={again}
          fields={[
            {
              ...{ name: "position", label: "desk.allegation.position", as: "choice" },
              choices: choices.codes("answerPosition", ANSWER_POSITIONS),
            },
            language(choices),
            { name: "text", label: "desk.portal.ourAnswer", as: "area", most: 12_000 },
          ]}
        />
      )}
    </>
  );
}

function OwnSteps({ row, portal: { party }, again }: Parameters<typeof Allegation>[0]) {
  const words = useWords();
  const choices = useChoices();
  return (
    <>
      {row.missing.length === 0 ? null : (
        <ActForm
          name={`portal-complete-${row.id}`}
          heading="desk.allegation.complete"
          send="desk.allegation.complete"
          act={{ kind: "allegation.completed", subject: row.id }}
          onDone={again}
          fields={particularFields(row.missing, choices)}
        />
      )}
      <details>
        <summary>{words.say("console.withdraw")}</summary>
        <ActForm
          name={`portal-withdraw-${row.id}`}
          heading="console.withdraw"
          send="console.withdraw"
          act={{ kind: "allegation.withdrawn", subject: row.id, body: { by: party } }}
          onDone={again}
          fields={[{ name: "reason", label: "desk.reason", as: "area", most: 2000 }]}
        />
      </details>
    </>
  );
}
