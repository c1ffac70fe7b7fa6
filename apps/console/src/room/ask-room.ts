/**
 * Asking the node of one's own component, through the centre, which can read neither the question nor the answer. The
 * node's key is taken from the record: an announcement that the enrolled node has not signed is not used.
 */
import { FaultError, type OfficerRow } from "@openjmc/model";
import {
  bytesToHex,
  checkAnnouncement,
  NODE_ROLE,
  plainSha256,
  type RoomAnnouncement,
  type SealedBody,
  sealQuestion,
  settle,
} from "@openjmc/record";
import { askLine, readAnchor, readAnnouncement, readView } from "../api/endpoints.ts";
import { keysIn } from "../rooms/record/find-key.ts";
import { session, sessionKey } from "../session/session.ts";
import { makeAskingPair, webCipher, webVerifyMany } from "./web-crypto.ts";

/** An entry of the room as its node tells it. */
export interface RoomEntryRow {
  readonly index: number;
  readonly statement: string;
  readonly role: string;
  readonly claimedAt: number;
  readonly state: "sealed" | "disclosed" | "erased" | "unreadable";
  readonly sealed: SealedBody;
  readonly content?: {
    readonly kind: string;
    readonly subject: string;
    readonly body: Readonly<Record<string, unknown>>;
  };
}

let known: { readonly keyid: string; readonly publicKey: Uint8Array } | undefined;

/** The announcement of one's own room, checked. Throws `FaultError`: `room.away`, `room.announcement`. */
export async function announcedRoom(): Promise<RoomAnnouncement> {
  const room = session.get()!.component;
  const announcement = await readAnnouncement(room);
  const nodeKey = await keyOfNode(room, announcement.keyid);
  const place = { origin: (await readAnchor()).origin, room };
  const checked = await settle(plainSha256, webVerifyMany, (primitives) =>
    checkAnnouncement(primitives, announcement, place, nodeKey),
  );
  if (checked.ok) return checked.value;
  throw new FaultError(checked.fault);
}

async function keyOfNode(component: string, keyid: string): Promise<Uint8Array> {
  if (known?.keyid === keyid) return known.publicKey;
  const { rows } = await readView<OfficerRow>("officers", { tag: component, limit: 500 });
  const node = rows.find((row) => row.roles.includes(NODE_ROLE) && row.keyid === keyid && row.revokedAt === undefined);
  const keys = node === undefined ? [] : await keysIn(node.enrolledAt);
  const publicKey = keys.find((key) => bytesToHex(plainSha256(key)) === keyid);
  if (publicKey === undefined) throw new FaultError({ code: "room.announcement", what: "announcement of a room" });
  known = { keyid, publicKey };
  return publicKey;
}

/** Asks and opens the answer. Throws `FaultError`: the node's refusal, `room.away`, `room.answer`, `key.missing`. */
export async function askRoom<T>(asked: object): Promise<T> {
  const announcement = await announcedRoom();
  const key = await sessionKey();
  if (key === undefined) throw new FaultError({ code: "key.missing", what: "session key" });
  const pair = await makeAskingPair();
  const sealed = await sealQuestion({ sha256: plainSha256 }, webCipher, key, announcement, pair, asked);
  const answer = await askLine(announcement.room, sealed.question);
  if (answer.sealed === undefined) throw new FaultError(answer.fault ?? { code: "room.answer", what: "room" });
  const opened = await sealed.open(answer.sealed);
  if (!opened.ok) throw new FaultError(opened.fault);
  const told = opened.value as { readonly ok: boolean; readonly value: T; readonly fault: never };
  if (!told.ok) throw new FaultError(told.fault);
  return told.value;
}

export const searchRoom = async (words: string): Promise<readonly RoomEntryRow[]> =>
  (await askRoom<{ readonly entries: readonly RoomEntryRow[] }>({ do: "search", words })).entries;
