import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { readLeaf } from "../statement/leaf.ts";
import { sha256 } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { scenario } from "../testing/scenario.ts";
import { canonicalize, type Json } from "./canonical.ts";
import { isPlainCanonical, MAXIMUM_DEPTH } from "./recognise.ts";
import { parseCanonical } from "./strict.ts";

/** The same by the long way: written again, and every value looked at. */
function isGood(text: string): boolean {
  try {
    const value = JSON.parse(text) as Json;
    return unwrap(canonicalize(value)) === text && /^[\x20-\x7e]*$/.test(text) && isWithin(value, 0);
  } catch {
    return false;
  }
}

function isWithin(value: Json, depth: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (value === null || typeof value !== "object") return true;
  return depth < MAXIMUM_DEPTH && Object.values(value).every((member) => isWithin(member as Json, depth + 1));
}

const letters = fc.string({ unit: fc.constantFrom("a", "b", " ", "!", "#", "~", "0", '"', "\\", "é"), maxLength: 3 });
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      letters,
      fc.integer({ min: -20, max: 20 }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
      fc.boolean(),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(letters, tie("value"), { maxKeys: 4 }),
  ),
}));

describe("recognising canonical JSON", () => {
  test("says yes only to what the long way accepts too, whatever is changed", () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[],:"- 019.eabtrufnls\\')), { maxLength: 2 });
    let yes = 0;
    fc.assert(
      fc.property(values, changes, (value, places) => {
        const text = [...unwrap(canonicalize(value))];
        for (const [place, letter] of places) text.splice(place % (text.length + 1), place % 2, letter);
        const bytes = text.join("");
        if (!isPlainCanonical(utf8(bytes))) return;
        yes++;
        expect([bytes, isGood(bytes)]).toEqual([bytes, true]);
      }),
      { numRuns: runs(3000) },
    );
    expect(yes).toBeGreaterThan(300);
  });

  test("knows every statement of a usual log", async () => {
    const log = await scenario();
    const payloads = log.leaves.map((leaf) => unwrap(readLeaf(sha256, leaf)).envelope.payload);
    expect(payloads.filter((payload) => !isPlainCanonical(payload))).toEqual([]);
  });

  test.each([
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{"a!":1,"a":1}',
    "-0",
    "01",
    "1234567890123456",
    "[1,]",
    '{"a":1,}',
    "[",
    "",
  ])("does not take %j", (text) => expect(isPlainCanonical(utf8(text))).toBe(false));

  test.each(['{"a":1,"a!":1,"a\u0023":2}', "0", "-1", "[]", "{}", '["",null,true,false]'])("takes %j", (text) =>
    expect(isPlainCanonical(utf8(text))).toBe(true),
  );

  test.each(["[", '{"a":', '[{"a":'])("goes as deep into %s as is allowed, and no deeper", (open) => {
    const levels = open === '[{"a":' ? 2 : 1;
    const nested = (depth: number): Uint8Array => {
      const opened = open.repeat(depth / levels);
      const closed = [...opened].filter((letter) => letter === "[" || letter === "{").reverse();
      return utf8(`${opened}1${closed.map((letter) => (letter === "[" ? "]" : "}")).join("")}`);
    };
    for (const depth of [MAXIMUM_DEPTH, MAXIMUM_DEPTH + levels, 40_000]) {
      const isAllowed = depth <= MAXIMUM_DEPTH;
      expect([isPlainCanonical(nested(depth)), parseCanonical(nested(depth), 1e6).ok]).toEqual([isAllowed, isAllowed]);
    }
  });
});
