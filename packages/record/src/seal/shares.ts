/**
 * A secret in three parts of which any two give it back and one alone gives nothing (Shamir 1979, degree 1, byte by byte
 * over the field of 256 elements that AES uses).
 */
import { attempt, type Result, refuse } from "../fault.ts";

/** One part. `number` is 1, 2 or 3. */
export interface Share {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** Splits a secret. `random`: as many random bytes as the secret has, used for nothing else. */
export function splitTwoOfThree(secret: Uint8Array, random: Uint8Array): readonly Share[] {
  if (random.length !== secret.length) throw new RangeError("as many random bytes as the secret has");
  return [1, 2, 3].map((number) => ({
    number,
    bytes: secret.map((byte, place) => byte ^ multiply(number, random[place]!)),
  }));
}

/** Errors: `share.mismatch`: the parts are the same one, or not of one secret's length. */
export function joinShares(first: Share, second: Share): Result<Uint8Array> {
  return attempt(() => {
    const [left, right] = [first.number, second.number];
    const numbers = [left, right].every((number) => number >= 1 && number <= 3 && Number.isInteger(number));
    if (!numbers || left === right || first.bytes.length !== second.bytes.length) {
      refuse("share.mismatch", "parts of a key", { expected: "two different parts", got: `${left} and ${right}` });
    }
    // The line through both points, at zero: (right * first + left * second) / (left + right).
    const divisor = inverse(left ^ right);
    return first.bytes.map((byte, place) =>
      multiply(divisor, multiply(right, byte) ^ multiply(left, second.bytes[place]!)),
    );
  });
}

function multiply(left: number, right: number): number {
  let product = 0;
  for (let [a, b] = [left, right]; b > 0; b >>= 1) {
    if (b & 1) product ^= a;
    a = (a << 1) ^ (a & 0x80 ? 0x11b : 0);
  }
  return product;
}

function inverse(value: number): number {
  let power = value;
  for (let step = 0; step < 6; step++) power = multiply(multiply(power, power), value);
  return multiply(power, power);
}
