/** What is left to do with a joint act that waits for a second signature: its own side may take it back, the other may dissent. */
import { language } from "../rooms/desk/fields.ts";
import { useWords } from "../words/use-words.tsx";
import { ActForm } from "./act-form.tsx";
import { useChoices } from "./use-choices.ts";

export interface Proposal {
  readonly subject: string;
  readonly revision: number;
  readonly statement: string;
}

interface Answer {
  /** Name of the draft. */
  readonly name: string;
  readonly proposal: Proposal;
}

const targetOf = ({ subject, revision, statement }: Proposal) => ({
  ...{ subject, revision },
  refs: [{ rel: "proposal", sha256: statement }],
  body: { proposal: statement },
});

export function WithdrawProposal({ name, proposal }: Answer) {
  const words = useWords();
  return (
    <details>
      <summary>{words.say("console.finding.withdraw")}</summary>
      <ActForm
        binding
        name={name}
        heading="console.finding.withdraw"
        send="console.finding.signWithdrawal"
        act={{ kind: "act.withdrawn", ...targetOf(proposal) }}
        fields={[{ name: "reason", label: "desk.reason", as: "area", most: 2000 }]}
      />
    </details>
  );
}

export function DissentFromProposal({ name, proposal }: Answer) {
  const words = useWords();
  const choices = useChoices();
  return (
    <details>
      <summary>{words.say("console.finding.dissent")}</summary>
      <ActForm
        binding
        name={name}
        heading="console.finding.dissent"
        send="console.finding.signDissent"
        act={{ kind: "act.dissented", ...targetOf(proposal) }}
        first={{ language: words.locale }}
        fields={[{ name: "text", label: "console.finding.dissentText", as: "area", most: 12_000 }, language(choices)]}
      />
    </details>
  );
}
