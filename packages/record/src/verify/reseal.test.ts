import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { tell } from "../archive/tell.ts";
import { concat, utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { sha256 } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { encodeBundle } from "../tiles/bundle.ts";
import { type VerifyOptions, verifyRecord } from "./record.ts";
import { resealDigest } from "./reseal.ts";

const sha512 = (bytes: Uint8Array): string => createHash("sha512").update(bytes).digest("hex");

let log: Scenario;
beforeEach(async () => {
  log = await scenario();
  const alert = await log.sign(log.machine, { kind: "alert.raised" });
  for (let more = 0; more < 300; more++) log.add(await log.sign(log.machine, { kind: "alert.raised", body: { more } }));
  log.add(alert);
}, 60_000);

const digestOf = (size: number) =>
  resealDigest(sha512, ORIGIN, size, async (index, width) => log.leaves.slice(index * 256, index * 256 + width));

async function reseal(body: object): Promise<number> {
  return log.add(await log.sign(log.machine, { kind: "record.resealed", subject: "reseal", body })).index;
}

async function verified(options: Partial<VerifyOptions> = { sha512 }) {
  return verifyRecord(readerOf(await recordOf(log.leaves)), { sha256, verifyMany, story: "short", ...options });
}

test("the digest is a chain over the bundles as they are laid out in files", async () => {
  const [first, second] = [log.leaves.slice(0, 256), log.leaves.slice(256, 300)].map((part) =>
    unwrap(encodeBundle(part)),
  );
  const begun = Buffer.from(sha512(utf8(`openjmc reseal v1\n${ORIGIN}\n`)), "hex");
  const next = Buffer.from(sha512(concat(begun, first!)), "hex");
  expect(await digestOf(300)).toBe(sha512(concat(next, second!)));
});

describe("entries sealed once more", () => {
  test("are computed anew, told with their reach, and may lie behind by any number of entries", async () => {
    const sizes = [0, 256, 299, log.leaves.length];
    const indexes: number[] = [];
    for (const size of sizes) indexes.push(await reseal({ size, sha512: await digestOf(size) }));
    const result = await verified();
    expect(result).toMatchObject({ holds: true, reseals: { unchecked: 0 } });
    expect(result.reseals!.good.map(({ index, size }) => [index, size])).toEqual(
      sizes.map((size, place) => [indexes[place], size]),
    );
    expect(tell(result).filter(({ code }) => code === "verify.resealed")).toHaveLength(4);
  });

  test("are counted, not believed, where there is nothing to compute them with", async () => {
    await reseal({ size: 300, sha512: await digestOf(300) });
    const result = await verified({});
    expect(result).toMatchObject({ holds: true, reseals: { good: [], unchecked: 1 } });
    expect(tell(result)).toContainEqual({ tone: "notice", code: "verify.resealed-not", values: { count: 1 } });
  });

  test.each<[string, () => Promise<object>]>([
    ["of another size", async () => ({ size: 299, sha512: await digestOf(300) })],
    ["of other entries", async () => ({ size: 300, sha512: "0".repeat(128) })],
    ["beyond the log", async () => ({ size: 9999, sha512: await digestOf(300) })],
    ["that name no size", async () => ({ sha512: await digestOf(300) })],
    ["that name no digest", async () => ({ size: 300 })],
  ])("%s do not hold", async (_, body) => {
    const index = await reseal(await body());
    expect((await verified()).findings).toMatchObject([{ code: "reseal.differs", values: { index } }]);
  });
});
