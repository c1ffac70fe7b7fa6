/** Every key that does something. */
import type { WordsKey } from "@openjmc/words";
import { Key } from "../ui/controls.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/use-words.tsx";
import styles from "./help.module.css";

const KEYS: readonly (readonly [readonly string[], WordsKey])[] = [
  [["Ctrl K"], "console.help.palette"],
  [["?"], "console.help.help"],
  [["Space"], "console.help.play"],
  [["←", "→"], "console.help.step"],
  [["L"], "console.help.live"],
  [["J", "K"], "console.help.nextPrevious"],
  [["X"], "console.help.mark"],
  [["O", "Enter"], "console.help.open"],
  [["A"], "console.help.acknowledge"],
  [["I"], "console.help.incident"],
  [["Ctrl Enter"], "console.help.send"],
  [["Esc"], "console.help.close"],
];

export function Help({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  return (
    <Dialog title={words.say("console.help")} onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dt>
            <dd>{words.say(meaning)}</dd>
          </div>
        ))}
      </dl>
      <p>{words.say("console.help.layouts")}</p>
      <p>{words.say("console.help.link")}</p>
    </Dialog>
  );
}
