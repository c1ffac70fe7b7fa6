/** A fault as people read it, with a way to try again. */
import { faultIn } from "../api/centre.ts";
import { useWords } from "../words/use-words.tsx";
import { Button, Note } from "./controls.tsx";

export function FaultNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = useWords();
  if (error === undefined || error === null) return null;
  return (
    <Note tone="danger" role="alert">
      {words.sayFault(faultIn(error))}{" "}
      {onRetry === undefined ? null : <Button onClick={onRetry}>{words.say("console.retry")}</Button>}
    </Note>
  );
}
