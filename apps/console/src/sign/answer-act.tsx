/** Answering another component's joint act: the same text signed, or a dissent with its reasons, one as near as the other. */
import type { JointActRow } from "@openjmc/model";
import { useState } from "react";
import { Button } from "../ui/controls.tsx";
import { AreaField } from "../ui/fields.tsx";
import { useWords } from "../words/use-words.tsx";
import { SignAct } from "./sign-act.tsx";
import { SignOwn } from "./sign-dialog.tsx";

export function AnswerAct({
  act,
  onSigned,
}: {
  readonly act: JointActRow & { readonly body: object };
  readonly onSigned: () => void;
}) {
  const words = useWords();
  const [answer, setAnswer] = useState<"sign" | "write" | "dissent">();
  const [text, setText] = useState("");
  const body = { proposal: act.statement, text: text.trim(), language: words.locale };
  const close = () => setAnswer(undefined);
  return (
    <>
      <Button onClick={() => setAnswer("sign")}>{words.say("mission.countersign")}</Button>
      <Button onClick={() => setAnswer("write")}>{words.say("mission.dissent")}</Button>
      {answer === "write" ? (
        <>
          <AreaField
            label={words.say("mission.dissentWhy")}
            rows={3}
            maxLength={12_000}
            value={text}
            onValue={setText}
          />
          <Button look="primary" disabled={text.trim() === ""} onClick={() => setAnswer("dissent")}>
            {words.say("mission.dissent")}
          </Button>
        </>
      ) : null}
      {answer === "sign" ? (
        <SignAct title={words.sayCode("kind", act.kind)} act={act} onSigned={onSigned} onClose={close} />
      ) : null}
      {answer === "dissent" ? (
        <SignOwn
          title={words.say("mission.dissent")}
          act={{
            ...{ kind: "act.dissented", subject: act.id, body },
            refs: [{ rel: "proposal", sha256: act.statement }],
          }}
          onSigned={onSigned}
          onClose={close}
        />
      ) : null}
    </>
  );
}
