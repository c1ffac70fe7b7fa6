import { present } from "../present.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import { parseXml } from "../xml/parse-xml.ts";
import { childOf, type XmlElement } from "../xml/xml-element.ts";
import { parseXmlTime } from "../xml/xml-time.ts";
import { type CotEvent, UNKNOWN } from "./cot-event.ts";

/** Octets, depth and nodes that an event may have. */
const LIMITS = { size: 262_144, depth: 16, nodes: 4096 } as const;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/;
const READ_DETAILS = new Set(["contact", "__group", "track", "status", "remarks"]);

/** Reads one event from its XML. Errors: those of `parseXml`, and `cot.field-malformed` naming the attribute. */
export function decodeCotXml(bytes: Uint8Array, offset = 0): Result<CotEvent> {
  const document = parseXml(bytes, LIMITS);
  if (!document.ok) return fail({ ...document.fault, where: { offset: offset + (document.fault.where?.offset ?? 0) } });
  const fields = new Attributes(offset);
  const event = readEvent(document.value, fields);
  return fields.fault === undefined ? succeed(event) : fail(fields.fault);
}

function readEvent(event: XmlElement, fields: Attributes): CotEvent {
  if (event.name !== "event") fields.refuse("event", "an event", event.name);
  const point = childOf(event, "point");
  if (point === undefined) fields.refuse("point", "a point", "none");
  return {
    uid: fields.text(event, "uid"),
    type: fields.text(event, "type"),
    how: event.attributes.how ?? "",
    at: fields.time(event, "time"),
    startAt: fields.time(event, "start"),
    staleAt: fields.time(event, "stale"),
    ...(point === undefined ? { longitude: 0, latitude: 0 } : readPoint(point, fields)),
    ...readDetail(childOf(event, "detail"), fields),
  };
}

function readPoint(point: XmlElement, fields: Attributes) {
  return present<Pick<CotEvent, "longitude" | "latitude" | "height" | "horizontalError" | "heightError">>({
    longitude: fields.number(point, "lon", 180),
    latitude: fields.number(point, "lat", 90),
    height: known(fields.optional(point, "hae")),
    horizontalError: known(fields.optional(point, "ce")),
    heightError: known(fields.optional(point, "le")),
  });
}

/** Reads what a detail has for every reader; the rest is kept as it is. */
export function readDetail(detail: XmlElement | undefined, fields: Attributes): Partial<CotEvent> {
  if (detail === undefined) return {};
  const inside = (name: string) => childOf(detail, name);
  const [track, status, group] = [inside("track"), inside("status"), inside("__group")];
  const course = track && fields.optional(track, "course");
  const others = detail.children.filter(({ name }) => !READ_DETAILS.has(name));
  return present<Partial<CotEvent>>({
    callsign: inside("contact")?.attributes.callsign,
    group:
      group?.attributes.name === undefined
        ? undefined
        : present<NonNullable<CotEvent["group"]>>({ name: group.attributes.name, role: group.attributes.role }),
    track: course === undefined ? undefined : wrapTurn(course * DEGREE),
    groundSpeed: track && fields.optional(track, "speed"),
    batteryPercent: status && fields.optional(status, "battery"),
    remarks: inside("remarks")?.text.trim() || undefined,
    details: others.length === 0 ? undefined : others,
  });
}

export function known(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= UNKNOWN ? undefined : value;
}

/** Reads attributes and keeps the first fault. */
export class Attributes {
  fault: Fault | undefined;
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  refuse(field: string, expected: string, got: string | undefined): void {
    this.fault ??= {
      code: "cot.field-malformed",
      what: "read an event",
      where: { offset: this.#offset, field },
      expected,
      got: (got ?? "nothing").slice(0, 64),
    };
  }

  text(element: XmlElement, name: string): string {
    const value = element.attributes[name];
    if (value === undefined || value === "") this.refuse(name, "some text", value);
    return value ?? "";
  }

  time(element: XmlElement, name: string): number {
    const instant = parseXmlTime(element.attributes[name] ?? "");
    if (instant === undefined) this.refuse(name, "a time", element.attributes[name]);
    return instant ?? 0;
  }

  number(element: XmlElement, name: string, limit: number): number {
    const value = this.optional(element, name);
    if (value === undefined || Math.abs(value) > limit)
      this.refuse(name, `a number within ${limit}`, element.attributes[name]);
    return value ?? 0;
  }

  optional(element: XmlElement, name: string): number | undefined {
    const text = element.attributes[name]?.trim();
    if (text === undefined || text === "" || text === "NaN") return undefined;
    if (!NUMBER.test(text)) {
      this.refuse(name, "a number", text);
      return undefined;
    }
    return Number(text);
  }
}
