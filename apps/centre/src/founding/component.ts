/** A component's side of a founding, on its own machine: keys in its own folder, its room, its part. */
import { FaultError } from "@openjmc/model";
import { bytesToHex, ROOT_QUORUM } from "@openjmc/record";
import { createRoom } from "../room/found-room.ts";
import {
  createSignerFolder,
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

/** The roots that sign a founding; the third may stay in its safe. */
export const SIGNING_ROOTS = ROOT_HOLDERS.slice(0, ROOT_QUORUM);

/** Opens the keys of a part that was made before. Error: `key.other` where a key is not the part's. */
export function openComponent(part: FoundingPart, signerFolder: string, secrets: Secrets): SignerFolder {
  const keys = openSignerFolder(signerFolder, part.component, part.officers, secrets, SIGNING_ROOTS);
  const opened = [...keys.roots, ...keys.officers.map(({ signer }) => signer)].map((key) => bytesToHex(key.publicKey));
  const expected = [...part.roots.slice(0, ROOT_QUORUM), ...part.officers.map(({ key }) => key)];
  const at = expected.findIndex((key, position) => key !== opened[position]);
  if (at < 0) return keys;
  throw new FaultError({
    ...{ code: "key.other", what: "signer folder", where: { file: signerFolder } },
    ...{ expected: expected[at]!, got: opened[at]! },
  });
}
