/** Signed notes (c2sp.org/signed-note): a text and, below an empty line, signature lines. */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, utf8, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex, hexToBytes } from "../bytes/hex.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import type { Primitives } from "../primitives.ts";
import { verifyNoteSignature } from "./signature.ts";
import { ED25519_NOTE, isKeyName, type NoteKey } from "./vkey.ts";

export const MAXIMUM_NOTE_BYTES = 1_000_000;
export const MAXIMUM_NOTE_SIGNATURES = 100;

export interface NoteSignature {
  readonly name: string;
  /** Key id, eight hexadecimal digits. */
  readonly id: string;
  /** What follows the key id in the line. */
  readonly bytes: Uint8Array;
}

export interface Note {
  /** The signed text, with its final line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface VerifiedSignature extends NoteSignature {
  readonly key: NoteKey;
  /** Of a cosignature: when it was made, seconds since 1970. */
  readonly timestamp?: number;
}

export interface OpenedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  readonly unverified: readonly NoteSignature[];
}

/** Errors: `note.malformed`, `note.too-long`, `utf8.malformed`, `base64.malformed`. */
export function parseNote(bytes: Uint8Array): Result<Note> {
  return attempt(() => {
    if (bytes.length > MAXIMUM_NOTE_BYTES) refuse("note.too-long", "note", { got: `${bytes.length} bytes` });
    const whole = unwrap(utf8ToText(bytes));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    if (/[\x00-\x09\x0b-\x1f]/.test(whole)) malformed("no control characters but line feeds", whole);
    const split = whole.lastIndexOf("\n\n");
    if (split < 0 || !whole.endsWith("\n")) malformed("a text, an empty line and signature lines", whole);
    const lines = whole.slice(split + 2, -1).split("\n");
    if (lines.length > MAXIMUM_NOTE_SIGNATURES) malformed("at most 100 signatures", `${lines.length}`);
    return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
  });
}

export function formatNote(note: Note): Uint8Array {
  return utf8(`${note.text}\n${note.signatures.map(formatSignatureLine).join("")}`);
}

/** `— name base64` with its line feed. */
export function formatSignatureLine(signature: NoteSignature): string {
  const blob = concat(unwrap(hexToBytes(signature.id, 4)), signature.bytes);
  return `— ${signature.name} ${bytesToBase64(blob)}\n`;
}

/** Reads one signature line without its line feed. Throws a refusal: for use below `attempt`. */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
  if (!match || !isKeyName(match[1]!)) return malformed("a line `— name base64`", line);
  const blob = unwrap(base64ToBytes(match[2]!));
  if (blob.length < 5) malformed("a key id and a signature", line);
  return { name: match[1]!, id: bytesToHex(blob.subarray(0, 4)), bytes: blob.slice(4) };
}

/**
 * Checks the signatures of known keys. Unknown ones are set aside; a bad one of a known key spoils the note; at least
 * one good one is needed. A key that signed twice counts once.
 * Errors: those of `parseNote`, `note.ambiguous-key`, `note.bad-signature`, `note.bad-cosignature`, `note.unverified`.
 */
export function openNote(primitives: Primitives, bytes: Uint8Array, keys: readonly NoteKey[]): Result<OpenedNote> {
  return attempt(() => {
    const note = unwrap(parseNote(bytes));
    const verified = new Map<string, VerifiedSignature>();
    const unverified = new Map<string, NoteSignature>();
    for (const signature of note.signatures) {
      const label = `${signature.name}+${signature.id}`;
      const key = findKey(keys, signature);
      if (!key) unverified.set(formatSignatureLine(signature), signature);
      else if (!verified.has(label)) verified.set(label, verify(primitives, note.text, signature, key));
    }
    if (verified.size === 0) refuse("note.unverified", "note", { expected: "a signature of a known key" });
    return { text: note.text, verified: [...verified.values()], unverified: [...unverified.values()] };
  });
}

function findKey(keys: readonly NoteKey[], signature: NoteSignature): NoteKey | undefined {
  const found = keys.filter((key) => key.name === signature.name && key.id === signature.id);
  if (found.length > 1) refuse("note.ambiguous-key", "note", { expected: "one key", got: signature.name });
  return found[0];
}

function verify(primitives: Primitives, text: string, signature: NoteSignature, key: NoteKey): VerifiedSignature {
  const checked = verifyNoteSignature(primitives, key, text, signature.bytes);
  if (!checked.ok) {
    const code = key.type === ED25519_NOTE ? "note.bad-signature" : "note.bad-cosignature";
    refuse(code, "note", { expected: `a good signature of ${key.name}`, cause: checked.fault.code });
  }
  return { ...signature, key, ...checked.value };
}

function malformed(expected: string, got: string): never {
  return refuse("note.malformed", "note", { expected, got: shown(got) });
}
