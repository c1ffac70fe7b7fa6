/** A component's room, made with its other keys: the first epoch, and what the record is to say of it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@openjmc/record";
import { createEpoch, nodeKeyFile } from "./epoch-keys.ts";

/** Name of a component's node among its officers: a machine that opens the room, and nothing else. */
export const nodeOfficer = (component: string): string => `${component}-Node`;

/** Where a signer folder keeps what belongs on the node's machine. */
export const roomFolderOf = (signerFolder: string): string => join(signerFolder, "room");

/** Body of `room.keyed`: which epoch of a room begins, and by what its key is known. */
export interface RoomKeyedBody {
  readonly room: string;
  readonly epoch: number;
  /** SHA-256 that fits the epoch's key alone. */
  readonly check: string;
  /** Role id of the node that works with it. */
  readonly node: string;
}

export interface NewRoom {
  readonly component: string;
  readonly signerFolder: string;
  readonly passphrase: string;
  /** That of a root, for its part; the room's own otherwise. */
  readonly sharePassphrase?: ((root: number) => string) | undefined;
  readonly memoryKiB?: number | undefined;
}

/** Makes the first epoch's key and its parts; in a folder that has epochs already, as of a log before, the next one's. */
export async function createRoom({
  component,
  signerFolder,
  passphrase,
  sharePassphrase,
  memoryKiB,
}: NewRoom): Promise<RoomKeyedBody> {
  const roomFolder = roomFolderOf(signerFolder);
  let epoch = 1;
  while (existsSync(nodeKeyFile(roomFolder, epoch))) epoch += 1;
  const place = { room: component, epoch, roomFolder, shareFolder: () => signerFolder };
  const { check } = await createEpoch({ ...place, passphrase, sharePassphrase, memoryKiB });
  return { room: component, epoch, check, node: nodeOfficer(component) };
}

/** The statement that two roots of the component sign. */
export function roomKeyed(body: RoomKeyedBody) {
  return {
    kind: "room.keyed",
    component: body.room,
    role: "root",
    subject: `room-${body.room}`,
    revision: body.epoch,
    refs: [],
    body: { ...body } as { readonly [name: string]: Json },
  };
}
