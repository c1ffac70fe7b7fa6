/** Words between a log and its witnesses (c2sp.org/tlog-witness). The transport is somebody else's. */

import { bytesToBase64 } from "../bytes/base64.ts";
import { readDecimal, utf8, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { MAXIMUM_NOTE_BYTES, type NoteSignature, parseSignatureLine } from "../note/note.ts";
import type { Primitives } from "../primitives.ts";
import { readHashLines } from "../proof/tlog-proof.ts";

/** Body of `POST <prefix>/add-checkpoint`. */
export interface AddCheckpoint {
  /** The size that the witness cosigned last, as the log believes. */
  readonly oldSize: number;
  /** Consistency proof from `oldSize` to the checkpoint's size. */
  readonly proof: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: Uint8Array;
}

/** What a witness answers; `body` is text. */
export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType?: string;
  readonly body: string;
}

export const SIZE_CONTENT_TYPE = "text/x.tlog.size";

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(bytesToBase64), "", ""];
  const head = utf8(lines.join("\n"));
  const whole = new Uint8Array(head.length + checkpoint.length);
  whole.set(head);
  whole.set(checkpoint, head.length);
  return whole;
}

/** Errors: `witness.malformed`, `proof.malformed`, `base64.malformed`, `utf8.malformed`. */
export function parseAddCheckpoint(bytes: Uint8Array): Result<AddCheckpoint> {
  return attempt(() => {
    if (bytes.length > MAXIMUM_NOTE_BYTES) refuse("witness.malformed", "request", { got: `${bytes.length} bytes` });
    const text = unwrap(utf8ToText(bytes));
    const end = text.indexOf("\n\n");
    const [first = "", ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
    const oldSize = first.startsWith("old ") ? readDecimal(first.slice(4)) : undefined;
    if (oldSize === undefined) {
      return refuse("witness.malformed", "request", { expected: "a line `old <size>`", got: shown(first) });
    }
    return { oldSize, proof: readHashLines(lines), checkpoint: utf8(text.slice(end + 2)) };
  });
}

/** What the log makes of an answer: cosignatures, the size to start from, or a refusal. */
export type WitnessAnswer =
  | { readonly kind: "cosigned"; readonly signatures: readonly NoteSignature[] }
  | { readonly kind: "conflict"; readonly size: number }
  | { readonly kind: "refused"; readonly status: number; readonly body: string };

/** Errors: `witness.malformed`, `note.malformed`, `base64.malformed`: the witness does not keep to the protocol. */
export function readWitnessReply(status: number, contentType: string | undefined, body: string): Result<WitnessAnswer> {
  return attempt(() => {
    if (status === 200) return { kind: "cosigned", signatures: readSignatureLines(body) };
    if (status === 409 && contentType === SIZE_CONTENT_TYPE) return { kind: "conflict", size: readSize(body) };
    return { kind: "refused", status, body: shown(body) };
  });
}

/** Where a witness shows the last checkpoint it cosigned of a log: `<hex SHA-256 of the origin>/checkpoint`. */
export function monitoringPath(sha256: Primitives["sha256"], origin: string): string {
  return `${bytesToHex(sha256(utf8(origin)))}/checkpoint`;
}

function readSignatureLines(body: string): NoteSignature[] {
  const lines = body.split("\n");
  if (lines.pop() !== "" || lines.length === 0 || lines.length > 100) {
    refuse("witness.malformed", "witness's answer", { expected: "signature lines", got: shown(body) });
  }
  return lines.map(parseSignatureLine);
}

function readSize(body: string): number {
  const size = body.endsWith("\n") ? readDecimal(body.slice(0, -1)) : undefined;
  return size ?? refuse("witness.malformed", "witness's answer", { expected: "a size", got: shown(body) });
}
