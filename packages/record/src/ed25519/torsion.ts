/**
 * Whether a public key lies in the prime-order subgroup. Asked once, when a key is enrolled: verifiers that clear the
 * cofactor and those that do not agree only on such keys. Runs on public data, so it need not be constant in time.
 */
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { checkPublicKey } from "./profile.ts";

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * inverse(121666n));
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** Extended twisted Edwards coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
interface Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

const IDENTITY: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n };

/** Errors: those of `checkPublicKey`, `key.not-a-point`, `key.torsion`. */
export function checkTorsionFree(publicKey: Uint8Array): Result<true> {
  return attempt(() => {
    unwrap(checkPublicKey(publicKey));
    const point = decode(publicKey);
    if (!point) return refuse("key.not-a-point", "Ed25519 public key", { expected: "a point of the curve" });
    const multiple = multiply(point, ORDER);
    if (multiple.X !== 0n || multiple.Y !== multiple.Z) {
      refuse("key.torsion", "Ed25519 public key", { expected: "a point of the prime-order subgroup" });
    }
    return true;
  });
}

/** RFC 8032 section 5.1.3. */
function decode(encoded: Uint8Array): Point | undefined {
  const reversed = [...encoded].reverse();
  const number = BigInt(`0x${reversed.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
  const y = number & (2n ** 255n - 1n);
  const square = mod((y * y - 1n) * inverse(mod(D * y * y + 1n)));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * SQRT_MINUS_ONE);
  if (mod(x * x - square) !== 0n) return undefined;
  if ((x & 1n) !== number >> 255n) x = mod(-x);
  return { X: x, Y: y, Z: 1n, T: mod(x * y) };
}

/** Hisil, Wong, Carter, Dawson 2008, section 3.1: complete, so it also doubles. */
function add(left: Point, right: Point): Point {
  const a = mod((left.Y - left.X) * (right.Y - right.X));
  const b = mod((left.Y + left.X) * (right.Y + right.X));
  const c = mod(2n * D * left.T * right.T);
  const d = mod(2n * left.Z * right.Z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { X: mod(e * f), Y: mod(g * h), Z: mod(f * g), T: mod(e * h) };
}

function multiply(point: Point, scalar: bigint): Point {
  let sum = IDENTITY;
  for (const digit of scalar.toString(2)) {
    sum = add(sum, sum);
    if (digit === "1") sum = add(sum, point);
  }
  return sum;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const digit of exponent.toString(2)) {
    result = mod(result * result);
    if (digit === "1") result = mod(result * base);
  }
  return result;
}

function inverse(value: bigint): bigint {
  return power(mod(value), P - 2n);
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}
