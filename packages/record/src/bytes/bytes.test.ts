import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 as nativeSha256 } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { base64ToBytes, base64UrlToBytes, bytesToBase64, bytesToBase64Url } from "./base64.ts";
import { bytesEqual, concat, readDecimal, readUint64, uint64, utf8, utf8ToText } from "./bytes.ts";
import { bytesToHex, hexToBytes, isHexOf } from "./hex.ts";
import { sha256 } from "./sha256.ts";

const anyBytes = fc.uint8Array({ maxLength: 300 });

describe("base64", () => {
  test("is what Node writes, and reads back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(bytesToBase64(bytes)).toBe(text);
        expect(base64ToBytes(text)).toEqual({ ok: true, value: bytes });
        const url = Buffer.from(bytes).toString("base64url");
        expect(bytesToBase64Url(bytes)).toBe(url);
        expect(base64UrlToBytes(url)).toEqual({ ok: true, value: bytes });
      }),
    );
  });

  test("has one spelling for each value: whatever it reads it writes the same", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=\n -]{0,12}$/), (text) => {
        const read = base64ToBytes(text);
        if (read.ok) expect(bytesToBase64(read.value)).toBe(text);
      }),
      { numRuns: runs(2000) },
    );
  });

  test.each([
    "A",
    "AA",
    "AAA",
    "AB==",
    "AAB=",
    "A===",
    "====",
    "AA=A",
    "AA==AA==",
    "AA== ",
    " AAAA",
    "AA\n==",
    "AA-_",
    "ÄAAA",
  ])("refuses %j", (text) => {
    expect(base64ToBytes(text)).toMatchObject({ ok: false, fault: { code: "base64.malformed" } });
  });
});

describe("hexadecimal", () => {
  test("there and back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(hexToBytes(bytesToHex(bytes))).toEqual({ ok: true, value: bytes });
        expect(isHexOf(bytes, bytesToHex(bytes))).toBe(true);
        for (const other of [`${bytesToHex(bytes)}0`, bytesToHex(bytes).replace(/.$/, "g"), "x"])
          expect(isHexOf(bytes, other)).toBe(other === bytesToHex(bytes));
      }),
    );
  });

  test.each(["0", "0G", "AB", " 00", "0x00", "é0"])("refuses %j", (text) => expect(hexToBytes(text).ok).toBe(false));

  test("refuses a wrong length", () => {
    expect(hexToBytes("0000", 3)).toMatchObject({ fault: { code: "hex.malformed" } });
  });
});

describe("text and numbers", () => {
  test("UTF-8 is strict and keeps a byte order mark", () => {
    expect(utf8ToText(Uint8Array.of(0xc0, 0x80)).ok).toBe(false);
    expect(utf8ToText(Uint8Array.of(0xed, 0xa0, 0x80)).ok).toBe(false);
    expect(utf8ToText(utf8("\ufeffx"))).toEqual({ ok: true, value: "\ufeffx" });
  });

  test("eight bytes hold any safe integer and nothing larger is read", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(readUint64(uint64(value))).toBe(value);
      }),
    );
    expect(readUint64(Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  });

  test("decimals have no sign, space or leading zero", () => {
    for (const text of ["", "-1", "+1", "01", "1.0", "1e3", " 1", "9007199254740992", "99999999999999999999"]) {
      expect(readDecimal(text)).toBeUndefined();
    }
    expect(readDecimal("0")).toBe(0);
    expect(readDecimal("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("joining and comparing", () => {
    expect(concat(Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
    expect(bytesEqual(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(bytesEqual(Uint8Array.of(1), Uint8Array.of(2))).toBe(false);
  });
});

test("plain SHA-256 agrees with the native one, around every block border", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 7);
    expect(bytesToHex(sha256(bytes))).toBe(bytesToHex(nativeSha256(bytes)));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
      expect(bytesToHex(sha256(bytes))).toBe(bytesToHex(nativeSha256(bytes)));
    }),
  );
});
