/** Asking what would follow: a notice, an act that slips, consent of some signatories only. Nothing is recorded by it. */
import type { Supposition, WhatIfView } from "@openjmc/model";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readWhatIf } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow, useShownTime } from "../../clock/clock-store.ts";
import { type FieldChoice, type FormField, type FormValues, formBody } from "../../forms/form-body.ts";
import { FormFields } from "../../forms/form-fields.tsx";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import { Button, Empty, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { instrumentName, provisionName } from "../common/describe.ts";
import styles from "./agreement.module.css";
import { ByState, States, termText } from "./obligation-states.tsx";

const KINDS = ["notice", "slip", "consent"] as const;
const MINUTE_MILLISECONDS = 60_000;

export function WhatIf({
  amendments,
  instruments,
}: {
  readonly amendments: readonly string[];
  readonly instruments: readonly string[];
}) {
  const words = useWords();
  const choices = useChoices();
  const at = useShownTime(MINUTE_MILLISECONDS);
  const act = useAct();
  const [values, setValues] = useState<FormValues>({ kind: "notice", days: "7" });
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [found, setFound] = useState<WhatIfView>();
  const answer = useRef<HTMLDivElement>(null);
  // The answer stands below the form, often below the window's edge.
  useEffect(() => {
    if (found !== undefined) answer.current?.scrollIntoView({ block: "nearest" });
  }, [found]);
  const { mission } = useCentre();
  const fields = fieldsOf(values.kind ?? "", choices, {
    amendments,
    instruments: instruments.map((value) => ({ value, label: instrumentName(value, mission, words) })),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    const made = formBody(fields, values, centreNow());
    setFaults("faults" in made ? made.faults : []);
    if ("body" in made) void act.run(async () => setFound(await readWhatIf(made.body as unknown as Supposition, at)));
  };
  return (
    <section aria-label={words.say("console.whatIf.title")}>
      <h3>{words.say("console.whatIf.title")}</h3>
      <form aria-label={words.say("console.whatIf.title")} onSubmit={ask}>
        <FormFields
          fields={fields}
          values={values}
          faults={faults}
          change={(part) => setValues({ ...values, ...part })}
        />
        <div className={styles.formFoot}>
          <Button type="submit" disabled={act.pending}>
            {words.say("console.whatIf.ask")}
          </Button>
          <FaultNote error={act.error} />
        </div>
      </form>
      <div ref={answer}>{found === undefined ? null : <Found view={found} />}</div>
    </section>
  );
}

interface Known {
  readonly amendments: readonly string[];
  readonly instruments: readonly FieldChoice[];
}

/** What each supposition needs. Notice is of the day that is shown, unless another is given. */
function fieldsOf(kind: string, choices: Choices, { amendments, instruments }: Known): FormField[] {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const first: FormField = {
    ...{ name: "kind", label: "console.whatIf.suppose", as: "choice" },
    choices: choices.codes("supposition", KINDS),
  };
  switch (kind) {
    case "slip":
      return [
        first,
        { name: "provision", label: "console.finding.provision", as: "choice", choices: choices.provisions },
        { name: "days", label: "console.whatIf.days", as: "number", least: -400, most: 4000 },
      ];
    case "consent":
      return [
        first,
        { name: "amendment", label: "console.whatIf.amendment", as: "choice", choices: plain(amendments) },
        { name: "by", label: "console.whatIf.acceptedBy", as: "several", least: 1, choices: choices.signatories },
      ];
    default:
      return [
        first,
        { name: "instrument", label: "console.agreement.instrument", as: "choice", choices: instruments },
        { name: "by", label: "console.whatIf.givenBy", as: "choice", choices: choices.speakers },
        { name: "day", label: "console.whatIf.day", as: "day" },
      ];
  }
}

function Found({ view }: { readonly view: WhatIfView }) {
  const words = useWords();
  const { mission } = useCentre();
  if (view.obligations.length + view.terms.length + view.dependent.length === 0)
    return <Empty title={words.say("agreement.whatIf.nothing")} />;
  return (
    <Note role="status">
      {view.obligations.map(({ provision, before, after }) => (
        <div key={provision}>
          <h4>{provisionName(provision, mission, words)}</h4>
          <Facts
            facts={[
              [
                words.say("agreement.whatIf.before"),
                before.variants.map((one) => <States key={one.amendment?.id ?? "text"} of={one} />),
              ],
              [
                words.say("agreement.whatIf.after"),
                after.variants.map((one) => <States key={one.amendment?.id ?? "text"} of={one} />),
              ],
            ]}
          />
          <ByState obligation={after} />
        </div>
      ))}
      <Facts
        facts={view.terms.map(({ after }) => {
          const { counted, renewal, noticeBy } = after.reading;
          const how = [counted, renewal, noticeBy].map((code) => words.sayCode("termReading", code));
          const ends =
            after.endsOn === undefined ? "" : ` — ${words.say("agreement.whatIf.ends", { day: after.endsOn })}`;
          return [words.formats.list(how), `${termText(after, words)}${ends}`];
        })}
      />
      {view.dependent.map((id) => (
        <p key={id}>{words.say("agreement.whatIf.tied", { provision: provisionName(id, mission, words) })}</p>
      ))}
    </Note>
  );
}
