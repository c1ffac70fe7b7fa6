import { describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import { keyIdOf } from "../envelope/envelope.ts";
import type { Result } from "../fault.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { Scenario, scenario } from "../testing/scenario.ts";
import { logNoteKeys, mayLogKeySign } from "./log-keys.ts";
import { isSuspect } from "./state.ts";

const LOG = signerOf("log");
const FRESH_LOG = signerOf("fresh log");
const TERMS = { logKey: bytesToHex(LOG.publicKey) };

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

async function rekeyBody(log: Scenario, more: object = {}): Promise<object> {
  const machine = await log.keyBody(signerOf("fresh machine"), "centre", "centre");
  const fresh = await log.keyBody(FRESH_LOG, "centre", "log");
  return { ...machine, logKey: fresh.key, logPossession: fresh.possession, ...more };
}

async function rekey(log: Scenario, body: object): Promise<Result<unknown>> {
  const [a1, a2] = log.roots("A");
  const leaf = await log.sign(a1!, { kind: "log.rekeyed", component: "centre", role: "root", subject: "log", body });
  const first = log.try(leaf);
  if (!first.ok) return first;
  log.add(await log.countersign(a2!, leaf));
  log.add(await log.countersign(log.roots("B")[0]!, leaf));
  return log.try(await log.countersign(log.roots("B")[1]!, leaf));
}

describe("the key of the log's checkpoints", () => {
  test("is the founding's until roots of both components replace it", async () => {
    const log = await scenario(TERMS);
    expect(codeOf(await rekey(log, await rekeyBody(log)))).toBe("accepted");
    const last = log.state.history.size - 1;
    const may = (key: { publicKey: Uint8Array }, size: number) => mayLogKeySign(log.state, key.publicKey, size);
    expect([0, last, last + 1, last + 2].map((size) => may(LOG, size))).toEqual([true, true, true, false]);
    expect([0, last, last + 1, last + 2].map((size) => may(FRESH_LOG, size))).toEqual([false, false, true, true]);
    expect(may(signerOf("thief"), last + 1)).toBe(false);
    expect(logNoteKeys(sha256, log.state).map((key) => key.publicKey)).toEqual([LOG.publicKey, FRESH_LOG.publicKey]);
  });

  test("may be any where the founding names none", async () => {
    const log = await scenario();
    expect(mayLogKeySign(log.state, signerOf("whoever").publicKey, 3)).toBe(true);
    expect(logNoteKeys(sha256, log.state)).toEqual([]);
    expect(logNoteKeys(sha256, new Scenario().state)).toEqual([]);
  });

  test("marks what the stolen machine key signed", async () => {
    const log = await scenario(TERMS);
    const alert = log.add(await log.sign(log.machine, { kind: "alert.raised" })).index;
    await rekey(log, await rekeyBody(log, { suspectFrom: alert }));
    expect(isSuspect(log.state, keyIdOf(sha256, log.machine.publicKey), alert)).toBe(true);
    expect(codeOf(log.try(await log.sign(log.machine, { kind: "alert.raised" })))).toBe("key.revoked");
  });

  test("is proven to be held, and is no other key of the log", async () => {
    const log = await scenario(TERMS);
    const asMachine = await log.keyBody(FRESH_LOG, "centre", "centre");
    expect(codeOf(await rekey(log, await rekeyBody(log, { logPossession: asMachine.possession })))).toBe(
      "key.possession",
    );
    for (const name of ["log", "A-Duty-1", "fresh machine"]) {
      const taken = await log.keyBody(signerOf(name), "centre", "log");
      const body = await rekeyBody(log, { logKey: taken.key, logPossession: taken.possession });
      expect(codeOf(await rekey(log, body))).toBe("key.already-enrolled");
    }
  });

  test("cannot be a root or the machine's at the founding", async () => {
    for (const name of ["machine", "root A 1"]) {
      await expect(scenario({ logKey: bytesToHex(signerOf(name).publicKey) })).rejects.toThrow("key.already-enrolled");
    }
    await expect(scenario({ logKey: `01${"0".repeat(62)}` })).rejects.toThrow("key.low-order");
  });
});
