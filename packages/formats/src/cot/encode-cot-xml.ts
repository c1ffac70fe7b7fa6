import { formatInstant } from "../instant.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import type { XmlElement } from "../xml/xml-element.ts";
import { escapeXml } from "../xml/xml-text.ts";
import { type CotEvent, UNKNOWN } from "./cot-event.ts";

/** One event as XML. */
export function encodeCotXml(event: CotEvent): string {
  const { uid, type, how, at, startAt, staleAt, latitude, longitude } = event;
  const times = { time: formatInstant(at), start: formatInstant(startAt), stale: formatInstant(staleAt) };
  const errors = { ce: event.horizontalError ?? UNKNOWN, le: event.heightError ?? UNKNOWN };
  const point = tag("point", { lat: latitude, lon: longitude, hae: event.height ?? UNKNOWN, ...errors });
  return tag("event", { version: "2.0", uid, type, how, ...times }, `${point}<detail>${detailXml(event)}</detail>`);
}

/** What stands inside an event's detail. @param isWhole also what the protocol-buffers form tells in fields of its own. */
export function detailXml(event: CotEvent, isWhole = true): string {
  const { callsign, group, batteryPercent, remarks, details = [] } = event;
  const { track, groundSpeed } = event;
  const motion = { course: track === undefined ? undefined : courseOf(track), speed: groundSpeed };
  const own = [
    callsign === undefined ? "" : tag("contact", { callsign }),
    group === undefined ? "" : tag("__group", { ...group }),
    track === undefined && groundSpeed === undefined ? "" : tag("track", motion),
    batteryPercent === undefined ? "" : tag("status", { battery: batteryPercent }),
  ];
  const rest = [
    remarks === undefined ? "" : tag("remarks", {}, escapeXml(remarks)),
    ...details.map((detail) => writeXml(detail)),
  ];
  return [...(isWhole ? own : []), ...rest].join("");
}

/** Degrees in [0, 360). */
export function courseOf(track: number): number {
  return wrapTurn(track) / DEGREE;
}

function tag(name: string, attributes: Readonly<Record<string, string | number | undefined>>, inside = ""): string {
  const values = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return inside === "" ? `<${name}${values.join("")}/>` : `<${name}${values.join("")}>${inside}</${name}>`;
}

/** Attributes with prefixes are left out: the namespaces that they stand for are not declared here. */
function writeXml({ name, attributes, children, text }: XmlElement): string {
  const plain = Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.includes(":")));
  return tag(name, plain, `${escapeXml(text)}${children.map(writeXml).join("")}`);
}
