/**
 * What an officer's page and the node of its component say to each other through the centre, which passes it on and can
 * read nothing of it. The page makes a key pair for one question (X25519), the node has one that lives for an hour at
 * most; both sides' keys of this one exchange come from the secret they share. What is kept of an exchange anywhere can
 * be opened by nobody once the node's pair is forgotten, so that destroying an entry's key at the node destroys it.
 */
import { concat, utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { hkdfSha256 } from "../bytes/hmac.ts";
import type { Primitives } from "../primitives.ts";

/** By what the node's public key is made known. Signed by the node's own key over `announcementMessage`. */
export interface RoomAnnouncement {
  readonly origin: string;
  readonly room: string;
  readonly epoch: number;
  /** X25519 public key, hexadecimal. */
  readonly channel: string;
  /** Key id of the node's own key, enrolled in the log. */
  readonly keyid: string;
  /** Base64. */
  readonly signature: string;
}

/** A page's question on the line. Signed by the session's key over `questionMessage`. */
export interface RoomQuestion {
  /** The node's public key it is meant for, hexadecimal. */
  readonly channel: string;
  /** The page's public key, made for this question alone, hexadecimal. */
  readonly asker: string;
  /** Key id of the session that asks. */
  readonly keyid: string;
  /** Ciphertext, base64. */
  readonly sealed: string;
  readonly signature: string;
}

export function announcementMessage(
  announcement: Pick<RoomAnnouncement, "origin" | "room" | "epoch" | "channel">,
): Uint8Array {
  const { origin, room, epoch, channel } = announcement;
  return utf8(`openjmc room announcement v1\n${origin}\n${room}\n${epoch}\n${channel}\n`);
}

export function questionMessage(
  sha256: Primitives["sha256"],
  place: { readonly origin: string; readonly room: string },
  question: Pick<RoomQuestion, "channel" | "asker" | "sealed">,
): Uint8Array {
  const { channel, asker, sealed } = question;
  const digest = bytesToHex(sha256(utf8(sealed)));
  return utf8(`openjmc room question v1\n${place.origin}\n${place.room}\n${channel}\n${asker}\n${digest}\n`);
}

/** The two keys of one exchange; each encrypts one message, so that the nonce may be zero. */
export interface LineKeys {
  readonly question: Uint8Array;
  readonly answer: Uint8Array;
}

export const LINE_NONCE = new Uint8Array(12);

/** `shared`: the X25519 secret (RFC 7748). */
export function lineKeys(
  sha256: Primitives["sha256"],
  shared: Uint8Array,
  exchange: { readonly origin: string; readonly room: string; readonly channel: string; readonly asker: string },
): LineKeys {
  const { origin, room, channel, asker } = exchange;
  const salt = sha256(utf8(`openjmc room line v1\n${origin}\n${room}\n${channel}\n${asker}\n`));
  const keyFor = (use: string): Uint8Array => hkdfSha256(sha256, shared, salt, concat(utf8(use)));
  return { question: keyFor("question"), answer: keyFor("answer") };
}
