/** One finding: the proposal on its proposer's side, the other component's countersignature or dissent beside it. */
import type { FindingRow, IncidentRow } from "@openjmc/model";
import { useState } from "react";
import { useDraft } from "../../acts/use-draft.ts";
import { componentOf, nameIn, useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useTimes } from "../../clock/use-times.ts";
import { useOfficer } from "../../session/session.ts";
import { SignOwn, SignTheirs } from "../../sign/sign-dialog.tsx";
import { FindingText, languageName } from "../../sign/signed-text.tsx";
import type { Act } from "../../sign/statement.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { AreaField, SelectField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FollowUps } from "./follow-ups.tsx";
import styles from "./incidents.module.css";
import { FINDING_TONES } from "./states.ts";

export function FindingCard({ finding, incident }: { readonly finding: FindingRow; readonly incident: IncidentRow }) {
  const words = useWords();
  const centre = useCentre();
  const old = finding.state === "withdrawn" || finding.state === "superseded";
  const other = centre.mission.components.find((component) => component.code !== finding.proposedBy.component);
  return (
    <article
      className={styles.finding}
      data-old={old}
      aria-label={words.say("console.finding.revision", { revision: finding.revision + 1 })}
    >
      <div className={styles.acts}>
        <Badge tone={FINDING_TONES[finding.state]}>{words.say(`codes.findingState.${finding.state}`)}</Badge>
        <span>{words.say("console.finding.revision", { revision: finding.revision + 1 })}</span>
        {finding.state === "proposed" ? <Deadline at={finding.deadline} /> : null}
      </div>
      {old ? (
        <details>
          <summary>{words.say("console.finding.showText")}</summary>
          <FindingText body={finding.proposal} />
        </details>
      ) : (
        <FindingText body={finding.proposal} />
      )}
      <div className={styles.pair}>
        <Side code={finding.proposedBy.component} title={words.say("console.finding.proposal")}>
          <p>{words.say("console.finding.signedProposal")}</p>
          <Mark mark={finding.proposedBy} />
          {finding.withdrawn === undefined ? null : (
            <div>
              {words.say("console.finding.withdrawnBecause", { reason: finding.withdrawn.reason })}{" "}
              <Mark mark={finding.withdrawn.mark} />
            </div>
          )}
        </Side>
        {other === undefined ? null : (
          <Side code={other.code} title={words.say("console.finding.answer")}>
            <Answer finding={finding} />
          </Side>
        )}
      </div>
      <FollowUps finding={finding} />
      <Acts finding={finding} incident={incident} />
    </article>
  );
}

