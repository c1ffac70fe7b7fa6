import { present } from "../present.ts";
import { decodeObject, type ProtobufObject } from "../protobuf/decode-object.ts";
import { encodeObject } from "../protobuf/encode-object.ts";
import { readSchema } from "../protobuf/schema.ts";
import { fail, type Result, succeed } from "../result.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import { parseXml } from "../xml/parse-xml.ts";
import { type CotEvent, UNKNOWN } from "./cot-event.ts";
import { Attributes, known, readDetail } from "./decode-cot-xml.ts";
import { courseOf, detailXml } from "./encode-cot-xml.ts";

/** The messages of TAK protocol version 1; fields that are absent are nought or empty. */
const TAK = readSchema(`
TakMessage
  1 takControl TakControl
  2 cotEvent CotEvent
  3 submissionTime uint64
  4 creationTime uint64
TakControl
  1 minProtoVersion uint64
  2 maxProtoVersion uint64
  3 contactUid string
CotEvent
  1 type string
  2 access string
  3 qos string
  4 opex string
  5 uid string
  6 sendTime uint64
  7 startTime uint64
  8 staleTime uint64
  9 how string
  10 lat double
  11 lon double
  12 hae double
  13 ce double
  14 le double
  15 detail Detail
  16 caveat string
  17 releaseableTo string
Detail
  1 xmlDetail string
  2 contact Contact
  3 group Group
  4 precisionLocation PrecisionLocation
  5 status Status
  6 takv Takv
  7 track Track
Contact
  1 endpoint string
  2 callsign string
Group
  1 name string
  2 role string
PrecisionLocation
  1 geopointsrc string
  2 altsrc string
Status
  1 battery uint64
Takv
  1 device string
  2 platform string
  3 os string
  4 version string
Track
  1 speed double
  2 course double
`).get("TakMessage")!;

const utf8 = new TextEncoder();

/**
 * Reads one message of TAK protocol version 1, without its framing. Undefined for one that holds no event (control of
 * the protocol). Errors: `protobuf.malformed`, `cot.field-malformed`, those of `parseXml` for the detail.
 */
export function decodeTak(bytes: Uint8Array, offset = 0): Result<CotEvent | undefined> {
  const decoded = decodeObject(TAK, bytes, offset);
  if (!decoded.ok) return decoded;
  const event = decoded.value.value.cotEvent as ProtobufObject | undefined;
  return event === undefined ? succeed(undefined) : readEvent(event, offset);
}

function readEvent(event: ProtobufObject, offset: number): Result<CotEvent> {
  const text = (name: string) => (event[name] as string | undefined) ?? "";
  const number = (name: string) => (event[name] as number | undefined) ?? 0;
  const fields = new Attributes(offset);
  for (const name of ["uid", "type"]) if (text(name) === "") fields.refuse(name, "some text", undefined);
  if (!(Math.abs(number("lat")) <= 90)) fields.refuse("lat", "a number within 90", `${number("lat")}`);
  if (!(Math.abs(number("lon")) <= 180)) fields.refuse("lon", "a number within 180", `${number("lon")}`);
  const detail = readDetails((event.detail as ProtobufObject | undefined) ?? {}, fields, offset);
  if (!detail.ok) return detail;
  if (fields.fault !== undefined) return fail(fields.fault);
  return succeed(
    present<CotEvent>({
      ...{ uid: text("uid"), type: text("type"), how: text("how") },
      at: number("sendTime") * 1000,
      startAt: number("startTime") * 1000,
      staleAt: number("staleTime") * 1000,
      ...{ longitude: number("lon"), latitude: number("lat") },
      height: known(number("hae")),
      horizontalError: known(number("ce")),
      heightError: known(number("le")),
      ...detail.value,
    }),
  );
}

function readDetails(detail: ProtobufObject, fields: Attributes, offset: number): Result<Partial<CotEvent>> {
  const xml = (detail.xmlDetail as string | undefined) ?? "";
  const parsed = parseXml(utf8.encode(`<detail>${xml}</detail>`), { size: 262_144, depth: 16, nodes: 4096 });
  if (!parsed.ok) return fail({ ...parsed.fault, where: { offset, field: "xmlDetail" } });
  const { contact, group, status, track } = detail as Record<string, Record<string, string & number> | undefined>;
  return succeed({
    ...readDetail(parsed.value, fields),
    ...present<Partial<CotEvent>>({
      callsign: contact?.callsign,
      group:
        group === undefined
          ? undefined
          : present<NonNullable<CotEvent["group"]>>({ name: group.name ?? "", role: group.role }),
      batteryPercent: status === undefined ? undefined : (status.battery ?? 0),
      track: track === undefined ? undefined : wrapTurn((track.course ?? 0) * DEGREE),
      groundSpeed: track === undefined ? undefined : (track.speed ?? 0),
    }),
  });
}

/** One event as a message of TAK protocol version 1, without its framing. Times are cut to milliseconds. */
export function encodeTak(event: CotEvent): Uint8Array {
  const milliseconds = (instant: number) => Math.floor(instant / 1000);
  const { track, groundSpeed, callsign, group, batteryPercent } = event;
  const xmlDetail = detailXml(event, false);
  const cotEvent = {
    ...{ uid: event.uid, type: event.type, how: event.how },
    sendTime: milliseconds(event.at),
    startTime: milliseconds(event.startAt),
    staleTime: milliseconds(event.staleAt),
    ...{ lat: event.latitude, lon: event.longitude, hae: event.height ?? UNKNOWN },
    ...{ ce: event.horizontalError ?? UNKNOWN, le: event.heightError ?? UNKNOWN },
    detail: {
      ...(xmlDetail === "" ? {} : { xmlDetail }),
      ...(callsign === undefined ? {} : { contact: { callsign } }),
      ...(group === undefined ? {} : { group }),
      ...(batteryPercent === undefined ? {} : { status: { battery: Math.round(batteryPercent) } }),
      ...(track === undefined && groundSpeed === undefined
        ? {}
        : { track: { speed: groundSpeed ?? 0, course: courseOf(track ?? 0) } }),
    },
  };
  return encodeObject(TAK, { cotEvent });
}
