/** SHA-256 (FIPS 180-4) in plain code, for places where hashing must be synchronous and nothing native is at hand. */

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 section 4.2.2).
const ROUND_CONSTANTS = constants(64, 3);
// The same of the square roots of the first 8 primes (section 5.3.3).
const INITIAL = constants(8, 2);

/** 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  const state = INITIAL.slice();
  const schedule = new Uint32Array(64);
  const whole = data.length - (data.length % 64);
  for (let offset = 0; offset < whole; offset += 64) compress(state, schedule, data, offset);
  const tail = padded(data, whole);
  for (let offset = 0; offset < tail.length; offset += 64) compress(state, schedule, tail, offset);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  state.forEach((word, index) => {
    view.setUint32(index * 4, word);
  });
  return digest;
}

function padded(data: Uint8Array, from: number): Uint8Array {
  const left = data.length - from;
  const tail = new Uint8Array(left < 56 ? 64 : 128);
  tail.set(data.subarray(from));
  tail[left] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(data.length / 0x2000_0000));
  view.setUint32(tail.length - 4, (data.length * 8) >>> 0);
  return tail;
}

function compress(state: Uint32Array, schedule: Uint32Array, data: Uint8Array, offset: number): void {
  for (let index = 0; index < 16; index++) {
    const at = offset + index * 4;
    schedule[index] = (data[at]! << 24) | (data[at + 1]! << 16) | (data[at + 2]! << 8) | data[at + 3]!;
  }
  for (let index = 16; index < 64; index++) {
    const near = schedule[index - 2]!;
    const far = schedule[index - 15]!;
    const small1 = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    const small0 = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    schedule[index] = small1 + schedule[index - 7]! + small0 + schedule[index - 16]!;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let index = 0; index < 64; index++) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[index]! + schedule[index]!) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index++) state[index] = state[index]! + words[index]!;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function constants(count: number, root: 2 | 3): Uint32Array {
  const words = new Uint32Array(count);
  for (let prime = 2, found = 0; found < count; prime++) {
    let divisor = 2;
    while (divisor * divisor <= prime && prime % divisor !== 0) divisor++;
    if (divisor * divisor <= prime) continue;
    words[found++] = Number(integerRoot(BigInt(prime) << BigInt(32 * root), root) & 0xffff_ffffn);
  }
  return words;
}

function integerRoot(value: bigint, root: 2 | 3): bigint {
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= value) low = middle;
    else high = middle;
  }
  return low;
}
