/** The Sign act: the exact text, then the officer's own signer, then how it ended. Nothing binding is signed in the browser. */
import type { FindingRow, SigningRequest } from "@openjmc/model";
import type { UnsignedStatement } from "@openjmc/record";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { findingKey } from "../rows/shapes.ts";
import { Button, Note } from "../ui/controls.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FaultNote } from "../ui/fault-note.tsx";
import { tell } from "../ui/notices.tsx";
import { useWords } from "../words/use-words.tsx";
import { followSigning, type ToSign } from "./follow-signing.ts";
import styles from "./sign.module.css";
import { FindingText, SignedText } from "./signed-text.tsx";
import { type Act, prepare } from "./statement.ts";

/** Signing an act of one's own: a proposal, a dissent, a withdrawal. */
export function SignOwn({
  title,
  act,
  onSigned,
  onClose,
}: {
  readonly title: string;
  readonly act: Act;
  readonly onSigned?: () => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const [statement, setStatement] = useState<UnsignedStatement>();
  const [error, setError] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is made ready once, when the dialog opens; what is shown is what is signed.
  useEffect(() => {
    prepare(act).then(setStatement, setError);
  }, []);
  return (
    <SignFrame
      title={title}
      what={statement && { kind: "own", statement }}
      failed={error}
      onSigned={onSigned}
      onClose={onClose}
    >
      {statement === undefined ? (
        <p role="status">{words.say("console.loading")}</p>
      ) : (
        <SignedText payload={statement.payload} statementId={statement.statementId} />
      )}
    </SignFrame>
  );
}

/** Countersigning: the other component's text, word for word and byte for byte. */
export function SignTheirs({
  title,
  finding,
  onClose,
}: {
  readonly title: string;
  readonly finding: FindingRow;
  readonly onClose: () => void;
}) {
  const words = useWords();
  return (
    <SignFrame
      title={title}
      what={{ kind: "theirs", findingKey: findingKey(finding), statementId: finding.statement }}
      failed={undefined}
      onClose={onClose}
    >
      <FindingText body={finding.proposal} />
      <p>
        {words.say("console.sign.statement")}: <code>{finding.statement}</code>
      </p>
      <p>{words.say("console.sign.sameText")}</p>
    </SignFrame>
  );
}

/** The frame around whatever is signed: the way to the signer, and how it ended. */
export function SignFrame({
  title,
  what,
  failed,
  onSigned,
  onClose,
  children,
}: {
  readonly title: string;
  readonly what: ToSign | undefined;
  readonly failed: unknown;
  readonly onSigned?: (() => void) | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const [request, setRequest] = useState<SigningRequest>();
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>();
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  const send = async (): Promise<void> => {
    if (what === undefined) return;
    setSent(true);
    setError(undefined);
    try {
      const ended = await followSigning(what, setRequest, leaving.current.signal);
      if (ended.state !== "signed") return setSent(false);
      tell(words.say("console.signing.done", { index: ended.index ?? 0 }));
      onSigned?.();
      onClose();
    } catch (thrown) {
      if (leaving.current.signal.aborted) return;
      setSent(false);
      setError(thrown);
    }
  };
  return (
    <Dialog
      wide
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.say("console.cancel")}</Button>
          <Button look="primary" disabled={what === undefined || sent} onClick={() => void send()}>
            {words.say("console.sign.send")}
          </Button>
        </>
      }
    >
      <p>{words.say("console.sign.exact")}</p>
      {children}
      <FaultNote error={failed ?? error} />
      {request === undefined ? null : <SigningState request={request} />}
    </Dialog>
  );
}

function SigningState({ request }: { readonly request: SigningRequest }) {
  const words = useWords();
  const tone = request.state === "signed" ? "good" : request.state === "waiting" ? "neutral" : "danger";
  return (
    <Note tone={tone} role="status">
      <p>{words.say(`console.signing.state.${request.state}`)}</p>
      {request.state === "waiting" ? (
        <>
          <p>{words.say("console.signIn.compare")}</p>
          <output className={styles.code} aria-label={words.say("console.signing.code")}>
            {`${request.code.slice(0, 3)} ${request.code.slice(3)}`}
          </output>
        </>
      ) : null}
      {request.fault === undefined ? null : <p>{words.sayFault(request.fault)}</p>}
    </Note>
  );
}
