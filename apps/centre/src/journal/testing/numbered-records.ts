/** Records that follow from their number, so that a checker knows each byte of them. */
import { createHash } from "node:crypto";
import type { Instant } from "@openjmc/model";

const START = 1_617_679_800_000_000;
/** So many records fill an hour that a kill test crosses hours and also meets compression. */
const STEP = 300_000;

export function receivedAtOf(sequence: number): Instant {
  return START + sequence * STEP;
}

export function payloadOf(sequence: number): Uint8Array {
  const seed = createHash("sha256").update(String(sequence)).digest();
  return Buffer.concat(Array.from({ length: 1 + (sequence % 40) }, () => seed));
}
