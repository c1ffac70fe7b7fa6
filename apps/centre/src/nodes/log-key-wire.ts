/**
 * How a log tells a cosigner that it has another key: `POST log-key`, an extension beside c2sp.org/tlog-witness. The body is JSON: the
 * size that the cosigner stands at, the way from there to a checkpoint under the new key, and the entries that named it.
 */
import {
  attempt,
  base64ToBytes,
  bytesToBase64,
  type LogKeyProof,
  type ProvenEntry,
  type Result,
  refuse,
  unwrap,
} from "@openjmc/record";

export interface LogKeyRequest extends LogKeyProof {
  readonly oldSize: number;
  /** Consistency proof from there to the checkpoint's size. */
  readonly consistency: readonly Uint8Array[];
}

/** Entries that change keys are few; a request is read into memory whole. */
export const LARGEST_LOG_KEY_REQUEST = 16 * 1024 * 1024;

export function formatLogKeyRequest({ oldSize, consistency, checkpoint, entries }: LogKeyRequest): string {
  return JSON.stringify({
    old: oldSize,
    consistency: consistency.map(bytesToBase64),
    checkpoint: bytesToBase64(checkpoint),
    entries: entries.map(({ index, leaf, path }) => ({
      ...{ index, leaf: bytesToBase64(leaf), path: path.map(bytesToBase64) },
    })),
  });
}

/** Errors: `log-key.malformed`, `base64.malformed`. */
export function parseLogKeyRequest(body: Uint8Array): Result<LogKeyRequest> {
  return attempt(() => {
    const { old, consistency, checkpoint, entries } = objectOf(parsed(body));
    return {
      oldSize: placeOf(old),
      consistency: listOf(consistency).map(bytesOf),
      checkpoint: bytesOf(checkpoint),
      entries: listOf(entries).map(entryOf),
    };
  });
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    return malformed((error as Error).message);
  }
}

function entryOf(value: unknown): ProvenEntry {
  const { index, leaf, path } = objectOf(value);
  return { index: placeOf(index), leaf: bytesOf(leaf), path: listOf(path).map(bytesOf) };
}

function objectOf(value: unknown): { readonly [name: string]: unknown } {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as { readonly [name: string]: unknown }) : malformed("an object");
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : malformed("a list");
}

function placeOf(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : malformed("a place in the log");
}

function bytesOf(value: unknown): Uint8Array {
  return typeof value === "string" ? unwrap(base64ToBytes(value)) : malformed("base64");
}

function malformed(expected: string): never {
  return refuse("log-key.malformed", "proof of a log's key", { expected });
}
