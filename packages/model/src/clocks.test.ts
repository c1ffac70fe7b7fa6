import { describe, expect, it } from "vitest";
import { type AllegationRow, type CaseClock, caseClocks, clocksOf, dueOf, type IncidentRow } from "./index.ts";

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const CLOCKS = clocksOf({ clocks: { inquiryHours: 10, firstCallMinutes: 7 } });
const mark = (recordedAt: number) => ({ index: 1, statement: "", role: "", component: "A", claimedAt: 0, recordedAt });
const incident = { id: "I", openedBy: mark(HOUR), notes: [], conclusions: [] } as unknown as IncidentRow;
const finding = (more: object) => ({ incident: "I", proposedBy: mark(3 * HOUR), ...more }) as never;

describe("clocks of the desk", () => {
  it("run as long as the mission says, as usual where it says nothing, and as officers set them before both", () => {
    const due = (more: object) => dueOf({ due: { clock: "inquiry", since: HOUR, ...more } } as AllegationRow, CLOCKS);
    expect([due({}), due({ clock: "answer" }), due({ at: 5 })]).toEqual([11 * HOUR, 25 * HOUR, 5]);
    expect(dueOf({} as AllegationRow, CLOCKS)).toBeUndefined();
  });

  it("of a case end with the first call, the first statement and an issued finding, and with no other case's", () => {
    const doneAt = (clocks: readonly CaseClock[]) => clocks.map((clock) => clock.doneAt);
    const call = (of: string) => ({ body: { incident: of }, startedAt: 4 * HOUR }) as never;
    expect(caseClocks(incident, [], [call("other")], CLOCKS)).toEqual([
      { clock: "first-call", until: HOUR + 7 * MINUTE },
      { clock: "first-statement", until: 3 * HOUR },
      { clock: "closing", until: 49 * HOUR },
    ]);
    expect(doneAt(caseClocks(incident, [finding({})], [call("I")], CLOCKS))).toEqual([4 * HOUR, 3 * HOUR, undefined]);
    const ended = finding({ lapsed: mark(8 * HOUR) });
    const noted = { ...incident, notes: [{ text: "x", mark: mark(2 * HOUR) }] };
    expect(doneAt(caseClocks(noted, [ended], [], CLOCKS))).toEqual([undefined, 2 * HOUR, 8 * HOUR]);
  });
});
