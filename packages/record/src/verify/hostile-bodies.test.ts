import { describe, expect, test } from "vitest";
import { tell } from "../archive/tell.ts";
import { bytesToBase64 } from "../bytes/base64.ts";
import { unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { STANDARD_KINDS } from "../statement/kinds.ts";
import { readLeaf } from "../statement/leaf.ts";
import { cipher } from "../testing/cipher.ts";
import { readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { scenario } from "../testing/scenario.ts";
import { verifyRecord } from "./record.ts";

/** No text can be made of it: whoever tries throws. */
const NO_TEXT = { toString: 1, valueOf: 1 };
const VALUES: readonly Json[] = [NO_TEXT, null, [null], [NO_TEXT]];
/** What anything that reads a record asks of bodies. */
const NAMES = [
  ...["sealed", "key", "room", "epoch", "ciphertext", "commitment", "promise", "segments", "files", "size", "root"],
  ...["cosignatures", "from", "until", "rule", "level", "text", "texts", "deadline", "officer", "roles", "possession"],
  ...["removes", "suspectFrom", "reason", "kinds", "policy", "cosigners", "logKey", "components", "incident", "_sd"],
];

describe("a record that tells nonsense", () => {
  test.each(VALUES.map((value) => [JSON.stringify(value), value] as const))(
    "is looked through to its end, whatever says %s",
    async (_, value) => {
      const log = await scenario();
      const body = Object.fromEntries(NAMES.map((name) => [name, value]));
      const [officer, centre] = [signerOf("A-Duty-1"), log.machine];
      for (const { kind, tier } of STANDARD_KINDS.values()) {
        const [signer, by] = tier === "machine" ? [centre, "centre"] : [officer, "A-Duty-1"];
        const component = tier === "machine" ? "centre" : "A";
        log.leaves.push(await log.sign(signer, { kind, component, role: by, subject: "nonsense", body }));
      }
      const [from, until] = ["2024-01-01T00:00:00.000000Z", "2024-01-01T00:01:00.000000Z"];
      const minute = { kind: "recordings.sealed", body: { from, until, segments: [value] } as never };
      log.leaves.push(await log.sign(centre, { ...minute, component: "centre", role: "centre", subject: "minute" }));
      const sealed = await log.sign(officer, {
        ...{ kind: "sealed", component: "A", role: "A-Duty-1", subject: "sealed" },
        body: { room: value, epoch: value, ciphertext: "0".repeat(64), promise: value } as never,
      });
      log.leaves.push(sealed);
      const key = bytesToBase64(new Uint8Array(32));
      const opening = { sealed: unwrap(readLeaf(sha256, sealed)).statementId, key };
      const disclosed = { kind: "disclosed", component: "A", role: "A-Duty-1", subject: "sealed", body: opening };
      log.leaves.push(await log.sign(officer, disclosed));
      const files = readerOf(await recordOf(log.leaves));
      const means = { decrypt: cipher.decrypt, attachment: () => new Uint8Array(80) };
      const result = await verifyRecord(files, { sha256, verifyMany, story: "entries", ...means });
      expect(result.checkpoint?.size).toBe(log.leaves.length);
      expect(tell(result).length).toBeGreaterThan(0);
    },
  );
});
