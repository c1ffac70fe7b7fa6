import type { SuggestedClaim, TextReading } from "@openjmc/model";
import { expect, it } from "vitest";
import { partsOf, withSignsShown } from "./marks.ts";
import { claimsOf, itemsOf, judgementsOf, MOST_JUDGEMENTS, nextOpen } from "./review.ts";

const claim: SuggestedClaim = {
  ...{ fact: "pact", aspect: "signed", value: "2030-01-09", form: "paraphrase", certainty: "stated" },
  ...{ start: 4, end: 8, quote: "the 9th" },
};
const reading: TextReading = {
  text: "a".repeat(64),
  suggestions: [
    { start: 12, end: 15, kind: "place", value: "torbagar" },
    { start: 4, end: 8, kind: "date", value: "2030-01-09" },
  ],
  claims: [claim],
  judged: [],
  alike: [],
};

it("goes through a text in its order, claims behind their words, and leaves out what was said before", () => {
  const items = itemsOf(reading, []);
  expect(items.map(({ key }) => key)).toEqual(["date 4 8", "claim pact signed 4 8", "place 12 15"]);
  const judged = [{ start: 12, end: 15, kind: "place", verdict: "accepted", value: "torbagar" } as const];
  expect(itemsOf({ ...reading, judged }, [{ ...claim, text: "t" }]).map(({ key }) => key)).toEqual(["date 4 8"]);
  const answers = { "date 4 8": { verdict: "accepted" } } as const;
  expect([nextOpen(items, answers, 0), nextOpen(items, {}, 2), nextOpen([], {}, 0)]).toEqual([1, 2, undefined]);
});

it("signs what was said of words in parts, and states claims that were taken", () => {
  const items = itemsOf(reading, []);
  const [dated, claimed, placed] = items.map(({ key }) => key);
  const answers = {
    [dated!]: { verdict: "accepted" },
    [claimed!]: { verdict: "corrected", value: "2030-01-10" },
    [placed!]: { verdict: "rejected" },
  } as const;
  const text = "Say 9th in the village.";
  expect(judgementsOf(text, items, answers, [{ start: 0, end: 3, kind: "speech", value: "said" }])).toEqual([
    [
      { start: 4, end: 8, kind: "date", verdict: "accepted", value: "2030-01-09", words: "9th " },
      { start: 12, end: 15, kind: "place", verdict: "rejected", value: "torbagar", words: "he " },
      { start: 0, end: 3, kind: "speech", verdict: "added", value: "said", words: "Say" },
    ],
  ]);
  expect(claimsOf("t", items, answers)).toEqual([{ ...claim, text: "t", value: "2030-01-10" }]);
  const many = Array.from({ length: MOST_JUDGEMENTS + 1 }, () => ({
    start: 0,
    end: 1,
    kind: "date" as const,
    value: "v",
  }));
  expect(judgementsOf(text, [], {}, many).map((part) => part.length)).toEqual([MOST_JUDGEMENTS, 1]);
});

it("draws each letter once, the shorter mark on top, and shows signs that hide", () => {
  const text = "one \u202etwo three";
  const marks = [
    { start: 4, end: 14, key: "long" },
    { start: 5, end: 8, key: "short" },
  ];
  const parts = partsOf(text, 0, text.length, marks);
  expect(parts.map(({ text: words }) => words).join("")).toBe(text);
  expect(parts.map(({ mark, sign }) => mark ?? sign ?? "")).toEqual(["", "long", "short", "long"]);
  expect(parts[1]).toMatchObject({ start: 4, sign: "RLO" });
  expect(withSignsShown(text)).toBe("one ⟨RLO⟩two three");
});
