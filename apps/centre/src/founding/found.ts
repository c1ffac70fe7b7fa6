/** The founding of a record: its first leaves, signed by the centre, by both components' roots and by both heads. */
import { formatInstant, type Instant } from "@openjmc/model";
import {
  admit,
  bytesToBase64,
  bytesToHex,
  countersign,
  emptyState,
  type Json,
  type Primitives,
  possessionMessage,
  type ReplayState,
  type Signer,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { type RoomKeyedBody, roomKeyed } from "../room/found-room.ts";
import type { SignerFolder } from "../signer/signer-folder.ts";

export interface FoundingPlan {
  readonly origin: string;
  readonly exercise: boolean;
  readonly mission: { readonly id: string; readonly sha256: string };
  readonly at: Instant;
  readonly machine: Signer;
  readonly components: readonly SignerFolder[];
  /** The components' private rooms, by whose keys they begin. */
  readonly rooms?: readonly RoomKeyedBody[];
}

/**
 * Makes the first leaves in order: `log.founded` (centre, then two roots of each component over the same bytes), each officer's
 * enrolment (two roots), `mission.configured` (one head of each component), `room.keyed` of each room (two roots). Throws a `Refusal` for a leaf that the replay does not accept.
 */
export async function foundingLeaves(primitives: Primitives, plan: FoundingPlan): Promise<readonly Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  const state = emptyState(primitives);
  const add = (leaf: Uint8Array): Uint8Array => {
    unwrap(admit(primitives, state, leaf));
    leaves.push(leaf);
    return leaf;
  };
  const founded = add(await signStatement(primitives.sha256, plan.machine, foundingStatement(plan, state)));
  for (const component of plan.components)
    for (const root of component.roots.slice(0, 2)) add(await countersign(primitives.sha256, root, founded));
  for (const component of plan.components)
    for (const officer of component.officers) await enrol(primitives, plan, state, component, officer, add);
  await configureMission(primitives, plan, state, add);
  for (const room of plan.rooms ?? []) await keyRoom(primitives, plan, state, room, add);
  return leaves;
}

function anchorOf(state: ReplayState): { readonly size: number; readonly root: string } {
  const size = state.history.size;
  return { size, root: bytesToHex(state.history.rootAt(size)!) };
}

function foundingStatement(plan: FoundingPlan, state: ReplayState) {
  return {
    origin: plan.origin,
    kind: "log.founded",
    component: "centre",
    role: "centre",
    subject: plan.mission.id,
    revision: 0,
    at: formatInstant(plan.at),
    refs: [],
    anchor: anchorOf(state),
    body: {
      exercise: plan.exercise,
      demonstration: plan.exercise,
      machineKey: bytesToHex(plan.machine.publicKey),
      components: plan.components.map((component) => ({
        id: component.component,
        roots: component.roots.map((root) => bytesToHex(root.publicKey)),
      })),
      mission: plan.mission,
    } as { readonly [name: string]: Json },
  };
}

async function enrol(
  primitives: Primitives,
  plan: FoundingPlan,
  state: ReplayState,
  component: SignerFolder,
  officer: SignerFolder["officers"][number],
  add: (leaf: Uint8Array) => Uint8Array,
): Promise<void> {
  const anchor = anchorOf(state);
  const publicKey = bytesToHex(officer.signer.publicKey);
  const message = possessionMessage({
    origin: plan.origin,
    component: component.component,
    holder: officer.id,
    anchorRoot: anchor.root,
    publicKey,
  });
  const statement = {
    origin: plan.origin,
    kind: "officer.enrolled",
    component: component.component,
    role: "root",
    subject: officer.id,
    revision: 0,
    at: formatInstant(plan.at),
    refs: [],
    anchor,
    body: {
      officer: officer.id,
      roles: officer.roles,
      key: publicKey,
      possession: bytesToBase64(await officer.signer.sign(message)),
      ...(plan.exercise ? { demonstration: true } : {}),
    } as { readonly [name: string]: Json },
  };
  const first = add(await signStatement(primitives.sha256, component.roots[0]!, statement));
  add(await countersign(primitives.sha256, component.roots[1]!, first));
}

async function configureMission(
  primitives: Primitives,
  plan: FoundingPlan,
  state: ReplayState,
  add: (leaf: Uint8Array) => Uint8Array,
): Promise<void> {
  const [first, ...others] = plan.components.map((component) => ({ component, head: headOf(component) }));
  const statement = {
    origin: plan.origin,
    kind: "mission.configured",
    component: first!.component.component,
    role: first!.head.id,
    subject: plan.mission.id,
    revision: 0,
    at: formatInstant(plan.at),
    refs: [{ rel: "mission", sha256: plan.mission.sha256 }],
    anchor: anchorOf(state),
    body: { mission: plan.mission.id, sha256: plan.mission.sha256 } as { readonly [name: string]: Json },
  };
  const proposal = add(await signStatement(primitives.sha256, first!.head.signer, statement));
  for (const other of others) add(await countersign(primitives.sha256, other.head.signer, proposal));
}

async function keyRoom(
  primitives: Primitives,
  plan: FoundingPlan,
  state: ReplayState,
  room: RoomKeyedBody,
  add: (leaf: Uint8Array) => Uint8Array,
): Promise<void> {
  const [first, second] = plan.components.find(({ component }) => component === room.room)!.roots;
  const statement = {
    ...roomKeyed(room),
    origin: plan.origin,
    at: formatInstant(plan.at),
    anchor: anchorOf(state),
  };
  const leaf = add(await signStatement(primitives.sha256, first!, statement));
  add(await countersign(primitives.sha256, second!, leaf));
}

function headOf(component: SignerFolder): SignerFolder["officers"][number] {
  return component.officers.find((officer) => officer.roles.includes("head-of-component")) ?? component.officers[0]!;
}
