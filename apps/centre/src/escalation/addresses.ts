/**
 * Where the mission's recipients are reached: the operator's own file in the centre's folder of keys, as it holds passwords.
 * It is read anew for each message, so that a change counts at once and a mistake in it stops nothing but its own channel.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bad, type Fault, good, type Result } from "@openjmc/model";

export const ADDRESSES_FILE = "channels.json";

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `none` only towards a relay on this machine. */
  readonly security: "tls" | "starttls" | "none";
  readonly from: string;
  readonly user?: string;
  readonly password?: string;
  /** PEM file of an authority of one's own. */
  readonly ca?: string;
}

export interface RecipientAddress {
  readonly email?: string;
  readonly webhook?: string;
  /** With it the recipient's program reads the recipient's own CAP feed; SHA-256 of it in hexadecimal. */
  readonly capTokenSha256?: string;
  readonly phone?: string;
}

export interface Addresses {
  readonly smtp?: SmtpServer;
  /** Lets webhooks go to private and loopback addresses and over plain HTTP: a site without the Internet. */
  readonly allowPrivate: boolean;
  readonly recipients: Readonly<Record<string, RecipientAddress>>;
}

export const NO_ADDRESSES: Addresses = { allowPrivate: false, recipients: {} };

/** The file's content; nothing set where there is no file. Error: `channels.file`. */
export function readAddresses(keysFolder: string): Result<Addresses> {
  let text: string;
  try {
    text = readFileSync(join(keysFolder, ADDRESSES_FILE), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return good(NO_ADDRESSES);
    return bad(wrong("", "a file that can be read", String((error as Error).message)));
  }
  return parseAddresses(text);
}

type Json = Readonly<Record<string, unknown>>;

/** Reads and checks the text. Error: `channels.file` with the field that is wrong; a password is never told. */
export function parseAddresses(text: string): Result<Addresses> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(wrong("", "JSON", "something else"));
  }
  if (!isObject(value)) return bad(wrong("", "an object", typeof value));
  const { smtp, allowPrivate = false, recipients = {}, ...strangers } = value;
  const fault =
    faultOfStrangers(strangers, "") ??
    (typeof allowPrivate === "boolean" ? undefined : wrong("allowPrivate", "true or false", typeof allowPrivate)) ??
    (smtp === undefined ? undefined : faultOfSmtp(smtp)) ??
    faultOfRecipients(recipients);
  return fault ? bad(fault) : good({ allowPrivate, recipients, ...(smtp ? { smtp } : {}) } as Addresses);
}

function faultOfSmtp(value: unknown): Fault | undefined {
  if (!isObject(value)) return wrong("smtp", "an object", typeof value);
  const { host, port, security, from, user, password, ca, ...strangers } = value;
  if (typeof host !== "string" || host === "") return wrong("smtp.host", "a host", typeof host);
  if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65_535)
    return wrong("smtp.port", "1 to 65535", String(port));
  if (security !== "tls" && security !== "starttls" && security !== "none")
    return wrong("smtp.security", "tls, starttls or none", String(security));
  if (security === "none" && !LOOPBACK.test(host))
    return wrong("smtp.security", "tls or starttls for a server that is not on this machine", "none");
  if (!isMailAddress(from)) return wrong("smtp.from", "an e-mail address", typeof from);
  for (const [name, one] of Object.entries({ user, password, ca }))
    if (one !== undefined && typeof one !== "string") return wrong(`smtp.${name}`, "a text", typeof one);
  return faultOfStrangers(strangers, "smtp.");
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

function faultOfRecipients(value: unknown): Fault | undefined {
  if (!isObject(value)) return wrong("recipients", "an object by recipient", typeof value);
  for (const [id, one] of Object.entries(value)) {
    const at = `recipients.${id.slice(0, 60)}`;
    if (!isObject(one)) return wrong(at, "an object", typeof one);
    const { email, webhook, capTokenSha256, phone, ...strangers } = one;
    if (email !== undefined && !isMailAddress(email)) return wrong(`${at}.email`, "an e-mail address", typeof email);
    if (webhook !== undefined && !isWebAddress(webhook))
      return wrong(`${at}.webhook`, "an https address without user and password", typeof webhook);
    if (capTokenSha256 !== undefined && !/^[0-9a-f]{64}$/.test(String(capTokenSha256)))
      return wrong(`${at}.capTokenSha256`, "64 hexadecimal digits", typeof capTokenSha256);
    if (phone !== undefined && (typeof phone !== "string" || phone.length > 80))
      return wrong(`${at}.phone`, "at most 80 letters", typeof phone);
    const fault = faultOfStrangers(strangers, `${at}.`);
    if (fault) return fault;
  }
  return undefined;
}

function isMailAddress(value: unknown): boolean {
  return typeof value === "string" && /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(value) && value.length <= 254;
}

function isWebAddress(value: unknown): boolean {
  const url = typeof value === "string" ? URL.parse(value) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function faultOfStrangers(strangers: Json, at: string): Fault | undefined {
  const [name] = Object.keys(strangers);
  return name === undefined ? undefined : wrong(`${at}${name.slice(0, 60)}`, "no such field", name.slice(0, 60));
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function wrong(field: string, expected: string, got: string): Fault {
  return {
    ...{ code: "channels.file", what: "addresses of recipients", expected, got },
    where: { file: ADDRESSES_FILE, ...(field === "" ? {} : { field }) },
  };
}
