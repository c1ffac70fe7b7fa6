/** A text under review: what the reading suggests, what an analyst says of it, and what of that is signed in the end. */
import type {
  ClaimStatedBody,
  JudgedKind,
  Judgement,
  SuggestedClaim,
  Suggestion,
  TextReading,
  Verdict,
} from "@openjmc/model";

/** One thing to judge: words, or a claim made with them. */
export type ReviewItem =
  | { readonly key: string; readonly start: number; readonly end: number; readonly suggestion: Suggestion }
  | { readonly key: string; readonly start: number; readonly end: number; readonly claim: SuggestedClaim };

/** What was said of an item; `value` where it was corrected. */
export interface Answer {
  readonly verdict: Verdict;
  readonly value?: string;
}

/** Answers by item; what the reading had missed stands among them as `added`. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Added {
  readonly start: number;
  readonly end: number;
  readonly kind: JudgedKind;
  readonly value: string;
}

const keyOf = (kind: string, { start, end }: { start: number; end: number }): string => `${kind} ${start} ${end}`;

/** In the order of the text, each claim behind its words. What was judged before is there no more, except what is asked for. */
export function itemsOf(reading: TextReading, claimed: readonly ClaimStatedBody[]): ReviewItem[] {
  const judged = new Set(reading.judged.map((one) => keyOf(one.kind, one)));
  const suggestions = reading.suggestions
    .map((suggestion) => ({ ...span(suggestion), key: keyOf(suggestion.kind, suggestion), suggestion }))
    .filter(({ key }) => !judged.has(key));
  const claims = reading.claims
    .filter((claim) => !judged.has(keyOf("claim", claim)))
    .filter((claim) => !claimed.some((one) => isSameClaim(one, claim)))
    .map((claim) => ({
      ...span(claim),
      key: `claim ${claim.fact} ${claim.aspect ?? ""} ${claim.start} ${claim.end}`,
      claim,
    }));
  return [...suggestions, ...claims].sort(
    (left, right) =>
      left.start - right.start || Number("claim" in left) - Number("claim" in right) || right.end - left.end,
  );
}

const span = ({ start, end }: { start: number; end: number }) => ({ start, end });

function isSameClaim(one: ClaimStatedBody, other: SuggestedClaim): boolean {
  return one.fact === other.fact && one.aspect === other.aspect && one.start === other.start && one.end === other.end;
}

/** The next item without an answer, from a place on and then from the beginning; undefined where all are answered. */
export function nextOpen(items: readonly ReviewItem[], answers: Answers, from: number): number | undefined {
  for (let step = 0; step < items.length; step += 1) {
    const place = (from + step) % items.length;
    if (answers[items[place]!.key] === undefined) return place;
  }
  return undefined;
}

const LONGEST_WORDS = 280;
/** More do not fit into one statement. */
export const MOST_JUDGEMENTS = 80;

/** Judgements as they are signed, in parts that a statement can hold. An accepted claim is stated, not judged. */
export function judgementsOf(
  text: string,
  items: readonly ReviewItem[],
  answers: Answers,
  added: readonly Added[],
): Judgement[][] {
  const told = items.flatMap((item): Judgement[] => {
    const answer = answers[item.key];
    if (answer === undefined) return [];
    const { start, end } = item;
    const words = text.slice(start, end).slice(0, LONGEST_WORDS).toWellFormed();
    if ("suggestion" in item) {
      const { kind, value } = item.suggestion;
      return [{ start, end, kind, verdict: answer.verdict, value: answer.value ?? value, words }];
    }
    if (answer.verdict !== "rejected") return [];
    const value = `${item.claim.fact} ${item.claim.aspect ?? ""} ${item.claim.value}`.slice(0, 200);
    return [{ start, end, kind: "claim", verdict: "rejected", value, words }];
  });
  const own = added.map(
    (one): Judgement => ({
      ...one,
      verdict: "added",
      words: text.slice(one.start, one.end).slice(0, LONGEST_WORDS).toWellFormed(),
    }),
  );
  const all = [...told, ...own];
  return Array.from({ length: Math.ceil(all.length / MOST_JUDGEMENTS) }, (_, part) =>
    all.slice(part * MOST_JUDGEMENTS, (part + 1) * MOST_JUDGEMENTS),
  );
}

/** Claims that were accepted or corrected, as they are stated. */
export function claimsOf(id: string, items: readonly ReviewItem[], answers: Answers): ClaimStatedBody[] {
  return items.flatMap((item) => {
    const answer = answers[item.key];
    if (!("claim" in item) || answer === undefined || answer.verdict === "rejected") return [];
    return [{ ...item.claim, text: id, value: answer.value ?? item.claim.value }];
  });
}
