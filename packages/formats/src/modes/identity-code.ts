/** Four octal digits of each identity A B C D, made once so that no message makes text. */
const SQUAWKS = Array.from({ length: 4096 }, (_, identity) => identity.toString(8).padStart(4, "0"));

/** Bit of the 13-bit field (12 = first sent) that carries each bit of A4 A2 A1 B4 B2 B1 C4 C2 C1 D4 D2 D1. */
const FIELD_BITS = [7, 9, 11, 1, 3, 5, 8, 10, 12, 0, 2, 4];

const IDENTITY_OF_CODE = Uint16Array.from({ length: 8192 }, (_, code) => {
  let identity = 0;
  for (const bit of FIELD_BITS) identity = (identity << 1) | ((code >> bit) & 1);
  return identity;
});

/** Mode A code as four octal digits from its twelve bits in order, A4 first. */
export function squawkText(identity: number): string {
  return SQUAWKS[identity & 0xfff]!;
}

/** Mode A code as four octal digits from the 13-bit identity field C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4. */
export function squawkFromCode13(code: number): string {
  return SQUAWKS[IDENTITY_OF_CODE[code & 0x1fff]!]!;
}

/** The 13-bit identity field of four octal digits. @throws RangeError where it is not four octal digits. */
export function squawkToCode13(squawk: string): number {
  if (!/^[0-7]{4}$/.test(squawk)) throw new RangeError(`a Mode A code is four octal digits, not ${squawk}`);
  const identity = Number.parseInt(squawk, 8);
  let code = 0;
  FIELD_BITS.forEach((bit, index) => {
    code |= ((identity >> (11 - index)) & 1) << bit;
  });
  return code;
}
