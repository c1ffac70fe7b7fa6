/** The page's end of the line to its component's node: a question sealed for the node, and its answer opened. */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { utf8, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex, hexToBytes } from "../bytes/hex.ts";
import { verifyStrict } from "../ed25519/profile.ts";
import { keyIdOf } from "../envelope/envelope.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import type { Primitives, Signer } from "../primitives.ts";
import {
  announcementMessage,
  LINE_NONCE,
  lineKeys,
  questionMessage,
  type RoomAnnouncement,
  type RoomQuestion,
} from "./line.ts";
import type { Cipher } from "./room.ts";

/** An X25519 pair made for one question. */
export interface AskingPair {
  readonly publicKey: Uint8Array;
  agree(other: Uint8Array): Promise<Uint8Array>;
}

export interface SealedQuestion {
  readonly question: RoomQuestion;
  /** Opens what came back. Errors: `base64.malformed`, `room.answer`. */
  open(sealed: string): Promise<Result<unknown>>;
}

/**
 * Whether an announcement is the node's own. `nodeKey`: the raw public key that the log has enrolled for the node.
 * Errors: `room.announcement`.
 */
export function checkAnnouncement(
  primitives: Primitives,
  announcement: RoomAnnouncement,
  place: { readonly origin: string; readonly room: string },
  nodeKey: Uint8Array,
): Result<RoomAnnouncement> {
  return attempt(() => {
    const signature = unwrap(base64ToBytes(announcement.signature));
    const isHere = announcement.origin === place.origin && announcement.room === place.room;
    const isKnown = announcement.keyid === keyIdOf(primitives.sha256, nodeKey);
    if (!isHere || !isKnown || !verifyStrict(primitives, nodeKey, announcementMessage(announcement), signature).ok)
      refuse("room.announcement", "announcement of a room", { expected: `the signature of the node of ${place.room}` });
    return announcement;
  });
}

/** Seals a question under the asker's session key. */
export async function sealQuestion(
  { sha256 }: Pick<Primitives, "sha256">,
  cipher: Cipher,
  signer: Signer,
  announcement: RoomAnnouncement,
  pair: AskingPair,
  asked: object,
): Promise<SealedQuestion> {
  const { origin, room, channel } = announcement;
  const asker = bytesToHex(pair.publicKey);
  const shared = await pair.agree(unwrap(hexToBytes(channel, 32)));
  const keys = lineKeys(sha256, shared, { origin, room, channel, asker });
  const keyid = keyIdOf(sha256, signer.publicKey);
  const bytes = await cipher.encrypt(keys.question, LINE_NONCE, utf8(JSON.stringify(asked)), utf8(keyid));
  const sealed = bytesToBase64(bytes);
  const message = questionMessage(sha256, { origin, room }, { channel, asker, sealed });
  const signature = bytesToBase64(await signer.sign(message));
  return {
    question: { channel, asker, keyid, sealed, signature },
    open: (answer) => openAnswer(cipher, keys.answer, answer),
  };
}

async function openAnswer(cipher: Cipher, key: Uint8Array, sealed: string): Promise<Result<unknown>> {
  const bytes = base64ToBytes(sealed);
  if (!bytes.ok) return bytes;
  const plain = await cipher.decrypt(key, LINE_NONCE, bytes.value, utf8(""));
  return attempt(() => {
    if (!plain) return refuse("room.answer", "answer of a room", { expected: "an answer sealed for this page" });
    return JSON.parse(unwrap(utf8ToText(plain))) as unknown;
  });
}