function Side({
  code,
  title,
  children,
}: {
  readonly code: string;
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  const words = useWords();
  const component = componentOf(useCentre(), code);
  return (
    <section
      className={styles.side}
      style={{ borderTopColor: component?.colour }}
      aria-label={`${nameIn(component?.names, words.locale)}: ${title}`}
    >
      <h3>
        {nameIn(component?.names, words.locale)} · {title}
      </h3>
      {children}
    </section>
  );
}

function Answer({ finding }: { readonly finding: FindingRow }) {
  const words = useWords();
  if (finding.countersignedBy !== undefined)
    return (
      <>
        <p>{words.say("console.finding.countersigned")}</p>
        <Mark mark={finding.countersignedBy} />
      </>
    );
  if (finding.dissent !== undefined)
    return (
      <>
        <p className={styles.text} lang={finding.dissent.language}>
          {finding.dissent.text}
        </p>
        <Mark mark={finding.dissent.mark} />
      </>
    );
  if (finding.lapsed !== undefined)
    return (
      <>
        <p>{words.say("console.finding.lapsed")}</p>
        <Mark mark={finding.lapsed} />
      </>
    );
  return <p>{words.say(finding.state === "proposed" ? "console.finding.noAnswerYet" : "console.finding.noAnswer")}</p>;
}

function Deadline({ at }: { readonly at: number }) {
  const words = useWords();
  const times = useTimes();
  const rest = at - useShownTime(5000);
  const text =
    rest > 0
      ? words.say("console.finding.lapsesIn", { rest: words.formats.duration(rest) })
      : words.say("console.finding.deadlinePassed");
  return <Badge tone={rest < 7_200_000_000 ? "warning" : "neutral"}>{`${text} · ${times.dateTime(at)}`}</Badge>;
}

/** Assent and dissent stand side by side for the other component; withdrawal for the proposer. */
function Acts({ finding, incident }: { readonly finding: FindingRow; readonly incident: IncidentRow }) {
  const words = useWords();
  const { component } = useOfficer();
  const [doing, setDoing] = useState<"countersign" | "dissent" | "withdraw">();
  const open = finding.state === "proposed";
  // An act under way stays on the screen until its signer has been told how it ended.
  if (!open && doing === undefined) return null;
  const ours = finding.proposedBy.component === component;
  const close = (): void => setDoing(undefined);
  return (
    <>
      <div className={styles.acts}>
        {!open ? null : ours ? (
          <Button look="danger" onClick={() => setDoing("withdraw")}>
            {words.say("console.finding.withdraw")}
          </Button>
        ) : (
          <>
            <Button look="primary" onClick={() => setDoing("countersign")}>
              {words.say("console.finding.countersign")}
            </Button>
            <Button look="primary" aria-expanded={doing === "dissent"} onClick={() => setDoing("dissent")}>
              {words.say("console.finding.dissent")}
            </Button>
          </>
        )}
      </div>
      {doing === "countersign" ? (
        <SignTheirs title={words.say("console.finding.countersign")} finding={finding} onClose={close} />
      ) : null}
      {doing === "dissent" ? <Dissent finding={finding} incident={incident} onClose={close} /> : null}
      {doing === "withdraw" ? <Withdraw finding={finding} onClose={close} /> : null}
    </>
  );
}

function Dissent({
  finding,
  incident,
  onClose,
}: {
  readonly finding: FindingRow;
  readonly incident: IncidentRow;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const officer = useOfficer();
  const languages = componentOf(useCentre(), officer.component)?.languages ?? ["en"];
  const draft = useDraft(`dissent-${incident.id}-${finding.revision}`, () => ({
    text: "",
    language: languages[0] ?? "en",
  }));
  const [act, setAct] = useState<Act>();
  const { text, language } = draft.value;
  const make = (): void =>
    setAct({
      kind: "finding.dissented",
      subject: finding.id,
      revision: finding.revision,
      refs: [{ rel: "proposal", sha256: finding.statement }],
      body: { proposal: finding.statement, text: text.trim(), language },
    });
  return (
    <>
      <AreaField
        label={words.say("console.finding.dissentText")}
        hint={words.say("console.finding.dissentHint")}
        rows={4}
        value={text}
        onValue={(next) => draft.change({ text: next })}
        maxLength={12_000}
        lang={language}
      />
      <SelectField
        label={words.say("console.textLanguage")}
        value={language}
        choices={languages.map((value) => ({ value, label: languageName(value, words.locale) }))}
        onValue={(next) => draft.change({ language: next })}
      />
      <div className={styles.acts}>
        <Button look="primary" disabled={text.trim() === ""} onClick={make}>
          {words.say("console.finding.signDissent")}
        </Button>
        <Button onClick={onClose}>{words.say("console.cancel")}</Button>
      </div>
      {act === undefined ? null : (
        <SignOwn
          title={words.say("console.finding.dissent")}
          act={act}
          onSigned={() => {
            draft.drop();
            onClose();
          }}
          onClose={() => setAct(undefined)}
        />
      )}
    </>
  );
}

function Withdraw({ finding, onClose }: { readonly finding: FindingRow; readonly onClose: () => void }) {
  const words = useWords();
  const [reason, setReason] = useState("");
  const [act, setAct] = useState<Act>();
  const make = (): void =>
    setAct({
      kind: "finding.withdrawn",
      subject: finding.id,
      revision: finding.revision,
      refs: [{ rel: "proposal", sha256: finding.statement }],
      body: { proposal: finding.statement, reason: reason.trim() },
    });
  return (
    <>
      <AreaField
        label={words.say("console.finding.withdrawReason")}
        value={reason}
        onValue={setReason}
        maxLength={2000}
      />
      <div className={styles.acts}>
        <Button look="danger" disabled={reason.trim() === ""} onClick={make}>
          {words.say("console.finding.signWithdrawal")}
        </Button>
        <Button onClick={onClose}>{words.say("console.cancel")}</Button>
      </div>
      {act === undefined ? null : (
        <SignOwn
          title={words.say("console.finding.withdraw")}
          act={act}
          onSigned={onClose}
          onClose={() => setAct(undefined)}
        />
      )}
    </>
  );
}
