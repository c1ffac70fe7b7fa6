import type { RecordedEntry } from "@openjmc/desk";
import { expect, it } from "vitest";
import type { PictureLine } from "../picture/index.ts";
import { owedActs } from "./owed-acts.ts";

const act = (subject: string, count = 1) => ({ kind: "alert.grown", subject, body: { until: "x", count } });
const entry = (subject: string, count = 1) =>
  ({ ...act(subject, count), revision: 0, index: 0 }) as unknown as RecordedEntry;

async function* lines(...items: { readonly t: string; readonly row: unknown }[]): AsyncGenerator<PictureLine> {
  for (const [index, item] of items.entries())
    yield { position: index + 1, at: 0, journalSequence: 1, text: JSON.stringify(item) };
}
const acts = (...subjects: string[]) => lines(...subjects.map((subject) => ({ t: "act", row: act(subject) })));

it("owes what no entry stands for, in its order, and nothing else", async () => {
  expect(await owedActs(acts("a", "b", "c"), [entry("a")])).toEqual([act("b"), act("c")]);
  expect(await owedActs(acts("a", "b"), [entry("a"), entry("b")])).toEqual([]);
  expect(await owedActs(lines({ t: "track", row: { id: "x" } }), [])).toEqual([]);
});

it("does not owe what the record refuses to hold, and goes on behind it", async () => {
  const [torn, sound] = [act("torn \ud83d"), act("a")];
  expect(await owedActs(lines({ t: "act", row: torn }, { t: "act", row: sound }), [])).toEqual([sound]);
});

it("takes an entry for an act only where it says the same, and only once", async () => {
  expect(await owedActs(acts("a"), [entry("a", 2)])).toEqual([act("a")]);
  expect(await owedActs(acts("a", "a"), [entry("a")])).toEqual([act("a")]);
  const other = { ...entry("a"), kind: "alert.acknowledged" } as RecordedEntry;
  expect(await owedActs(acts("a"), [other])).toEqual([act("a")]);
});
