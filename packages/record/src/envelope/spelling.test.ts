import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8, utf8ToText } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { runs } from "../testing/runs.ts";
import { decodeEnvelope, decodeSigned, encodeEnvelope, preAuthenticationEncoding } from "./envelope.ts";

const LETTERS = [...'{}[],:"\\= /+AZaz09-_é\u0000'];
const leaves = fc
  .record({
    payloadType: fc.string({ unit: fc.constantFrom(...'a/.+ ~\\"é'), maxLength: 4 }),
    payload: fc.uint8Array({ maxLength: 5 }),
    keyId: fc.constantFrom("0".repeat(64), "a1".repeat(32)),
    signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  })
  .map((envelope) => unwrap(utf8ToText(unwrap(encodeEnvelope(envelope)))));
/** At a place: so many letters go, and others come. Half of the places lie in the short payload and its borders. */
const changes = fc.array(
  fc.tuple(
    fc.oneof(fc.nat({ max: 22 }), fc.nat({ max: 300 })),
    fc.nat({ max: 2 }),
    fc.array(fc.constantFrom(...LETTERS), { maxLength: 2 }),
  ),
  { maxLength: 3 },
);

/** The long way: taken to pieces by the general parsers, put together again, and compared. */
function isTheOneSpelling(text: string): boolean {
  try {
    const { payload, payloadType, signatures } = JSON.parse(text);
    const [{ keyid, sig }] = signatures;
    const [bytes, signature] = [payload, sig].map((letters: string) => new Uint8Array(Buffer.from(letters, "base64")));
    const again = encodeEnvelope({ payloadType, payload: bytes!, keyId: keyid, signature: signature! });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what signed text may not hold
    const isPlain = typeof payloadType === "string" && !/[\x00-\x1f]/.test(payloadType);
    const isUsable = isPlain && /^[0-9a-f]{64}$/.test(keyid) && signature!.length === 64;
    return isUsable && unwrap(utf8ToText(unwrap(again))) === text;
  } catch {
    return false;
  }
}

test("an envelope is taken in its one spelling and in no other, whatever is changed, and signed bytes are those of its parts", () => {
  const seen = { good: 0, bad: 0 };
  fc.assert(
    fc.property(leaves, changes, (leaf, made) => {
      const letters = [...leaf];
      for (const [place, gone, come] of made) letters.splice(place % (letters.length + 1), gone, ...come);
      const text = letters.join("");
      const [decoded, signed] = [decodeEnvelope(utf8(text)), decodeSigned(utf8(text))];
      expect([text, decoded.ok, signed.ok]).toEqual([text, isTheOneSpelling(text), decoded.ok]);
      seen[decoded.ok ? "good" : "bad"] += 1;
      if (!decoded.ok || !signed.ok) return;
      expect(signed.value.envelope).toEqual(decoded.value);
      const { payloadType, payload } = decoded.value;
      expect([...signed.value.signed]).toEqual([...preAuthenticationEncoding(payloadType, payload)]);
      expect(unwrap(utf8ToText(unwrap(encodeEnvelope(decoded.value))))).toBe(text);
    }),
    { numRuns: runs(1500) },
  );
  expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(200);
});
