/** What a component signs at a founding, on its own machine: the first leaf, its officers, the mission, its room. */
import { FaultError } from "@openjmc/model";
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  countersign,
  type Json,
  possessionMessage,
  ROOT_QUORUM,
  type Signer,
  type StatementDraft,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { roomKeyed } from "../room/found-room.ts";
import { readExchanged, writeExchanged } from "../signer/files/exchanged-file.ts";
import type { SignerFolder } from "../signer/signer-folder.ts";
import { genesisAnchor, type ReadFounding } from "./genesis.ts";
import type { FoundingPart } from "./part.ts";
import { headOf } from "./roster.ts";

export const SIGNED_FORMAT = "openjmc founding signatures v1";

/** A component's leaves of the founding, in the order in which they can be admitted. */
export interface SignedPart {
  readonly component: string;
  /** Statement id of the founding that was signed. */
  readonly genesis: string;
  readonly leaves: readonly Uint8Array[];
}

/** Whether a founding is the one that a component came for. Throws `founding.*` by what differs. */
export function checkOwnPart(founding: ReadFounding, own: FoundingPart): void {
  const part = partOf(founding, own.component);
  const same = (what: string, expected: unknown, got: unknown): void => {
    if (JSON.stringify(expected) === JSON.stringify(got)) return;
    throw new FaultError({
      ...{ code: `founding.other-${what}`, what: "founding" },
      ...{ expected: JSON.stringify(expected).slice(0, 300), got: JSON.stringify(got).slice(0, 300) },
    });
  };
  same("origin", own.origin, founding.founding.origin);
  same("mission", own.mission, founding.founding.mission);
  same("roots", own.roots, part.roots);
  same("officers", own.officers, part.officers);
  same("room", own.room ?? null, part.room ?? null);
}

function partOf(founding: ReadFounding, component: string): FoundingPart {
  const part = founding.parts.find((one) => one.component === component);
  if (part) return part;
  throw new FaultError({
    ...{ code: "founding.without-us", what: "founding" },
    ...{ expected: `a part of component ${component}`, got: founding.parts.map((one) => one.component).join(", ") },
  });
}

/** Signs everything that is the component's. The keys must be those of its part. */
export async function acceptFounding(founding: ReadFounding, keys: SignerFolder): Promise<SignedPart> {
  const { sha256 } = nodePrimitives;
  const roots = keys.roots.slice(0, ROOT_QUORUM);
  const leaves = await Promise.all(roots.map((root) => countersign(sha256, root, founding.leaf)));
  for (const officer of keys.officers) {
    const statement = enrolment(founding, keys.component, officer, await possession(founding, keys.component, officer));
    leaves.push(...(await byRoots(roots, statement)));
  }
  const head = headOf(keys.component, keys.officers);
  if (head) leaves.push(await signStatement(sha256, head.signer, missionConfigured(founding)));
  const { room } = partOf(founding, keys.component);
  if (room) leaves.push(...(await byRoots(roots, { ...common(founding), ...roomKeyed(room) })));
  return { component: keys.component, genesis: founding.founding.statementId, leaves };
}

async function byRoots(roots: readonly Signer[], statement: StatementDraft): Promise<Uint8Array[]> {
  const first = await signStatement(nodePrimitives.sha256, roots[0]!, statement);
  const others = roots.slice(1).map((root) => countersign(nodePrimitives.sha256, root, first));
  return [first, ...(await Promise.all(others))];
}

function common(founding: ReadFounding) {
  const { origin } = founding.founding;
  return { origin, at: founding.read.statement.at, refs: [], anchor: genesisAnchor(founding.leaf) };
}

async function possession(
  founding: ReadFounding,
  component: string,
  officer: { readonly id: string; readonly signer: Signer },
): Promise<string> {
  const message = possessionMessage({
    ...{ origin: founding.founding.origin, component, holder: officer.id },
    anchorRoot: genesisAnchor(founding.leaf).root,
    publicKey: bytesToHex(officer.signer.publicKey),
  });
  return bytesToBase64(await officer.signer.sign(message));
}

function enrolment(
  founding: ReadFounding,
  component: string,
  officer: { readonly id: string; readonly roles: readonly string[]; readonly signer: Signer },
  proof: string,
): StatementDraft {
  return {
    ...common(founding),
    ...{ kind: "officer.enrolled", component, role: "root", subject: officer.id, revision: 0 },
    body: {
      ...{ officer: officer.id, roles: officer.roles, key: bytesToHex(officer.signer.publicKey), possession: proof },
      ...(founding.founding.demonstration ? { demonstration: true } : {}),
    },
  };
}

/** The mission as it is founded. Made of the first leaf alone, so that each component makes the same bytes by itself. */
function missionConfigured(founding: ReadFounding): StatementDraft {
  const first = founding.parts.find((part) => !founding.absent.includes(part.component))!;
  const { id, sha256 } = founding.founding.mission;
  return {
    ...common(founding),
    ...{ kind: "mission.configured", component: first.component, role: headOf(first.component, first.officers).id },
    ...{ subject: id, revision: 0, refs: [{ rel: "mission", sha256 }], body: { mission: id, sha256 } },
  };
}

export function writeSigned(path: string, signed: SignedPart): void {
  const { component, genesis, leaves } = signed;
  writeExchanged(path, SIGNED_FORMAT, { component, genesis, leaves: leaves.map((leaf) => bytesToBase64(leaf)) });
}

/** Errors: those of `readExchanged`, `base64.malformed`. */
export function readSigned(path: string): SignedPart {
  const { component, genesis, leaves } = readExchanged<{ component: string; genesis: string; leaves: Json }>(
    path,
    SIGNED_FORMAT,
  );
  const texts = Array.isArray(leaves) ? (leaves as readonly unknown[]).map(String) : [];
  return {
    component: String(component),
    genesis: String(genesis),
    leaves: texts.map((text) => unwrap(base64ToBytes(text))),
  };
}
