/** In which states an obligation stands, and how a term runs: the same marks and words wherever they are shown. */
import type { ObligationVariantView, ObligationView, TermView } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge } from "../../ui/controls.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";

const TONES: Readonly<Record<string, "good" | "warning" | "danger" | "neutral">> = {
  met: "good",
  "met-late": "warning",
  "declared-not-verified": "warning",
  overdue: "danger",
  breached: "danger",
  disputed: "danger",
  suspended: "warning",
};

export function States({ of: variant }: { readonly of: Pick<ObligationVariantView, "states"> | undefined }) {
  const words = useWords();
  return (variant?.states ?? []).map((state) => (
    <Badge key={state} tone={TONES[state] ?? "neutral"}>
      {words.sayCode("obligation", state)}
    </Badge>
  ));
}

/** Each signatory's reading beside the others', where any has one of its own. */
export function ByState({ obligation }: { readonly obligation: ObligationView }) {
  const words = useWords();
  const { nameOf } = useChoices();
  if (obligation.byState.length === 0) return null;
  return (
    <>
      <h4>{words.say("console.agreement.byState")}</h4>
      <Facts
        facts={obligation.byState.map((one) => [
          `${nameOf(one.state)} · ${one.amendment ?? words.say("agreement.status.text")}`,
          <States key={one.state} of={one} />,
        ])}
      />
    </>
  );
}

export function termText({ state, period, endsOn, daysLeft }: TermView, words: Words): string {
  if (state === "not-begun") return words.say("agreement.status.term-not-begun");
  if (state === "ended") return words.say("agreement.status.term-ended", { day: endsOn ?? "" });
  return words.say("agreement.status.term-running", {
    number: period?.number ?? 1,
    from: period?.from ?? "",
    until: period?.until ?? "",
    notice: period?.lastNoticeDay ?? "",
    days: daysLeft ?? 0,
  });
}
