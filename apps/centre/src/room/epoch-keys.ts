/**
 * Keys of a room's epochs. The component's node works with the key; each of the component's three roots keeps a part, of
 * which any two give it back. The record holds a check of the key, so that what is put together again is known to be right.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { bytesEqual, bytesToHex, concat, joinShares, type Share, splitTwoOfThree, utf8 } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readSecret, writeSecret } from "./secret-file.ts";

export interface EpochKey {
  readonly epoch: number;
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;

export const nodeKeyFile = (folder: string, epoch: number): string => join(folder, `epoch-${epoch}.key.json`);
export const shareFile = (folder: string, room: string, epoch: number, number: number): string =>
  join(folder, `room-${room}-epoch-${epoch}.root-${number}.share.json`);

const keyLabel = (room: string, epoch: number): string => `room ${room} epoch ${epoch} key`;
const shareLabel = (room: string, epoch: number, number: number): string =>
  `room ${room} epoch ${epoch} part ${number}`;

/** What the record says of an epoch's key: it fits no other key, and tells nothing of this one. */
export function epochCheck(room: string, epoch: number, key: Uint8Array): string {
  return bytesToHex(nodePrimitives.sha256(concat(utf8(`openjmc room epoch v1\n${room}\n${epoch}\n`), key)));
}

export interface NewEpoch {
  readonly room: string;
  readonly epoch: number;
  /** Where the node works. */
  readonly roomFolder: string;
  /** Where a root's part goes: to its holder, on a medium of his own. */
  readonly shareFolder: (root: number) => string;
  /** Of the node's file. */
  readonly passphrase: string;
  /** Of a root's part; that of the node otherwise. */
  readonly sharePassphrase?: ((root: number) => string) | undefined;
  readonly memoryKiB?: number | undefined;
}

/** Makes an epoch's key: the node's file, three parts, and the check for the record. */
export async function createEpoch(plan: NewEpoch): Promise<{ readonly check: string }> {
  const { room, epoch, roomFolder, shareFolder, passphrase, memoryKiB } = plan;
  const ofShare = plan.sharePassphrase ?? (() => passphrase);
  mkdirSync(roomFolder, { recursive: true, mode: 0o700 });
  const key = new Uint8Array(randomBytes(KEY_BYTES));
  await writeSecret(nodeKeyFile(roomFolder, epoch), keyLabel(room, epoch), key, passphrase, memoryKiB);
  for (const { number, bytes } of splitTwoOfThree(key, new Uint8Array(randomBytes(KEY_BYTES))))
    await writeSecret(
      shareFile(shareFolder(number), room, epoch, number),
      shareLabel(room, epoch, number),
      bytes,
      ofShare(number),
      memoryKiB,
    );
  return { check: epochCheck(room, epoch, key) };
}

/** Every epoch's key that the node has, the newest last. Errors: `room.no-key`, those of `readSecret`. */
export function openEpochs(roomFolder: string, room: string, passphrase: string): readonly EpochKey[] {
  const names = existsSync(roomFolder) ? readdirSync(roomFolder) : [];
  const epochs = names
    .flatMap((name) => /^epoch-(\d+)\.key\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => left - right);
  if (epochs.length === 0)
    throw new FaultError({
      code: "room.no-key",
      what: "room",
      where: { file: roomFolder },
      expected: "epoch-1.key.json; `jmc room recover` makes it again from two roots' parts",
    });
  return epochs.map((epoch) => ({
    epoch,
    key: readSecret(nodeKeyFile(roomFolder, epoch), keyLabel(room, epoch), passphrase),
  }));
}

/** One root's part. Errors: those of `readSecret`. */
export function openShare(folder: string, room: string, epoch: number, number: number, passphrase: string): Share {
  const path = shareFile(folder, room, epoch, number);
  return { number, bytes: readSecret(path, shareLabel(room, epoch, number), passphrase) };
}

/** Puts an epoch's key together from two parts and gives it to a node. Errors: `share.mismatch`, `share.wrong-key`. */
export async function recoverEpoch(
  place: { readonly room: string; readonly epoch: number; readonly roomFolder: string },
  parts: readonly [Share, Share],
  check: string,
  passphrase: string,
  memoryKiB?: number,
): Promise<void> {
  const { room, epoch, roomFolder } = place;
  const joined = joinShares(...parts);
  if (!joined.ok) throw new FaultError(joined.fault);
  if (!bytesEqual(utf8(epochCheck(room, epoch, joined.value)), utf8(check)))
    throw new FaultError({
      code: "share.wrong-key",
      what: "parts of a room's key",
      expected: `two parts of epoch ${epoch} of room ${room}, as the record has its check`,
      got: "parts of another key",
    });
  mkdirSync(roomFolder, { recursive: true, mode: 0o700 });
  await writeSecret(nodeKeyFile(roomFolder, epoch), keyLabel(room, epoch), joined.value, passphrase, memoryKiB);
}
