import { FieldReader, isObject } from "../arrivals/field-reader.ts";
import { fromHex, toHex } from "../hex.ts";
import { formatInstant, parseInstant } from "../instant.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import type { RemoteIdTransport } from "./radio-frame.ts";

/** What a receiver heard, one JSON object a line (version 1). */
export interface ReceivedRemoteId {
  /** µs since 1970 by the receiver's clock. */
  readonly at: number;
  readonly receiver: string;
  /** Hardware address, twelve hexadecimal digits. */
  readonly transmitter: string;
  readonly transport: RemoteIdTransport;
  readonly counter: number;
  /** dBm. */
  readonly signal?: number;
  /** A message or a pack. */
  readonly payload: Uint8Array;
}

const TRANSPORTS = ["wifi-beacon", "wifi-nan", "bluetooth-legacy", "bluetooth-extended"] as const;
const LONGEST_PAYLOAD = 3 + 9 * 25;

/** Reads one line of a receiver; taken whole or refused. @param line number of the line, for the fault. */
export function decodeRemoteIdLine(text: string, line?: number): Result<ReceivedRemoteId> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isObject(value)) return fail(fault("not-json", line, undefined, "one JSON object", text.slice(0, 64)));
  const fields = new FieldReader(value, line);
  fields.oneOf("v", [1]);
  const signal = fields.optionalNumber("signalDbm", -200, 50);
  const message: ReceivedRemoteId = {
    at: fields.parsed("at", parseInstant, "RFC 3339 with six fractional digits and Z", 0),
    receiver: fields.text("receiver", /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a receiver's name"),
    transmitter: fields.text("transmitter", /^[0-9a-f]{12}$/, "twelve hexadecimal digits"),
    transport: fields.oneOf("transport", TRANSPORTS),
    counter: fields.whole("counter", 0, 255),
    payload: fields.parsed("payload", readPayload, "25 to 228 octets in hexadecimal digits", new Uint8Array(0)),
    ...(signal === undefined ? {} : { signal }),
  };
  fields.refuseOthers();
  const [first] = fields.faults;
  if (first === undefined) return succeed(message);
  return fail(fault("field-malformed", line, first.where?.field, first.expected ?? "", first.got ?? ""));
}

export function encodeRemoteIdLine(message: ReceivedRemoteId): string {
  const { at, receiver, transmitter, transport, counter, signal, payload } = message;
  return JSON.stringify({
    ...{ v: 1, at: formatInstant(at), receiver, transmitter, transport, counter },
    ...(signal === undefined ? {} : { signalDbm: signal }),
    payload: toHex(payload),
  });
}

function readPayload(text: string): Uint8Array | undefined {
  const bytes = fromHex(text);
  return bytes !== undefined && bytes.length >= 25 && bytes.length <= LONGEST_PAYLOAD ? bytes : undefined;
}

function fault(
  code: string,
  line: number | undefined,
  field: string | undefined,
  expected: string,
  got: string,
): Fault {
  const where = { ...(line === undefined ? {} : { line }), ...(field === undefined ? {} : { field }) };
  return { code: `remote-id.${code}`, what: "read a receiver's line", where, expected, got };
}
