/**
 * A log that goes on where another was lost. The founding names the last checkpoint of the predecessor that is still held,
 * as it was signed and cosigned, so that the two hang together by hashes and not by anybody's word.
 */
import { base64ToBytes } from "../bytes/base64.ts";
import { bytesToHex, isSha256Hex } from "../bytes/hex.ts";
import { refuse, shown, unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { parseCheckpoint } from "../note/checkpoint.ts";
import { openNote } from "../note/note.ts";
import { type NoteKey, parseVkey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import { bodyText, wrongBody } from "./context.ts";

/** What a successor says of its predecessor; its signatures have been checked. */
export interface Succession {
  readonly origin: string;
  readonly size: number;
  /** Root at that size, hexadecimal. */
  readonly root: string;
  /** Statement id of the predecessor's founding. */
  readonly founding: string;
  readonly logKey: NoteKey;
  /** Whether the log's own signature is on the checkpoint; a point that only the log's entries tell of has none. */
  readonly logSigned: boolean;
  /** Who had cosigned, in the order in which they are named, and when (seconds since 1970). */
  readonly cosignatures: readonly { readonly key: NoteKey; readonly timestamp: number }[];
  /** Why there is a successor, in words. */
  readonly reason: string;
}

type Body = { readonly [name: string]: Json };

/**
 * Reads `succeeds` of a founding. Errors: `succession.*`, `statement.body`, `vkey.*`, `checkpoint.malformed`, `note.*`.
 */
export function readSuccession(
  primitives: Primitives,
  origin: string,
  value: Json | undefined,
): Succession | undefined {
  if (value === undefined) return undefined;
  const body = (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {}) as Body;
  const logKey = unwrap(parseVkey(primitives.sha256, bodyText(body, "logKey")));
  const cosigners = readCosigners(primitives, body.cosigners);
  const note = unwrap(base64ToBytes(bodyText(body, "checkpoint")));
  const { text, verified } = unwrap(openNote(primitives, note, [logKey, ...cosigners]));
  const opened = unwrap(parseCheckpoint(text));
  const { size, root, founding } = body;
  if (opened.origin !== body.origin || opened.size !== size || bytesToHex(opened.root) !== root) {
    refuse("succession.checkpoint", "succession", {
      expected: `${opened.origin}, size ${opened.size}, root ${bytesToHex(opened.root)}`,
      got: shown([body.origin, size, root]),
    });
  }
  if (opened.size === 0) refuse("succession.empty", "succession", { expected: "a log with entries" });
  if (typeof founding !== "string" || !isSha256Hex(founding))
    return wrongBody("succeeds.founding", "64 digits", founding);
  checkOrigins(origin, opened.origin);
  const cosignatures = cosigners.map((key) => {
    const found = verified.find((signature) => signature.key === key);
    if (!found) return refuse("succession.cosigner", "succession", { expected: `a cosignature of ${key.name}` });
    return { key, timestamp: found.timestamp ?? 0 };
  });
  const { origin: former, size: length } = opened;
  return {
    ...{ origin: former, size: length, root: bytesToHex(opened.root), founding, logKey, cosignatures },
    logSigned: verified.some((signature) => signature.key === logKey),
    reason: bodyText(body, "reason"),
  };
}

function readCosigners(primitives: Primitives, value: Json | undefined): NoteKey[] {
  if (!Array.isArray(value)) return wrongBody("succeeds.cosigners", "a list of verifier keys", value);
  return value.map((vkey: Json) => unwrap(parseVkey(primitives.sha256, typeof vkey === "string" ? vkey : shown(vkey))));
}

/** Two logs never share a name, and an exercise is never succeeded by a real log nor the other way round. */
function checkOrigins(origin: string, former: string): void {
  if (origin === former) refuse("succession.same-origin", "succession", { expected: "a name of its own", got: origin });
  if (origin.startsWith("exercise.") !== former.startsWith("exercise.")) {
    refuse("succession.exercise", "succession", { expected: "an exercise after an exercise only", got: former });
  }
}
