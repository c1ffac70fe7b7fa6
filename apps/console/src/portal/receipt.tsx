/** Where what was stated stands in the log that both components hold. */
import type { PortalReceipt, PortalView } from "@openjmc/model";
import { Time } from "../ui/facts-of.tsx";
import { useWords } from "../words/use-words.tsx";

/** What every tab of the portal is given. */
export interface PortalProps {
  readonly portal: PortalView;
  /** Asks for the party's items anew, after something was stated. */
  readonly again: () => void;
}

export function Receipt({ receipt }: { readonly receipt: PortalReceipt }) {
  const words = useWords();
  return (
    <p>
      {words.say("desk.portal.receipt", { index: receipt.index })} <Time at={receipt.recordedAt} />{" "}
      <code title={receipt.statement}>{receipt.statement.slice(0, 16)}</code>
    </p>
  );
}
