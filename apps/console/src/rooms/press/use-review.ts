/** The review of one text: the item in hand, what was said of each, and signing all of it. */
import type { TextContent, TextReading } from "@openjmc/model";
import { useMemo, useState } from "react";
import { type Running, useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { state } from "../../sign/statement.ts";
import {
  type Added,
  type Answer,
  type Answers,
  claimsOf,
  itemsOf,
  judgementsOf,
  nextOpen,
  type ReviewItem,
} from "./review.ts";

interface Kept {
  readonly answers: Answers;
  readonly added: readonly Added[];
}

export interface Review {
  readonly items: readonly ReviewItem[];
  readonly answers: Answers;
  readonly added: readonly Added[];
  readonly at: number;
  readonly item: ReviewItem | undefined;
  readonly open: number;
  readonly signing: Running;
  readonly goTo: (place: number) => void;
  readonly goToKey: (key: string) => void;
  readonly answer: (answer: Answer) => void;
  readonly takeBack: () => void;
  readonly acceptRest: () => void;
  readonly add: (one: Added) => void;
  readonly drop: (one: Added) => void;
  /** Signs everything that was answered; answers whether it was done. */
  readonly sign: () => Promise<boolean>;
}

export function useReview(content: TextContent, reading: TextReading): Review {
  const { id } = content.row;
  const claimed = useMemo(() => content.claims.map(({ body }) => body), [content.claims]);
  const items = useMemo(() => itemsOf(reading, claimed), [reading, claimed]);
  const draft = useDraft<Kept>(`press-${id}`, () => ({ answers: {}, added: [] }));
  const { answers, added } = draft.value;
  const [place, setPlace] = useState(0);
  const signing = useAct();
  const at = Math.max(0, Math.min(place, items.length - 1));
  const item = items[at];
  const answer = (given: Answer): void => {
    if (item === undefined) return;
    const next = { ...answers, [item.key]: given };
    draft.change({ answers: next });
    setPlace(nextOpen(items, next, at) ?? at);
  };
  const sign = (): Promise<boolean> =>
    signing.run(async () => {
      for (const judgements of judgementsOf(content.text, items, answers, added))
        await state({ kind: "reading.judged", subject: id, body: { text: reading.text, judgements } });
      const refs = [{ rel: "text", sha256: content.row.mark.statement }];
      for (const body of claimsOf(id, items, answers)) await state({ kind: "claim.stated", body, refs });
      draft.drop();
    });
  return {
    ...{ items, answers, added, at, item, signing, answer, sign },
    open: items.filter(({ key }) => answers[key] === undefined).length,
    goTo: (next) => setPlace(Math.max(0, Math.min(items.length - 1, next))),
    goToKey: (key) =>
      setPlace(
        Math.max(
          0,
          items.findIndex((one) => one.key === key),
        ),
      ),
    takeBack: () => {
      if (item === undefined) return;
      const { [item.key]: _, ...rest } = answers;
      draft.change({ answers: rest });
    },
    acceptRest: () =>
      draft.change({
        answers: Object.fromEntries(items.map(({ key }) => [key, answers[key] ?? { verdict: "accepted" as const }])),
      }),
    add: (one) => draft.change({ added: [...added, one] }),
    drop: (one) => draft.change({ added: added.filter((other) => other !== one) }),
  };
}
