/** The text of one's own sealed conclusion, asked of one's own room; it stays in this tab's memory. */
import { useEffect, useState } from "react";
import { type RoomEntryRow, searchRoom } from "../../room/ask-room.ts";

const AGAIN_MILLISECONDS = 1_500;
const MOST_TRIES = 6;

export interface SealedText {
  readonly text: string | undefined;
  readonly language: string | undefined;
  readonly error: unknown;
}

export function useSealedText(statement: string): SealedText {
  const [told, setTold] = useState<SealedText>({ text: undefined, language: undefined, error: undefined });
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      for (let tries = 0; isCurrent && tries < MOST_TRIES; tries++) {
        const content = contentOf(await searchRoom(""), statement);
        if (content !== undefined && isCurrent)
          setTold({ text: String(content.text), language: String(content.language), error: undefined });
        if (content !== undefined) return;
        // The node has not come so far in the record yet.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
      }
    };
    ask().catch((error: unknown) => isCurrent && setTold({ text: undefined, language: undefined, error }));
    return () => {
      isCurrent = false;
    };
  }, [statement]);
  return told;
}

function contentOf(entries: readonly RoomEntryRow[], statement: string) {
  return entries.find((entry) => entry.statement === statement)?.content?.body;
}
