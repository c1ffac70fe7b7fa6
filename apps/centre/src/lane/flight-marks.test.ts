import type { FlightJudgeState } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { type JournalKind, openJournal } from "../journal/index.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { FlightMarks, flyingAtCrash } from "./flight-marks.ts";

const SECOND = 1_000_000;
const START = Date.UTC(2021, 3, 6, 12) * 1000;
const flying = (...flights: string[]): FlightJudgeState => ({
  flown: flights.map((flight) => ({
    ...{ flight, name: flight, clearance: undefined, from: START, until: START, tracks: [], zones: {}, worst: {} },
    ...{ since: undefined, keptSince: undefined, alert: undefined },
  })),
});
const namesOf = (state: FlightJudgeState | undefined): string[] | undefined => state?.flown.map(({ flight }) => flight);

describe("marks of the flights in the air", () => {
  it("are due when flights begin or end, and now and then while they last", () => {
    let inAir: string[] = [];
    const marks = new FlightMarks({ inAir: () => inAir, flying: () => flying(...inAir) });
    const due = (second: number) => namesOf(marks.due(START + second * SECOND));
    expect(due(0)).toBeUndefined();
    inAir = ["f1"];
    expect([due(1), due(2), due(20), due(21), due(40)]).toEqual([["f1"], undefined, undefined, ["f1"], undefined]);
    inAir = ["f1", "f2"];
    expect(due(41)).toEqual(["f1", "f2"]);
    inAir = [];
    expect([due(42), due(90)]).toEqual([[], undefined]);
  });
});

describe("what a run that broke off had seen", () => {
  type Kept = readonly [second: number, kind: JournalKind, change?: object];
  const mark = (...flights: string[]) => ({ flying: flying(...flights) });

  async function found(...records: readonly Kept[]): Promise<string[] | undefined> {
    const journal = await openJournal({ directory: temporaryFolder() });
    for (const [second, kind, change] of records)
      journal.append({
        ...{ kind, receivedAt: START + second * SECOND },
        ...(change ? { payload: new TextEncoder().encode(JSON.stringify(change)) } : {}),
      });
    journal.flush();
    const state = await flyingAtCrash(journal);
    await journal.close();
    return namesOf(state);
  }

  const started: Kept = [0, "fusion-started"];
  const first: Kept = [1, "configuration", mark("f1")];

  it("is its last mark", async () => {
    expect(await found()).toBeUndefined();
    expect(await found(started, first, [21, "configuration", mark("f1", "f2")], [22, "tick"])).toEqual(["f1", "f2"]);
    expect(await found(started, first, [9, "configuration", mark()])).toBeUndefined();
  });

  it("is nothing where the run ended as it should, nor where the next one saw nothing", async () => {
    expect(await found(started, first, [2, "fusion-stopped"])).toBeUndefined();
    expect(await found(started, first, [2, "fusion-stopped"], [3, "fusion-started"], [4, "tick"])).toBeUndefined();
  });

  it("outlasts a run that broke off as well before it marked anything", async () => {
    expect(await found(started, first, [5, "fusion-started"], [6, "tick"])).toEqual(["f1"]);
  });
});
