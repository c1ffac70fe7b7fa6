/** How an obligation came to stand as it does, up to the time that the clock shows. */
import type { Instant, ObligationChange } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readHistory } from "../../api/endpoints.ts";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import { States } from "./obligation-states.tsx";

interface HistoryProps {
  readonly provision: string;
  readonly at: Instant;
  readonly known: Instant | undefined;
}

export function History({ provision, at, known }: HistoryProps) {
  const words = useWords();
  const { data, error } = useQuery({
    queryKey: ["agreement", "history", provision, at, known],
    queryFn: () => readHistory(provision, at, known),
    placeholderData: (before) => before,
  });
  if (error !== null) return <FaultNote error={error} />;
  return (
    <>
      <h4>{words.say("console.agreement.history")}</h4>
      <ul>
        {(data?.changes ?? []).map((change) => (
          <Change key={`${change.at} ${change.isMonitored}`} change={change} />
        ))}
      </ul>
    </>
  );
}

function Change({ change: { at, variants, isMonitored } }: { readonly change: ObligationChange }) {
  const words = useWords();
  return (
    <li>
      <Time at={at} />{" "}
      {variants.map((variant) => (
        <span key={variant.amendment ?? "text"}>
          {variant.amendment === undefined ? null : `${variant.amendment}: `}
          <States of={variant} />{" "}
        </span>
      ))}
      {isMonitored ? null : words.say("console.agreement.unwatched")}
    </li>
  );
}
