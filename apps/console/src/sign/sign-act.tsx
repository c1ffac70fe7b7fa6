/** Countersigning a joint act other than a finding: the other side's text, field by field, as it will be signed. */
import type { JointActRow } from "@openjmc/model";
import { useWords } from "../words/use-words.tsx";
import { FlatBody } from "./flat-body.tsx";
import { SignFrame } from "./sign-dialog.tsx";

export function SignAct({
  title,
  act,
  onSigned,
  onClose,
}: {
  readonly title: string;
  readonly act: JointActRow & { readonly body: object };
  readonly onSigned?: () => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  return (
    <SignFrame
      title={title}
      what={{ kind: "act", statementId: act.statement }}
      failed={undefined}
      onSigned={onSigned}
      onClose={onClose}
    >
      <FlatBody body={act.body} />
      <p>
        {words.say("console.sign.statement")}: <code>{act.statement}</code>
      </p>
      <p>{words.say("console.sign.sameText")}</p>
    </SignFrame>
  );
}
