import { beforeEach, describe, expect, test } from "vitest";
import { tell } from "../archive/tell.ts";
import { bytesToBase64 } from "../bytes/base64.ts";
import { utf8 } from "../bytes/bytes.ts";
import { type DisclosedBody, disclose, type SealedBody, sealEntry } from "../seal/room.ts";
import { signStatement } from "../statement/leaf.ts";
import { cipher } from "../testing/cipher.ts";
import { readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { type VerifyOptions, verifyRecord } from "./record.ts";

const ACT = { component: "A", role: "A-Duty-1" };
const INCIDENT = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
const A1 = signerOf("A-Duty-1");
const bytes = (name: string, length = 32) => sha256(utf8(name)).slice(0, length);
const KEY = bytes("key");

let log: Scenario;
let ciphertext: Uint8Array;
let sealedId: string;

beforeEach(async () => {
  log = await scenario();
  const conclusion = { incident: INCIDENT, text: "Two bursts were heard.", language: "en" };
  const fields = { ...ACT, kind: "conclusion.stated", subject: INCIDENT, body: conclusion };
  const statement = await signStatement(sha256, A1, log.draft(fields));
  const room = { origin: ORIGIN, room: "A", epoch: 1 };
  const entropy = { key: KEY, salt: bytes("salt"), nonce: bytes("nonce", 12) };
  const sealed = await sealEntry(primitives, cipher, room, statement, entropy);
  ciphertext = sealed.ciphertext;
  sealedId = (await seal(sealed.body)).leaf.statementId;
});

const seal = async (body: SealedBody) =>
  log.add(await log.sign(A1, { ...ACT, kind: "sealed", subject: INCIDENT, body }));

const discloseIt = async (body: DisclosedBody | object) =>
  log.add(await log.sign(A1, { ...ACT, kind: "disclosed", subject: INCIDENT, body }));

async function verified(options: Partial<VerifyOptions> = {}) {
  const means = { decrypt: cipher.decrypt, attachment: (): Uint8Array | undefined => ciphertext };
  const files = readerOf(await recordOf(log.leaves));
  return verifyRecord(files, { sha256, verifyMany, story: "short", ...means, ...options });
}

/** Codes of what is wrong, each with the reason behind it. */
async function wrongs(options: Partial<VerifyOptions> = {}) {
  const { holds, findings } = await verified(options);
  expect(holds).toBe(findings.length === 0);
  return findings.map(({ code, fault }) => `${code}: ${fault?.code}`);
}

describe("what a record discloses", () => {
  test("is opened, judged, and told in its own words", async () => {
    await discloseIt(disclose(sealedId, KEY));
    const result = await verified();
    expect(result).toMatchObject({ holds: true, openings: { closed: 0, stillSealed: 0 } });
    const [opened] = result.openings!.opened;
    expect(opened).toMatchObject({ index: 9, disclosedAt: 10, room: "A", statement: { kind: "conclusion.stated" } });
    const told = tell(result).filter(({ code }) => code.startsWith("verify.opened"));
    expect(told).toMatchObject([
      { code: "verify.opened", values: { index: 9, disclosed: 10, officer: "A-Duty-1", component: "A", room: "A" } },
      { code: "verify.opened-text", values: { text: "Two bursts were heard." } },
    ]);
  });

  test("is told as sealed while nobody has disclosed it", async () => {
    const result = await verified();
    expect(result.openings).toMatchObject({ opened: [], closed: 0, stillSealed: 1 });
    expect(tell(result)).toContainEqual({ tone: "notice", code: "verify.still-sealed", values: { count: 1 } });
  });

  test("stays closed, and is told so, where its ciphertext or a cipher is not at hand", async () => {
    await discloseIt(disclose(sealedId, KEY));
    for (const options of [{ attachment: () => undefined }, { decrypt: undefined as never }]) {
      const result = await verified(options);
      expect(result).toMatchObject({ holds: true, openings: { opened: [], closed: 1 } });
      expect(tell(result)).toContainEqual({ tone: "notice", code: "verify.opened-not", values: { count: 1 } });
    }
  });

  test("is opened once, however often it is disclosed", async () => {
    await discloseIt(disclose(sealedId, KEY));
    await discloseIt({ ...disclose(sealedId, KEY), again: true });
    const { holds, openings } = await verified();
    expect([holds, openings!.opened.map(({ disclosedAt }) => disclosedAt)]).toEqual([true, [10]]);
  });

  test.each([
    ["before", [bytes("another key"), KEY], 11],
    ["behind", [KEY, bytes("another key")], 10],
  ])("is opened with the key that fits, and one that does not is told, %s it", async (_, keys, at) => {
    for (const key of keys) await discloseIt(disclose(sealedId, key));
    const { openings, findings } = await verified();
    expect(openings).toMatchObject({ opened: [{ disclosedAt: at }], closed: 0, stillSealed: 0 });
    expect(findings).toMatchObject([{ code: "opened.refused", values: { disclosed: at === 10 ? 11 : 10 } }]);
  });

  test("stays sealed under a key that does not fit", async () => {
    await discloseIt(disclose(sealedId, bytes("another key")));
    expect((await verified()).openings).toMatchObject({ opened: [], closed: 0, stillSealed: 1 });
  });

  test.each<[string, () => object | Promise<object>, string]>([
    ["another key", () => disclose(sealedId, bytes("another key")), "sealed.key"],
    ["a key of another length", () => ({ sealed: sealedId, key: "AAAA" }), "sealed.key"],
    ["a key that is no text", () => ({ sealed: sealedId, key: null }), "sealed.key"],
    [
      "a key in other base64",
      () => ({ sealed: sealedId, key: `${bytesToBase64(KEY).slice(0, -2)}Z=` }),
      "base64.malformed",
    ],
    ["an entry that there is not", () => disclose("0".repeat(64), KEY), "disclosed.unknown"],
    ["an entry that is not sealed", () => disclose(log.leaves.length.toString(), KEY), "disclosed.unknown"],
  ])("is refused with %s", async (_, body, code) => {
    await discloseIt(await body());
    expect(await wrongs()).toEqual([`opened.refused: ${code}`]);
  });

  test("is refused when the ciphertext was exchanged", async () => {
    await discloseIt(disclose(sealedId, KEY));
    const other = ciphertext.map((byte, place) => (place === 20 ? byte ^ 1 : byte));
    expect(await wrongs({ attachment: () => other })).toEqual(["opened.refused: sealed.ciphertext"]);
  });

  test("is refused when another statement comes out than was committed to", async () => {
    const { body } = await resealed("what it never said");
    const { leaf } = await seal(body);
    await discloseIt(disclose(leaf.statementId, KEY));
    expect(await wrongs()).toEqual(["opened.refused: sealed.commitment"]);
  });

  test("is refused when what comes out is no statement of that officer", async () => {
    const { body } = await resealed("no statement at all", true);
    const { leaf } = await seal(body);
    await discloseIt(disclose(leaf.statementId, KEY));
    expect(await wrongs()).toEqual(["opened.refused: json.malformed"]);
  });
});

/** Other words under the same key; committed to honestly, or under the commitment to something else. */
async function resealed(words: string, honestly = false) {
  const room = { origin: ORIGIN, room: "A", epoch: 1 };
  const entropy = { key: KEY, salt: bytes("salt"), nonce: bytes("nonce", 12) };
  const sealed = await sealEntry(primitives, cipher, room, utf8(words), entropy);
  ciphertext = sealed.ciphertext;
  return { body: honestly ? sealed.body : { ...sealed.body, commitment: "0".repeat(64) } };
}
