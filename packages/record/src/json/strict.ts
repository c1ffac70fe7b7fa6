/** Reading JSON of which only the canonical spelling is accepted, within fixed limits. */
import { utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { canonicalize, type Json } from "./canonical.ts";
import { isPlainCanonical, MAXIMUM_DEPTH } from "./recognise.ts";
import { checkText } from "./text.ts";

/**
 * Parses bytes that must be exactly the canonical form of what they hold. That one comparison refuses duplicate names,
 * whitespace, 1.0, numbers that lose digits, and escapes that need not be. Numbers must be safe integers; strings NFC
 * and free of control and reordering characters.
 * Errors: `json.too-long`, `utf8.malformed`, `json.too-deep`, `json.malformed`, `json.not-canonical`, `json.number`,
 * `json.not-nfc`, `json.control-character`, `json.duplicate-name`.
 */
export function parseCanonical(bytes: Uint8Array, maximumBytes: number): Result<Json> {
  return attempt(() => {
    if (bytes.length > maximumBytes) {
      refuse("json.too-long", "JSON", { expected: `at most ${maximumBytes} bytes`, got: `${bytes.length}` });
    }
    const text = unwrap(utf8ToText(bytes));
    // What nearly all that is signed looks like needs one look instead of five.
    if (isPlainCanonical(bytes)) return parse(text);
    checkDepth(text);
    const value = parse(text);
    if (!isCanonical(value, text)) {
      checkNames(text);
      refuse("json.not-canonical", "JSON", { expected: "RFC 8785 canonical form", got: shown(text) });
    }
    checkValue(value, "");
    return value;
  });
}

/** Checks a value that is to be signed by the rules that `parseCanonical` applies when reading. Same errors. */
export function checkValue(value: Json, field: string): void {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    refuse("json.number", "number", { where: { field }, expected: "a safe integer", got: String(value) });
  }
  if (typeof value === "string") checkText(value, field);
  if (value === null || typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) {
    const path = field === "" ? name : `${field}.${name}`;
    if (!Array.isArray(value)) checkText(name, path);
    checkValue(member, path);
  }
}

/** The built-in writer gives the canonical form whenever names are in order already; only else is it worked out. */
function isCanonical(value: Json, text: string): boolean {
  return (inOrder(value) && JSON.stringify(value) === text) || unwrap(canonicalize(value)) === text;
}

function inOrder(value: Json): boolean {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(inOrder);
  let last = "";
  for (const [name, member] of Object.entries(value)) {
    if (name < last || !inOrder(member as Json)) return false;
    last = name;
  }
  return true;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse("json.malformed", "JSON", { got: shown(text) });
  }
}

/** Says of text that is not canonical whether a name in it stands twice in one object. */
function checkNames(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    const [token, colon] = match;
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) noteName(open.at(-1), JSON.parse(token.slice(0, -colon.length)) as string);
  }
}

function noteName(names: Set<string> | undefined, name: string): void {
  if (names?.has(name)) refuse("json.duplicate-name", "JSON", { expected: "each name once", got: shown(name) });
  names?.add(name);
}

/** Counts brackets outside strings before anything recursive sees the text. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > MAXIMUM_DEPTH) {
      refuse("json.too-deep", "JSON", { where: { offset: index }, expected: `at most ${MAXIMUM_DEPTH} levels` });
    }
  }
}
