import { describe, expect, test } from "vitest";
import { bytesToBase64 } from "../bytes/base64.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, noteKey } from "../note/vkey.ts";
import { admit } from "../replay/replay.ts";
import { emptyState } from "../replay/state.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { ClockWatch } from "./clock-watch.ts";

const A1 = signerOf("A-Duty-1");

/** A log whose centre has just said the time, and what the watch makes of an act so many seconds before it. */
async function lateness(act: (log: Scenario, at: string) => Promise<Uint8Array>, seconds: number): Promise<number[]> {
  const log = await scenario();
  const watch = new ClockWatch();
  watch.accepted(log.add(await log.sign(log.machine, { kind: "alert.raised" })));
  watch.accepted(log.add(await act(log, formatStatementTime(log.now - seconds * SECOND))));
  return watch.odd.map(({ index }) => index);
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
    expect(watch.odd).toEqual([]);
    const claimed = formatStatementTime(log.now - 3000 * SECOND);
    const { index } = log.add(await note(log, claimed));
    const again = new ClockWatch();
    for (const acceptance of replayed(log)) again.accepted(acceptance);
    expect(again.odd).toEqual([
      { index, kind: "incident.noted", component: "A", holder: "A-Duty-1", claimed, logTime, oddity: "late" },
    ]);
  });
});

/** A log whose cosigners, both components' and a neutral one, have seen all of it at the time that it is. */
class Witnessed {
  readonly log: Scenario;
  readonly watch = new ClockWatch();

  constructor(log: Scenario) {
    this.log = log;
  }

  async seen(): Promise<number> {
    const { size } = this.log.state.history;
    const root = this.log.state.history.rootAt(size)!;
    const text = formatCheckpoint({ origin: ORIGIN, size, root });
    const time = Math.floor(this.log.now / SECOND);
    const cosignatures = ["A", "B", "N"].map(async (name) => {
      const { bytes } = await signNote(cosignerOf(name), signerOf(`node ${name}`), text, time);
      return { name, time, signature: bytesToBase64(bytes.subarray(8)) };
    });
    const body = { size, root: bytesToHex(root), cosignatures: await Promise.all(cosignatures) };
    this.take(await this.log.sign(this.log.machine, { kind: "checkpoint.cosigned", body }));
    return size;
  }

  take(leaf: Uint8Array): number {
    const acceptance = this.log.add(leaf);
    this.watch.accepted(acceptance);
    return acceptance.index;
  }
}

const cosignerOf = (name: string) =>
  noteKey(sha256, `${ORIGIN}/${name}`, ED25519_COSIGNATURE, signerOf(`node ${name}`).publicKey);

async function witnessed(): Promise<Witnessed> {
  const policy = [
    `log ${formatVkey(noteKey(sha256, ORIGIN, ED25519_NOTE, signerOf("log").publicKey))}`,
    ...["A", "B", "N"].map((name) => `witness ${name} ${formatVkey(cosignerOf(name))}`),
    "group all all A B N",
    "quorum all",
  ];
  return new Witnessed(await scenario({ cosigners: { policy } }));
}

describe("beside what cosigners have signed", () => {
  test.each([
    [599, []],
    [601, ["before-anchor"]],
  ])("an act that claims %i s before its own anchor was seen: %j", async (seconds, oddities) => {
    const witness = await witnessed();
    const { log, watch } = witness;
    log.now += 3600 * SECOND;
    const size = await witness.seen();
    const anchor = { size, root: bytesToHex(log.state.history.rootAt(size)!) };
    const at = formatStatementTime(Math.floor(log.now / SECOND) * SECOND - SECOND - seconds * SECOND);
    const act = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "x" }, anchor, at };
    witness.take(await log.sign(A1, act));
    expect(watch.odd.map(({ oddity }) => oddity)).toEqual(oddities);
  });

  test("an act that claims a time later than they had seen it, the centre's own too", async () => {
    const witness = await witnessed();
    const { log, watch } = witness;
    const at = formatStatementTime(log.now + 7200 * SECOND);
    const first = witness.take(await log.sign(log.machine, { kind: "alert.raised", at }));
    const second = witness.take(await note(log, at));
    const good = witness.take(await note(log, formatStatementTime(log.now)));
    await witness.seen();
    await witness.seen();
    expect(watch.odd.filter(({ oddity }) => oddity === "ahead").map(({ index }) => index)).toEqual([first, second]);
    expect(watch.odd.filter(({ oddity }) => oddity === "late").map(({ index }) => index)).toEqual([good]);
  });
});

function replayed(log: Scenario) {
  const state = emptyState(primitives);
  return log.leaves.map((leaf) => unwrap(admit(primitives, state, leaf)));
}
