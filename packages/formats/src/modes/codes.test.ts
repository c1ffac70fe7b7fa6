import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex } from "../hex.ts";
import { FOOT, KNOT } from "../units.ts";
import { altitudeFromCode12, altitudeFromCode13, altitudeToCode12, altitudeToCode13 } from "./altitude-code.ts";
import { readBits, readSigned, writeBits } from "./bits.ts";
import { readCallsign, writeCallsign } from "./callsign.ts";
import { modeSRemainder, writeParity } from "./crc.ts";
import { squawkFromCode13, squawkToCode13 } from "./identity-code.ts";
import { findSingleBitError } from "./repair.ts";
import { speedFromMovement, speedToMovement } from "./surface-movement.ts";

describe("parity", () => {
  it("is that of the standard: a message heard on the air leaves no remainder", () => {
    expect(modeSRemainder(fromHex("8D406B902015A678D4D220AA4BDA")!, 0, 14)).toBe(0);
    expect(modeSRemainder(fromHex("5d4d20237a55a6")!, 0, 7)).toBe(0);
  });

  it("gives back the overlay that was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 14, maxLength: 14 }), fc.nat(0xffffff), (bytes, overlay) => {
        writeParity(bytes, overlay);
        expect(modeSRemainder(bytes, 0, 14)).toBe(overlay);
      }),
    );
  });

  it.each([7, 14])("finds which single bit of %d bytes is wrong, and never the format's", (length) => {
    const message = Uint8Array.from({ length }, (_, index) => (index * 37 + 5) & 0xff);
    writeParity(message, 0);
    for (let bit = 0; bit < 8 * length; bit += 1) {
      const wrong = message.slice();
      wrong[bit >> 3]! ^= 0x80 >> (bit & 7);
      expect(findSingleBitError(modeSRemainder(wrong, 0, length), length)).toBe(bit < 5 ? -1 : bit);
    }
  });
});

describe("bit fields", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(fc.nat(24), fc.integer({ min: 1, max: 31 }), fc.nat(), (first, count, value) => {
        const bytes = new Uint8Array(8);
        writeBits(bytes, 0, first, count, value);
        expect(readBits(bytes, 0, first, count)).toBe(value % 2 ** count);
      }),
    );
  });

  it("have two's complement behind their sign", () => {
    expect(readSigned(Uint8Array.of(0xff), 0, 0, 7)).toBe(-1);
    expect(readSigned(Uint8Array.of(0x80), 0, 0, 7)).toBe(-128);
    expect(readSigned(Uint8Array.of(0x7f), 0, 0, 7)).toBe(127);
  });
});

describe("altitude codes", () => {
  it("hold every step of 25 ft", () => {
    for (let feet = -975; feet <= 50_175; feet += 25) {
      expect(altitudeFromCode12(altitudeToCode12(feet * FOOT))).toBeCloseTo(feet * FOOT, 9);
      expect(altitudeFromCode13(altitudeToCode13(feet * FOOT))).toBeCloseTo(feet * FOOT, 9);
    }
  });

  it("in the altimeter's Gray code are distinct hundreds of feet from -1,200 to 126,700, each one bit from the next", () => {
    const codeOf = new Map<number, number>();
    for (let code = 0; code < 8192; code += 1) {
      if ((code & 0x50) !== 0 || code === 0) continue;
      const feet = Math.round(altitudeFromCode13(code) / FOOT);
      if (Number.isNaN(feet)) continue;
      expect(codeOf.has(feet)).toBe(false);
      codeOf.set(feet, code);
    }
    expect(codeOf.size).toBe(1280);
    for (let feet = -1200; feet < 126_700; feet += 100) {
      const changed = codeOf.get(feet)! ^ codeOf.get(feet + 100)!;
      expect(changed & (changed - 1)).toBe(0);
    }
  });

  it("say nothing where they are empty, metric, or no altimeter's", () => {
    for (const code of [0, 0x40, 0x1fff & ~0x10]) expect(altitudeFromCode13(code)).toBeNaN();
    expect(altitudeToCode12(Number.NaN)).toBe(0);
    expect(altitudeToCode12(60_000 * FOOT)).toBe(0);
  });
});

describe("identity codes", () => {
  it("hold every four octal digits", () => {
    for (let identity = 0; identity < 4096; identity += 1) {
      const squawk = identity.toString(8).padStart(4, "0");
      expect(squawkFromCode13(squawkToCode13(squawk))).toBe(squawk);
    }
  });

  it("refuse other text", () => {
    for (const text of ["8000", "123", "12345", ""]) expect(() => squawkToCode13(text)).toThrow(RangeError);
  });
});

describe("callsigns", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,8}$/), (callsign) => {
        const bytes = new Uint8Array(7);
        writeCallsign(bytes, 0, 8, callsign);
        expect(readCallsign(bytes, 0, 8)).toBe(callsign);
      }),
    );
  });

  it("are not read from unassigned characters, from a gap, or from spaces alone", () => {
    const withCodes = (codes: readonly number[]) => {
      const bytes = new Uint8Array(7);
      codes.forEach((code, index) => {
        writeBits(bytes, 0, 8 + 6 * index, 6, code);
      });
      return readCallsign(bytes, 0, 8);
    };
    expect(withCodes([1, 2, 3, 4, 5, 6, 7, 8])).toBe("ABCDEFGH");
    expect(withCodes([1, 2, 3, 63, 5, 6, 7, 8])).toBeUndefined();
    expect(withCodes([1, 32, 3, 32, 32, 32, 32, 32])).toBeUndefined();
    expect(withCodes([32, 32, 32, 32, 32, 32, 32, 32])).toBeUndefined();
  });
});

describe("movement codes", () => {
  it("hold the speed at the lower end of their range", () => {
    for (let code = 1; code <= 124; code += 1) expect(speedToMovement(speedFromMovement(code))).toBe(code);
    expect(speedFromMovement(124) / KNOT).toBeCloseTo(175, 9);
    for (const code of [0, 125, 126, 127]) expect(speedFromMovement(code)).toBeNaN();
  });
});
