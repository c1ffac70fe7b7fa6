import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToBase64Url } from "../bytes/base64.ts";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { canonicalize } from "../json/canonical.ts";
import { sha256 } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { disclosureDigest, type JsonObject, makeDisclosure, readDisclosure } from "./disclosure.ts";
import { conceal, reveal } from "./redact.ts";

function salts(): () => Uint8Array {
  let count = 0;
  return () => sha256(utf8(`salt ${count++}`)).slice(0, 16);
}

const BODY: JsonObject = { title: "A burst", lon: "46.7500000", lat: "39.8200000", unit: { name: "first", size: 12 } };

test("the digest is that of RFC 9901", () => {
  const text = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
  expect(disclosureDigest(sha256, text)).toBe("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
});

describe("concealed members", () => {
  test("are not in what is signed, and come back when disclosed, each by itself", () => {
    const { body, disclosures } = unwrap(conceal(sha256, BODY, ["lon", "lat", "unit"], salts()));
    expect(unwrap(canonicalize(body))).not.toMatch(/46\.75|39\.82|first|"lon"/);
    expect(unwrap(reveal(sha256, body, disclosures))).toEqual(BODY);
    expect(unwrap(reveal(sha256, body, []))).toEqual({ title: "A burst" });
    expect(unwrap(reveal(sha256, body, [disclosures[1]!]))).toEqual({ title: "A burst", lat: "39.8200000" });
  });

  test("any members of any object", () => {
    const bodies = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,6}$/),
      fc.oneof(fc.integer(), fc.stringMatching(/^[ -~]{0,9}$/), fc.constant(null)),
    );
    fc.assert(
      fc.property(bodies, fc.infiniteStream(fc.boolean()), (body, choices) => {
        const names = Object.keys(body).filter(() => choices.next().value);
        const concealed = unwrap(conceal(sha256, body, names, salts()));
        expect(unwrap(reveal(sha256, concealed.body, concealed.disclosures))).toEqual({ ...body });
      }),
    );
  });

  test("within concealed members", () => {
    const inner = unwrap(conceal(sha256, BODY.unit as JsonObject, ["name"], salts()));
    const outerSalts = () => new Uint8Array(16).fill(9);
    const outer = unwrap(conceal(sha256, { ...BODY, unit: inner.body }, ["unit"], outerSalts));
    const all = [...outer.disclosures, ...inner.disclosures];
    expect(unwrap(reveal(sha256, outer.body, all))).toEqual(BODY);
    expect(unwrap(reveal(sha256, outer.body, outer.disclosures))).toEqual({ ...BODY, unit: { size: 12 } });
    expect(reveal(sha256, outer.body, inner.disclosures)).toMatchObject({ fault: { code: "redact.not-called-for" } });
  });

  test("hide among decoys, in an order that tells nothing", () => {
    const decoys = [1, 2, 3].map((number) => bytesToBase64Url(sha256(utf8(`decoy ${number}`))));
    const { body, disclosures } = unwrap(conceal(sha256, BODY, ["lon", "lat"], salts(), decoys));
    expect(body._sd).toHaveLength(5);
    expect(body._sd).toEqual([...(body._sd as string[])].sort());
    expect(unwrap(reveal(sha256, body, disclosures))).toEqual(BODY);
  });
});

describe("refused", () => {
  const { body, disclosures } = unwrap(conceal(sha256, BODY, ["lon", "lat"], salts()));
  const digest = (body._sd as string[])[0]!;

  test.each<[string, JsonObject, readonly string[], string]>([
    ["a disclosure changed", body, [`${disclosures[0]!.slice(0, -1)}A`], "redact.not-called-for"],
    [
      "a disclosure of something else",
      body,
      [unwrap(makeDisclosure(new Uint8Array(16), "x", 1)).text],
      "redact.not-called-for",
    ],
    ["a disclosure twice", body, [disclosures[0]!, disclosures[0]!], "redact.disclosed-twice"],
    ["a digest twice", { ...body, more: { _sd: [digest] } }, disclosures, "redact.digest-twice"],
    ["a member that is there already", { ...body, lon: "0" }, disclosures, "redact.member-twice"],
    ["another algorithm", { ...body, _sd_alg: "md5" }, [], "redact.algorithm"],
    ["digests that are no list", { _sd: "x" }, [], "redact.digests"],
    ["a text that is no disclosure", body, ["e30"], "disclosure.malformed"],
    ["a text that is no base64url", body, ["e30="], "base64.malformed"],
  ])("%s", (_, object, texts, code) => {
    const result = reveal(sha256, object, texts);
    expect(result.ok).toBe(false);
    // A changed disclosure may already be unreadable.
    if (!result.ok && code !== "redact.not-called-for") expect(result.fault.code).toBe(code);
  });

  test("concealing what is not there, under a name that means something else, or with little salt", () => {
    expect(conceal(sha256, BODY, ["absent"], salts())).toMatchObject({ fault: { code: "redact.no-member" } });
    for (const name of ["_sd", "_sd_alg", "..."]) {
      expect(makeDisclosure(new Uint8Array(16), name, 1)).toMatchObject({ fault: { code: "disclosure.name" } });
    }
    expect(makeDisclosure(new Uint8Array(15), "x", 1)).toMatchObject({ fault: { code: "disclosure.salt" } });
    const short = bytesToBase64Url(utf8('["AAAA","x",1]'));
    expect(readDisclosure(short)).toMatchObject({ fault: { code: "disclosure.salt" } });
  });

  test("reading never throws", () => {
    const texts = fc.array(
      fc.oneof(
        fc.base64String(),
        fc.jsonValue().map((value) => bytesToBase64Url(utf8(JSON.stringify(value)))),
      ),
    );
    const objects = fc.dictionary(fc.constantFrom("_sd", "_sd_alg", "a"), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(objects, texts, (object, list) => void reveal(sha256, object, list)),
      { numRuns: runs(1000) },
    );
  });
});
