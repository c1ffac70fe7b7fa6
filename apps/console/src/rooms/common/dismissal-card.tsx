/** Dismissing an alert: one component's proposal with its reason, the other's own reason and signature, or its dissent. */
import { type AlertDismissal, type AlertRow, DISMISSAL_CAUSES, formatInstant } from "@openjmc/model";
import { useState } from "react";
import { ActForm } from "../../forms/act-form.tsx";
import { DissentFromProposal, WithdrawProposal } from "../../forms/answer-proposal.tsx";
import type { FormField } from "../../forms/form-body.ts";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { SignAct } from "../../sign/sign-act.tsx";
import { Badge } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Words } from "../desk/replies.tsx";
import styles from "./common-room.module.css";

const reasonFields = (choices: Choices): FormField[] => [
  {
    name: "cause",
    label: "console.alert.cause",
    as: "choice",
    choices: choices.codes("dismissalCause", DISMISSAL_CAUSES),
  },
  { name: "reason", label: "console.alert.reason", as: "area", most: 2000 },
];

/** What stands of a dismissal, and what is left to do about it. Nothing for an alert that an incident decides. */
export function DismissalCard({ alert }: { readonly alert: AlertRow }) {
  const { dismissal } = alert;
  const isOpen = dismissal?.state === "proposed";
  const mayPropose = alert.incident === undefined && alert.state !== "dismissed" && !isOpen;
  return (
    <>
      {dismissal === undefined ? null : <Standing dismissal={dismissal} />}
      {isOpen && alert.incident === undefined ? <Answer alert={alert} dismissal={dismissal} /> : null}
      {mayPropose ? <Propose alert={alert} /> : null}
    </>
  );
}

function Standing({ dismissal }: { readonly dismissal: AlertDismissal }) {
  const words = useWords();
  return (
    <section aria-label={words.say("console.alert.dismissal")}>
      <h3>{words.say("console.alert.dismissal")}</h3>
      <div className={styles.badges}>
        <Badge tone={dismissal.state === "proposed" ? "warning" : "neutral"}>
          {words.sayCode("findingState", dismissal.state)}
        </Badge>
        <Time at={dismissal.deadline} />
      </div>
      {dismissal.reasons.map(({ cause, reason, mark }) => (
        <div key={mark.statement}>
          <Badge>{words.sayCode("dismissalCause", cause)}</Badge>
          <Words text={reason} />
          <Mark mark={mark} />
        </div>
      ))}
      {dismissal.countersigned === undefined ? null : <Mark mark={dismissal.countersigned} />}
      {dismissal.dissent === undefined ? null : (
        <>
          <Words text={dismissal.dissent.text} language={dismissal.dissent.language} />
          <Mark mark={dismissal.dissent.mark} />
        </>
      )}
    </section>
  );
}

function Propose({ alert }: { readonly alert: AlertRow }) {
  const words = useWords();
  const choices = useChoices();
  const revision = alert.dismissal === undefined ? {} : { revision: alert.dismissal.revision + 1 };
  return (
    <details>
      <summary>{words.say("console.alert.dismiss")}</summary>
      <p>{words.say("console.alert.dismissHint")}</p>
      <ActForm
        name={`dismissal-${alert.id}`}
        heading="console.alert.dismiss"
        send="console.alert.proposeDismissal"
        act={{ kind: "alert.dismissed", subject: alert.id, ...revision }}
        first={{ deadline: "24" }}
        fields={[...reasonFields(choices), { name: "deadline", label: "console.alert.dismissFor", as: "hours" }]}
      />
    </details>
  );
}

function Answer({ alert, dismissal }: { readonly alert: AlertRow; readonly dismissal: AlertDismissal }) {
  const words = useWords();
  const choices = useChoices();
  const officer = useOfficer();
  const [signing, setSigning] = useState(false);
  const [first] = dismissal.reasons;
  const proposal = { subject: alert.id, revision: dismissal.revision, statement: dismissal.statement };
  if (first === undefined) return null;
  if (first.mark.component === officer.component)
    return <WithdrawProposal name={`dismissal-withdrawn-${alert.id}`} proposal={proposal} />;
  const { cause, reason } = first;
  return (
    <>
      <ActForm
        name={`dismissal-reason-${alert.id}`}
        heading="console.alert.ownReason"
        send="console.alert.stateReason"
        act={{ kind: "alert.assessed", subject: alert.id }}
        fields={reasonFields(choices)}
        onDone={() => setSigning(true)}
      />
      {signing ? (
        <SignAct
          title={words.say("console.alert.signDismissal")}
          act={{
            ...{ id: alert.id, kind: "alert.dismissed", statement: dismissal.statement, state: "proposed" },
            signedBy: [first.mark],
            body: { cause, reason, deadline: formatInstant(dismissal.deadline) },
          }}
          onClose={() => setSigning(false)}
        />
      ) : null}
      <DissentFromProposal name={`dismissal-dissent-${alert.id}`} proposal={proposal} />
    </>
  );
}
