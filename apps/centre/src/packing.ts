/** Texts packed for whoever can unpack them: which are worth it, and how tightly. */
import type { ZlibOptions } from "node:zlib";

/** Smaller ones gain less than their headers cost; larger ones are files, whose packing would hold a processor for seconds. */
const LEAST_BYTES = 1_400;
const MOST_BYTES = 16_000_000;

export const isWorthPacking = (bytes: number): boolean => bytes >= LEAST_BYTES && bytes <= MOST_BYTES;

/** Quick rather than tight: the last tenth of the size would take twice the time. */
export const PACKING: ZlibOptions = { level: 4 };

/** Whether a request's `accept-encoding` (RFC 9110 §12.5.3) takes gzip. */
export function takesGzip(accepted: string | readonly string[] | undefined): boolean {
  return String(accepted ?? "")
    .split(",")
    .some((one) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(one));
}
