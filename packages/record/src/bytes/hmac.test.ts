import { expect, test } from "vitest";
import { sha256 } from "../testing/primitives.ts";
import { utf8 } from "./bytes.ts";
import { bytesToHex } from "./hex.ts";
import { hkdfSha256, hmacSha256 } from "./hmac.ts";

const repeated = (byte: number, count: number): Uint8Array => new Uint8Array(count).fill(byte);

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
test.each([
  [repeated(0x0b, 20), utf8("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
  [
    utf8("Jefe"),
    utf8("what do ya want for nothing?"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ],
  [
    repeated(0xaa, 131),
    utf8("Test Using Larger Than Block-Size Key - Hash Key First"),
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  ],
])("HMAC as RFC 4231 has it", (key, message, expected) => {
  expect(bytesToHex(hmacSha256(sha256, key, message))).toBe(expected);
});

test("HKDF as RFC 5869 has it, first block of test case 1", () => {
  const salt = Uint8Array.from({ length: 13 }, (_, place) => place);
  const info = Uint8Array.from({ length: 10 }, (_, place) => 0xf0 + place);
  expect(bytesToHex(hkdfSha256(sha256, repeated(0x0b, 22), salt, info))).toBe(
    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
  );
});
