/** Times in DER: of tokens (RFC 3161) and of certificates (RFC 5280 section 4.1.2.5). Microseconds since 1970. */
import { utf8ToText } from "../bytes/bytes.ts";
import { refuse, unwrap } from "../fault.ts";
import { type Element, TAG } from "./der.ts";

/** YYYYMMDDhhmmss[.fraction]Z */
export function readTokenTime(content: Uint8Array): number {
  const text = unwrap(utf8ToText(content));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}))?Z$/.exec(text);
  if (!match) return wrong("a time in UTC", text);
  const [, year, month, day, hour, minute, second, fraction = ""] = match;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(milliseconds)) return wrong("a time that there is", text);
  return milliseconds * 1000 + Number(fraction.padEnd(6, "0"));
}

/** Two digits of the year stand for 1950 to 2049. */
export function readCertificateTime({ tag, content }: Element): number {
  if (tag === TAG.generalizedTime) return readTokenTime(content);
  if (tag !== TAG.utcTime) return wrong("a time", `tag ${tag}`);
  const century = content[0]! >= 0x35 ? "19" : "20";
  return readTokenTime(new Uint8Array([...century].map((digit) => digit.charCodeAt(0)).concat(...content)));
}

function wrong(expected: string, got: string): never {
  return refuse("timestamp.malformed", "time stamp", { expected, got });
}
