import { describe, expect, it } from "vitest";
import type { PictureLine } from "../picture/index.ts";
import { compareActs } from "./compare-acts.ts";
import { compareLines } from "./compare-lines.ts";
import type { ReplayEvent } from "./runs.ts";

const SECOND = 1_000_000;
const RUN: ReplayEvent = { what: "started", run: { firstSequence: 1, startedAt: 0, software: "1" } };
const line = (sequence: number, text: string, at = sequence * SECOND): ReplayEvent => ({
  what: "line",
  line: { at, journalSequence: sequence, text },
});
const end = (lastSequence: number, clean = true): ReplayEvent => ({
  what: "ended",
  clean,
  lastSequence,
  at: lastSequence * SECOND,
});

async function* replayed(...events: ReplayEvent[]): AsyncGenerator<ReplayEvent> {
  yield* events;
}
async function* stored(...lines: readonly [number, string][]): AsyncGenerator<PictureLine> {
  for (const [index, [journalSequence, text]] of lines.entries())
    yield { position: index + 1, at: journalSequence * SECOND, journalSequence, text };
}
const codes = async (events: AsyncIterable<ReplayEvent>, lines: AsyncIterable<PictureLine>) =>
  (await compareLines(events, lines)).findings.map(({ code }) => code);

describe("lines", () => {
  it("that are the same are counted, run by run", async () => {
    const events = replayed(RUN, line(2, "a"), line(2, "b"), line(3, "c"), end(4));
    const result = await compareLines(events, stored([2, "a"], [2, "b"], [3, "c"]));
    expect(result).toMatchObject({ findings: [], unreplayable: 0, runs: [{ lines: 3, lostAtEnd: 0, clean: true }] });
  });

  it.each<[string, readonly [number, string][], string]>([
    [
      "another text",
      [
        [2, "a"],
        [3, "x"],
      ],
      "replay.line-differs",
    ],
    ["one too few", [[3, "b"]], "replay.line-missing"],
    [
      "one too many",
      [
        [2, "a"],
        [2, "a"],
        [3, "b"],
      ],
      "replay.line-unexpected",
    ],
    [
      "one at the end too many",
      [
        [2, "a"],
        [3, "b"],
        [4, "z"],
      ],
      "replay.line-unexpected",
    ],
    [
      "one before the run",
      [
        [0, "z"],
        [2, "a"],
        [3, "b"],
      ],
      "replay.line-unexpected",
    ],
  ])("%s is told", async (_, lines, code) => {
    expect(await codes(replayed(RUN, line(2, "a"), line(3, "b"), end(9)), stored(...lines))).toContain(code);
  });

  it("that a kill kept from being written are lost at its end, not wrong; elsewhere they are wrong", async () => {
    const events = () => replayed(RUN, line(2, "a"), line(3, "b"), end(3, false));
    const result = await compareLines(events(), stored([2, "a"]));
    expect(result).toMatchObject({ findings: [], runs: [{ lines: 1, lostAtEnd: 1, clean: false }] });
    expect(await codes(replayed(RUN, line(2, "a"), line(3, "b"), end(3)), stored([2, "a"]))).toEqual([
      "replay.line-missing",
    ]);
    expect(await codes(replayed(RUN, line(2, "a"), line(3, "b"), end(9, false)), stored([2, "a"]))).toEqual([
      "replay.line-missing",
    ]);
    expect(await codes(events(), stored([3, "b"]))).toEqual(["replay.line-missing"]);
  });

  it("whose journal is not there any more are counted and left alone", async () => {
    const gone: ReplayEvent = { what: "unreplayable", firstSequence: 1, lastSequence: 5 };
    const later: ReplayEvent = { what: "started", run: { firstSequence: 6, startedAt: 0, software: "1" } };
    const result = await compareLines(replayed(gone, later, line(7, "a"), end(8)), stored([2, "x"], [7, "a"]));
    expect(result).toMatchObject({ findings: [], unreplayable: 1, hasGaps: true });
  });
});

describe("acts", () => {
  const act = (subject: string) => ({ kind: "alert.ended", subject, body: { endedAt: "x" } });
  const entries = (...subjects: string[]) => subjects.map((subject, index) => ({ ...act(subject), index }));
  const replay = ["a", "b", "c"].map(act);

  it("in the record as the replay gives them hold; those missing at the end are owed", () => {
    expect(compareActs(replay, entries("a", "b", "c"), true)).toEqual({ acts: 3, owed: 0, findings: [] });
    expect(compareActs(replay, entries("a", "b"), true)).toEqual({ acts: 2, owed: 1, findings: [] });
  });

  it.each<[string, string[], string]>([
    ["missing in the middle", ["a", "c"], "replay.act-missing"],
    ["out of nowhere", ["a", "b", "x", "c"], "replay.act-unexpected"],
    ["in another order", ["b", "a", "c"], "replay.act-order"],
  ])("%s are told", (_, subjects, code) => {
    expect(compareActs(replay, entries(...subjects), true).findings.map((one) => one.code)).toContain(code);
  });

  it("of times outside the span are not asked for", () => {
    expect(compareActs(replay, entries("x", "a", "b", "c", "y"), false).findings).toEqual([]);
  });
});
