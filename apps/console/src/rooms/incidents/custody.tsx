/** The custody of a file: every step from its intake, what captured it, and how far that device's clock was off. */
import {
  CUSTODY_STEPS,
  type CustodyStep,
  type EvidenceItem,
  MICROSECONDS_PER_SECOND,
  parseInstant,
} from "@openjmc/model";
import { useTimes } from "../../clock/use-times.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { custodyFields } from "./custody-fields.ts";
import styles from "./incidents.module.css";

export function Custody({ incident, item }: { readonly incident: string; readonly item: EvidenceItem }) {
  const words = useWords();
  const choices = useChoices();
  const steps = item.custody ?? [];
  return (
    <details>
      <summary>
        {words.say("desk.custody")} {steps.length === 0 ? null : <Badge>{steps.length}</Badge>}
      </summary>
      <ol className={styles.evidence}>
        {steps.map((step) => (
          <li key={step.mark.statement}>
            <CustodyStepText step={step} />
          </li>
        ))}
      </ol>
      <ActForm
        name={`custody-${item.id}`}
        heading="desk.custody.state"
        send="desk.custody.state"
        act={{ kind: "custody.stated", body: { incident, evidence: item.id, target: item.target } }}
        fields={[
          {
            ...{ name: "step", label: "desk.custody.step", as: "choice" },
            choices: choices.codes("custodyStep", CUSTODY_STEPS),
          },
          ...custodyFields(),
        ]}
      />
    </details>
  );
}

export function CustodyStepText({ step }: { readonly step: CustodyStep }) {
  const words = useWords();
  const times = useTimes();
  const [at, captured] = [instantOf(step.at), instantOf(step.capturedAt)];
  const seconds = step.clockFastSeconds ?? 0;
  return (
    <>
      <Badge>{words.sayCode("custodyStep", step.step)}</Badge> {at === undefined ? "" : times.dateTime(at)} ·{" "}
      {step.from}: {step.how}
      {step.device === undefined ? null : ` · ${step.device}`}
      {captured === undefined ? null : (
        <div>
          {words.say("desk.custody.captured", { time: times.dateTime(captured) })}
          {seconds === 0
            ? null
            : `; ${words.say("desk.custody.inTruth", {
                seconds: words.formats.number(seconds),
                real: times.dateTime(captured - seconds * MICROSECONDS_PER_SECOND),
              })}`}
        </div>
      )}{" "}
      <Mark mark={step.mark} />
    </>
  );
}

function instantOf(text: string | undefined) {
  const parsed = text === undefined ? undefined : parseInstant(text);
  return parsed?.ok ? parsed.value : undefined;
}
