/** A room's next epoch: a new key in three parts, begun by two roots' signatures in the record. */
import { formatInstant } from "@openjmc/model";
import { countersign, type Signer, signStatement } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { createEpoch } from "./epoch-keys.ts";
import { nodeOfficer, roomKeyed } from "./found-room.ts";
import type { LinkedRoom, RoomPlace } from "./linked-room.ts";

export interface Rotation {
  readonly place: RoomPlace;
  /** Two of the component's roots. */
  readonly roots: readonly [Signer, Signer];
  readonly shareFolder: (root: number) => string;
  readonly sharePassphrase?: (root: number) => string;
  readonly memoryKiB?: number;
}

interface Anchor {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly now: number;
}

/** Makes the epoch's key first, then states it: what the record names is there. Answers the epoch and the entry. */
export async function rotateRoom(
  { node, client, link }: LinkedRoom,
  { place, roots, shareFolder, sharePassphrase, memoryKiB }: Rotation,
): Promise<{ readonly epoch: number; readonly index: number }> {
  const { component: room, roomFolder, passphrase } = place;
  const epoch = Math.max(0, ...node.checks.keys()) + 1;
  const { check } = await createEpoch({ room, epoch, roomFolder, shareFolder, sharePassphrase, passphrase, memoryKiB });
  const { origin, size, root, now } = await client.get<Anchor>("/api/v1/anchor");
  const statement = {
    ...roomKeyed({ room, epoch, check, node: nodeOfficer(room) }),
    ...{ origin, at: formatInstant(now), anchor: { size, root } },
  };
  const first = await signStatement(nodePrimitives.sha256, roots[0], statement);
  await link.submit(first);
  const { index } = await link.submit(await countersign(nodePrimitives.sha256, roots[1], first));
  return { epoch, index };
}
