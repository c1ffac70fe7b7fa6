import { describe, expect, test } from "vitest";
import { unwrap } from "../fault.ts";
import { admit } from "../replay/replay.ts";
import { emptyState } from "../replay/state.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { primitives, signerOf } from "../testing/primitives.ts";
import { type Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { ClockWatch } from "./clock-watch.ts";

const A1 = signerOf("A-Duty-1");

/** A log whose centre has just said the time, and what the watch makes of an act so many seconds before it. */
async function lateness(act: (log: Scenario, at: string) => Promise<Uint8Array>, seconds: number): Promise<number[]> {
  const log = await scenario();
  const watch = new ClockWatch();
  watch.accepted(log.add(await log.sign(log.machine, { kind: "alert.raised" })));
  watch.accepted(log.add(await act(log, formatStatementTime(log.now - seconds * SECOND))));
  return watch.late.map(({ index }) => index);
}

const note = (log: Scenario, at: string) =>
  log.sign(A1, { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." }, at });

describe("an act that claims to be old", () => {
  test.each([
    [0, 0],
    [599, 0],
    [601, 1],
    [86_400, 1],
  ])("by %i s is told %i times", async (seconds, told) => {
    expect(await lateness(note, seconds)).toHaveLength(told);
  });

  test("is told with both times; a countersignature under an old text is not", async () => {
    const log = await scenario();
    const watch = new ClockWatch();
    const proposal = await log.propose(A1);
    watch.accepted(log.add(proposal));
    log.now += 3600 * SECOND;
    watch.accepted(log.add(await log.sign(log.machine, { kind: "alert.raised" })));
    const logTime = formatStatementTime(log.now);
    watch.accepted(log.add(await log.countersign(signerOf("B-Duty-1"), proposal)));
    expect(watch.late).toEqual([]);
    const claimed = formatStatementTime(log.now - 3000 * SECOND);
    const { index } = log.add(await note(log, claimed));
    const again = new ClockWatch();
    for (const acceptance of replayed(log)) again.accepted(acceptance);
    expect(again.late).toEqual([
      { index, kind: "incident.noted", component: "A", holder: "A-Duty-1", claimed, logTime },
    ]);
  });
});

function replayed(log: Scenario) {
  const state = emptyState(primitives);
  return log.leaves.map((leaf) => unwrap(admit(primitives, state, leaf)));
}
