/** Payload types: `application/vnd.openjmc.<kind>.v<N>+json`. */
import { attempt, type Result, refuse, shown } from "../fault.ts";

export interface PayloadType {
  /** `noun.past-verb`, or a single word for sealed and disclosed entries. */
  readonly kind: string;
  readonly version: number;
}

const FORM = /^application\/vnd\.openjmc\.([a-z][a-z-]{0,31}(?:\.[a-z][a-z-]{0,31})?)\.v([1-9][0-9]{0,2})\+json$/;

export function formatPayloadType(kind: string, version = 1): string {
  return `application/vnd.openjmc.${kind}.v${version}+json`;
}

// A log holds long runs of one type.
let lastText: string | undefined;
let lastType: Result<PayloadType> | undefined;

/** Errors: `envelope.payload-type`. */
export function parsePayloadType(text: string): Result<PayloadType> {
  if (lastType === undefined || text !== lastText) {
    lastType = readPayloadType(text);
    lastText = text;
  }
  return lastType;
}

function readPayloadType(text: string): Result<PayloadType> {
  return attempt(() => {
    const match = FORM.exec(text);
    if (!match) {
      return refuse("envelope.payload-type", "payload type", {
        expected: formatPayloadType("<kind>"),
        got: shown(text),
      });
    }
    return { kind: match[1]!, version: Number(match[2]) };
  });
}
