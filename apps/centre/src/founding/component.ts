/** A component's side of a founding, on its own machine: keys in its own folder, its room, its part. */
import { existsSync } from "node:fs";
import { createRoom, type RoomKeyedBody } from "../room/found-room.ts";
import {
  createSignerFolder,
  keyPath,
  openSignerFolder,
  ROOT_HOLDERS,
  type Secrets,
  type SignerFolder,
} from "../signer/signer-folder.ts";
import type { FoundingMission } from "./founding-mission.ts";
import { type FoundingPart, makePart } from "./part.ts";
import { rosterOf } from "./roster.ts";

export interface ComponentPlan {
  readonly component: string;
  readonly origin: string;
  readonly mission: FoundingMission;
  readonly signerFolder: string;
  /** Of the keys, by holder. The room's own files are under that of `room`. */
  readonly secrets: Secrets;
  readonly keyMemoryKiB?: number | undefined;
  /** Takes the keys that are there: of a successor, whose components keep their roots. */
  readonly keepsKeys?: boolean;
}

/** A component ready to sign a founding. */
export interface FoundingComponent {
  readonly keys: SignerFolder;
  readonly part: FoundingPart;
}

/** Makes the keys, the room and the part. Errors (thrown): `key.folder-used`, those of keys that are opened. */
export async function makeComponent(plan: ComponentPlan): Promise<FoundingComponent> {
  const { component, origin, mission, signerFolder, secrets } = plan;
  const officers = rosterOf(mission.view, component);
  const keys =
    plan.keepsKeys === true
      ? openSignerFolder(signerFolder, component, officers, secrets)
      : createSignerFolder(signerFolder, component, officers, secrets, plan.keyMemoryKiB);
  const secretOf = (holder: string): string => (typeof secrets === "string" ? secrets : secrets(holder));
  const room = await createRoom({
    component,
    signerFolder,
    passphrase: secretOf("room"),
    sharePassphrase: (root) => secretOf(`root-${root}`),
    memoryKiB: plan.keyMemoryKiB,
  });
  return { keys, part: makePart({ origin, mission: mission.named, room }, keys) };
}

/** Opens the keys of a part that was made before. The first two roots and every officer sign. */
export function openComponent(
  part: FoundingPart,
  signerFolder: string,
  secrets: Secrets,
): { readonly keys: SignerFolder; readonly part: FoundingPart } {
  const keys = openSignerFolder(signerFolder, part.component, part.officers, secrets);
  return { keys, part: makePart({ ...part, ...roomOf(part) }, keys) };
}

function roomOf({ room }: FoundingPart): { readonly room?: RoomKeyedBody } {
  return room === undefined ? {} : { room };
}

/** Whether a folder has a component's roots. */
export function hasRoots(signerFolder: string): boolean {
  return ROOT_HOLDERS.some((holder) => existsSync(keyPath(signerFolder, holder)));
}
