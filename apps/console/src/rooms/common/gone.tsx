/** What is shown in the place of a row that is no longer there. */
import { Empty } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";

export function Gone() {
  const words = useWords();
  return <Empty title={words.say("console.gone")} hint={words.say("console.goneHint")} />;
}
