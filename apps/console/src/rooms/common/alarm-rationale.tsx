/** Why a rule's alarm is one, as the mission says: what may lie behind it, what comes of it, what the watch does (ANSI/ISA-18.2). */
import { toldIn, useCentre } from "../../centre/use-centre.ts";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";

export function AlarmRationale({ rule }: { readonly rule: string }) {
  const words = useWords();
  const { mission } = useCentre();
  const rationale = mission.rules.find(({ id }) => id === rule)?.rationale;
  if (rationale === undefined) return null;
  return (
    <details open>
      <summary>{words.say("alarms.rationale")}</summary>
      <Facts
        facts={[
          [words.say("alarms.response"), toldIn(rationale.response, words.locale)],
          [words.say("alarms.why"), toldIn(rationale.cause, words.locale)],
          [words.say("alarms.consequence"), toldIn(rationale.consequence, words.locale)],
        ]}
      />
    </details>
  );
}
