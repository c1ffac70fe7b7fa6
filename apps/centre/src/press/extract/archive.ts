/**
 * A page captured as one file (MHTML, RFC 2557; a mail with a page in it is the same): the page is found among the parts and decoded;
 * pictures, styles and scripts beside it are counted and left. Nothing is loaded.
 */
import type { Instant } from "@openjmc/model";
import { decodeText } from "./decode.ts";
import { refuseText, type Tally } from "./extraction.ts";

export interface CapturedPage {
  readonly letters: string;
  readonly isPage: boolean;
  readonly address?: string;
  /** When it was captured, as the file's own head says. */
  readonly retrievedAt?: Instant;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes as Latin letters, so that places are bytes. */
  readonly body: string;
}

const MOST_PARTS = 2_000;
const DEEPEST = 5;
const LONGEST_HEAD = 64 * 1024;
/** A head that begins with a field, and says that parts follow. */
const FIRST_FIELD = /^\s*[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]/;
const SAYS_PARTS = /^Content-Type:\s*multipart\/(?:related|alternative|mixed)\b/im;

export function isArchive(head: string): boolean {
  return FIRST_FIELD.test(head) && /^MIME-Version:/im.test(head) && SAYS_PARTS.test(head);
}

/** Errors: `text.archive-broken`, and those of `decodeText`. */
export function pageOfArchive(bytes: Uint8Array, tally: Tally): CapturedPage {
  const file = partOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
  const parts = leavesOf(file, 0);
  const page = chosen(parts, startOf(file));
  if (page === undefined) return refuseText("archive-broken", "a page among the parts", `${parts.length} parts`);
  tally.add("embedded", parts.length - 1);
  const type = page.headers.get("content-type") ?? "text/html";
  const address = file.headers.get("snapshot-content-location") ?? page.headers.get("content-location");
  const captured = Date.parse(file.headers.get("date") ?? "");
  return {
    letters: decodeText(unpacked(page), type, tally),
    isPage: isHtml(page),
    ...(address === undefined ? {} : { address }),
    ...(Number.isFinite(captured) ? { retrievedAt: captured * 1_000 } : {}),
  };
}

const isHtml = ({ headers }: Part): boolean =>
  /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers.get("content-type") ?? "");
const isPlain = ({ headers }: Part): boolean => /^\s*text\/plain\b/i.test(headers.get("content-type") ?? "");

/** The part that the head names, else the first page, else the first plain words. */
function chosen(parts: readonly Part[], start: string | undefined): Part | undefined {
  const named = parts.find((one) => start !== undefined && one.headers.get("content-id") === start && isHtml(one));
  return named ?? parts.find(isHtml) ?? parts.find(isPlain);
}

const startOf = ({ headers }: Part): string | undefined => parameterOf(headers.get("content-type") ?? "", "start");

function parameterOf(field: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,200})"|([^\\s;"]{1,200}))`, "i").exec(field);
  return match?.[1] ?? match?.[2];
}

/** Head and body (RFC 5322, 2.1): a line that begins with a space goes on with the field before it. */
function partOf(letters: string): Part {
  const end = /\r?\n\r?\n/.exec(letters.slice(0, LONGEST_HEAD));
  const head = end === null ? "" : letters.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? letters : letters.slice(end.index + end[0].length) };
}

function leavesOf(part: Part, depth: number): Part[] {
  const type = part.headers.get("content-type") ?? "";
  if (!/^\s*multipart\//i.test(type)) return [part];
  if (depth === DEEPEST) return refuseText("archive-broken", `parts at most ${DEEPEST} deep`, "more");
  const boundary = parameterOf(type, "boundary");
  if (boundary === undefined) return refuseText("archive-broken", "a boundary between the parts", "none");
  return piecesOf(part.body, `--${boundary}`).flatMap((piece) => leavesOf(partOf(piece), depth + 1));
}

/** What stands between the lines of the boundary (RFC 2046, 5.1.1). A file that breaks off ends its last part. */
function piecesOf(body: string, mark: string): string[] {
  const pieces: string[] = [];
  let begun: number | undefined;
  for (let at = lineWith(body, mark, 0); at >= 0; at = lineWith(body, mark, at + mark.length)) {
    if (begun !== undefined) pieces.push(body.slice(begun, at));
    if (pieces.length > MOST_PARTS) return refuseText("archive-broken", `at most ${MOST_PARTS} parts`, "more");
    const lineEnd = body.indexOf("\n", at);
    if (lineEnd < 0 || body.startsWith("--", at + mark.length)) return pieces;
    begun = lineEnd + 1;
  }
  return begun === undefined ? pieces : [...pieces, body.slice(begun)];
}

/** The mark where it begins a line. */
function lineWith(body: string, mark: string, from: number): number {
  let at = body.indexOf(mark, from);
  while (at > 0 && body[at - 1] !== "\n") at = body.indexOf(mark, at + mark.length);
  return at;
}

/** Errors: `text.archive-broken`. */
function unpacked({ headers, body }: Part): Uint8Array {
  const encoding = (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding === "quoted-printable") return Buffer.from(fromQuoted(body), "latin1");
  if (/^(?:|7bit|8bit|binary)$/.test(encoding)) return Buffer.from(body, "latin1");
  return refuseText("archive-broken", "a part in base64, quoted-printable or as it is", encoding);
}

/** RFC 2045, 6.7: a sign that ends a line joins it to the next; what is no number stays as written. */
function fromQuoted(body: string): string {
  return body
    .replace(/=[ \t]*\r?\n/g, "")
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
