/** What was asked of whom by when, and whether that time has passed. */
import { type AskBody, parseInstant } from "@openjmc/model";
import { useShownTime } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";

export function Asked({ asked }: { readonly asked: readonly AskBody[] }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const now = useShownTime(5000);
  return (
    <ul>
      {asked.map((ask) => {
        const by = parseInstant(ask.by);
        return (
          <li key={`${ask.of}${ask.what}${ask.by}`}>
            <strong>{nameOf(ask.of)}</strong>: {ask.what} {by.ok ? <Time at={by.value} /> : null}{" "}
            {by.ok && by.value < now ? <Badge tone="warning">{words.say("desk.timeIsUp")}</Badge> : null}
          </li>
        );
      })}
    </ul>
  );
}
