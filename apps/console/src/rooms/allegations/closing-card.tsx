/** The disposition that the components sign: whose proposal it is, what the other says, and the acts that are left. */
import type { AllegationRow } from "@openjmc/model";
import { formatInstant } from "@openjmc/model";
import { useState } from "react";
import { DissentFromProposal, WithdrawProposal } from "../../forms/answer-proposal.tsx";
import { useOfficer } from "../../session/session.ts";
import { SignAct } from "../../sign/sign-act.tsx";
import { Badge, Button } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Words } from "../desk/replies.tsx";
import styles from "../sightings/sightings.module.css";

export function ClosingCard({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const { closing } = row;
  if (closing === undefined) return null;
  return (
    <section className={styles.form} aria-label={words.say("desk.allegation.closing")}>
      <h3>{words.say("desk.allegation.closing")}</h3>
      <div className={styles.acts}>
        <Badge>{words.sayCode("allegationOutcome", closing.outcome)}</Badge>
        <Badge tone={closing.state === "proposed" ? "warning" : "neutral"}>
          {words.sayCode("findingState", closing.state)}
        </Badge>
        <Time at={closing.deadline} />
      </div>
      <Words text={closing.reason} />
      <Mark mark={closing.mark} />
      {closing.countersigned === undefined ? null : <Mark mark={closing.countersigned} />}
      {closing.dissent === undefined ? null : (
        <>
          <Words text={closing.dissent.text} language={closing.dissent.language} />
          <Mark mark={closing.dissent.mark} />
        </>
      )}
      {closing.state === "proposed" ? <Answer row={row} closing={closing} /> : null}
    </section>
  );
}

function Answer({
  row,
  closing,
}: {
  readonly row: AllegationRow;
  readonly closing: NonNullable<AllegationRow["closing"]>;
}) {
  const words = useWords();
  const officer = useOfficer();
  const [signing, setSigning] = useState(false);
  const proposal = { subject: row.id, revision: closing.revision, statement: closing.statement };
  if (closing.mark.component === officer.component)
    return <WithdrawProposal name={`closing-withdrawn-${row.id}`} proposal={proposal} />;
  const { outcome, reason, deadline } = closing;
  return (
    <>
      <Button look="primary" onClick={() => setSigning(true)}>
        {words.say("console.finding.countersign")}
      </Button>
      {signing ? (
        <SignAct
          title={words.say("console.finding.countersign")}
          act={{
            ...{ id: row.id, kind: "allegation.closed", statement: closing.statement, state: "proposed" },
            signedBy: [closing.mark],
            body: { outcome, reason, deadline: formatInstant(deadline) },
          }}
          onClose={() => setSigning(false)}
        />
      ) : null}
      <DissentFromProposal name={`closing-dissent-${row.id}`} proposal={proposal} />
    </>
  );
}
