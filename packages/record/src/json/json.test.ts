import reference from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { runs } from "../testing/runs.ts";
import { vectorBytes, vectorFiles, vectorsPresent, vectorText } from "../testing/shared.ts";
import { canonicalize } from "./canonical.ts";
import { parseCanonical } from "./strict.ts";
import { isIdentifier } from "./text.ts";

const LIMIT = 65_535;

function codeOf(text: string | Uint8Array): string {
  const result = parseCanonical(typeof text === "string" ? utf8(text) : text, LIMIT);
  return result.ok ? "accepted" : result.fault.code;
}

describe.skipIf(!vectorsPresent)("RFC 8785 vectors (data/record/jcs)", () => {
  const names = vectorsPresent ? vectorFiles("jcs/testdata/input") : [];
  test.each(names)("%s", (name) => {
    const value = JSON.parse(vectorText(`jcs/testdata/input/${name}`));
    const canonical = unwrap(canonicalize(value));
    expect(utf8(canonical)).toEqual(vectorBytes(`jcs/testdata/output/${name}`));
    const hex = vectorText(`jcs/testdata/outhex/${name.replace(".json", ".txt")}`).replaceAll(/\s/g, "");
    expect(Buffer.from(canonical).toString("hex")).toBe(hex);
  });

  test("there are six of them", () => expect(names).toHaveLength(6));
});

describe("canonical JSON", () => {
  test("agrees with another implementation on any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(unwrap(canonicalize(value))).toBe(reference(value));
      }),
      { numRuns: runs(500) },
    );
  });

  test("leaves out what is undefined and refuses what JSON cannot hold", () => {
    expect(unwrap(canonicalize({ b: undefined, a: -0 }))).toBe('{"a":0}');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", 1n, () => 1, Symbol("s"), [undefined]]) {
      expect(canonicalize(value)).toMatchObject({ ok: false, fault: { code: "json.not-json" } });
    }
  });
});

describe("reading canonical JSON", () => {
  test("accepts exactly what canonicalizing gives", () => {
    const integers = fc.jsonValue().filter((value) => codeOf(unwrap(canonicalize(value))) === "accepted");
    fc.assert(
      fc.property(integers, (value) => {
        expect(unwrap(parseCanonical(utf8(unwrap(canonicalize(value))), LIMIT))).toEqual(
          JSON.parse(unwrap(canonicalize(value))),
        );
      }),
    );
  });

  test.each([
    ['{"a":1,"a":1}', "json.duplicate-name"],
    ['{"b":1,"a":1}', "json.not-canonical"],
    ['{"a": 1}', "json.not-canonical"],
    ["1.0", "json.not-canonical"],
    ["1e2", "json.not-canonical"],
    ["-0", "json.not-canonical"],
    ["9007199254740993", "json.not-canonical"],
    ["9007199254740992", "json.number"],
    ["0.5", "json.number"],
    ['"\\u0041"', "json.not-canonical"],
    ['"\\/"', "json.not-canonical"],
    ['"\\ud800"', "json.not-json"],
    ["\ufeff{}", "json.malformed"],
    ["{}\n", "json.not-canonical"],
    ["", "json.malformed"],
    ["nul", "json.malformed"],
    ['{"a":1}{"b":1}', "json.malformed"],
    ['"\\u0000"', "json.control-character"],
    ['"\\r"', "json.control-character"],
    ['"\u0085"', "json.control-character"],
    ['"\u202e"', "json.bidi-control"],
    ['{"\u2066":1}', "json.bidi-control"],
    ['"a\u200bb"', "json.bidi-control"],
    ['"e\u0301"', "json.not-nfc"],
    ['{"__proto__":1}', "accepted"],
    ['"line\\n\\tline"', "accepted"],
    ['"\u200f\u05d0"', "accepted"],
  ])("%j is %s", (text, code) => expect(codeOf(text)).toBe(code));

  test("refuses bytes that are no UTF-8, too many bytes, too many levels", () => {
    expect(codeOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe("utf8.malformed");
    expect(codeOf(`"${"a".repeat(LIMIT)}"`)).toBe("json.too-long");
    expect(codeOf("[".repeat(32) + "]".repeat(32))).toBe("accepted");
    expect(codeOf("[".repeat(33) + "]".repeat(33))).toBe("json.too-deep");
    expect(codeOf('{"a":'.repeat(33))).toBe("json.too-deep");
    expect(codeOf(`["${"[".repeat(100)}"]`)).toBe("accepted");
  });

  test("never throws, and what it accepts it would write the same", () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.string({ unit: "binary", maxLength: 40 }).map((text) => utf8(text)),
      fc.json().map((text) => utf8(text)),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        const read = parseCanonical(bytes, LIMIT);
        if (read.ok) expect(utf8(unwrap(canonicalize(read.value)))).toEqual(bytes);
      }),
      { numRuns: runs(2000) },
    );
  });
});

test("identifiers are plain ASCII", () => {
  for (const good of ["A", "A-Duty-1", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "adsb:4b1234", "exercise.centre/log"]) {
    expect(isIdentifier(good)).toBe(true);
  }
  for (const bad of ["", "-a", "a b", "а", "a\n", "a".repeat(129), 7, null]) expect(isIdentifier(bad)).toBe(false);
});
