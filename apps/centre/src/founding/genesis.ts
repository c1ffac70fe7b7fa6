/** The first leaf: made and signed by the centre over what the components have brought, and signed again by their roots. */
import { FaultError, formatInstant, type Instant } from "@openjmc/model";
import {
  admit,
  bytesToHex,
  canonicalize,
  ED25519_NOTE,
  emptyState,
  type Founding,
  formatVkey,
  type Json,
  type Leaf,
  leafHash,
  type NoteKey,
  noteKey,
  type ReplayState,
  type Signer,
  signStatement,
  unwrap,
  utf8,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readExchanged, writeExchanged } from "../signer/files/exchanged-file.ts";
import { checkPart, type FoundingPart, partDigest } from "./part.ts";

export const FOUNDING_FORMAT = "openjmc founding v1";

/** What the components agree on beside their keys. */
export interface FoundingTerms {
  readonly exercise: boolean;
  /** How long a claim to new roots stands open to objection; without it there is no such claim. */
  readonly rootRecoverySeconds?: number;
  /** The shortest time that a proposal must leave for an answer. */
  readonly shortestAnswerSeconds?: number;
  /** Who cosigns, as lines of a policy behind that of the log; may be named later by joint act instead. */
  readonly cosigners?: {
    readonly policy: readonly string[];
    /** After so long without a component's cosignature, anchors of the lower grade serve. */
    readonly silenceSeconds?: number;
    /** An entry that was acknowledged must be in every mirror after so long. */
    readonly mergeSeconds?: number;
  };
  /** `annotations`: beside a closed record, for what is said of it afterwards and for nothing else. */
  readonly purpose?: "annotations";
  /** Of a log that goes on where another was lost or closed: as the record reads it. */
  readonly succeeds?: { readonly [name: string]: Json };
}

/** A founding that waits for the components' signatures. */
export interface OpenFounding {
  /** The first leaf. */
  readonly leaf: Uint8Array;
  readonly parts: readonly FoundingPart[];
  /** Components that cannot sign now; of a successor only. */
  readonly absent: readonly string[];
}

/** An open founding after it has been read strictly. */
export interface ReadFounding extends OpenFounding {
  readonly read: Leaf;
  readonly founding: Founding;
  /** Replayed up to the first leaf. */
  readonly state: ReplayState;
}

/** Makes the first leaf. Errors (thrown): `part.other-plan`, refusals of what the replay does not accept. */
export async function makeGenesis(
  plan: Pick<FoundingPart, "origin" | "mission"> & { readonly at: Instant; readonly terms: FoundingTerms },
  keys: { readonly machine: Signer; readonly log: Signer },
  parts: readonly FoundingPart[],
): Promise<Uint8Array> {
  for (const part of parts) requireSamePlan(plan, part);
  const { exercise, cosigners, ...terms } = plan.terms;
  return signStatement(nodePrimitives.sha256, keys.machine, {
    ...{ origin: plan.origin, kind: "log.founded", component: "centre", role: "centre" },
    ...{ subject: plan.mission.id, revision: 0, at: formatInstant(plan.at), refs: [] },
    anchor: { size: 0, root: bytesToHex(nodePrimitives.sha256(new Uint8Array(0))) },
    body: {
      ...{ exercise, demonstration: exercise, ...terms },
      ...(cosigners
        ? { cosigners: { ...cosigners, policy: [logLine(plan.origin, keys.log), ...cosigners.policy] } }
        : {}),
      machineKey: bytesToHex(keys.machine.publicKey),
      logKey: bytesToHex(keys.log.publicKey),
      components: parts.map((part) => ({ id: part.component, roots: part.roots })),
      mission: plan.mission,
    },
  });
}

/** A policy names its log; the key is made with the centre's folder only. */
function logLine(origin: string, log: Signer): string {
  return `log ${formatVkey(noteKey(nodePrimitives.sha256, origin, ED25519_NOTE, log.publicKey))}`;
}

function requireSamePlan(plan: Pick<FoundingPart, "origin" | "mission">, part: FoundingPart): void {
  const [expected, got] = [plan, part].map(({ origin, mission }) => `${origin}, ${mission.id} ${mission.sha256}`);
  if (expected === got) return;
  throw new FaultError({
    ...{ code: "part.other-plan", what: `part of component ${part.component}` },
    ...{ expected: expected!, got: got! },
  });
}

/** Reads the first leaf as any verifier would. Throws the replay's refusals, `founding.other-part`. */
export function readGenesis(open: OpenFounding): ReadFounding {
  const state = emptyState(nodePrimitives);
  const accepted = unwrap(admit(nodePrimitives, state, open.leaf));
  const named = accepted.leaf.statement.body.components as readonly { readonly id: string; readonly roots: string[] }[];
  const inLeaf = named.map(({ id, roots }) => `${id} ${roots.join(" ")}`).join("; ");
  const inParts = open.parts.map(({ component, roots }) => `${component} ${roots.join(" ")}`).join("; ");
  if (inLeaf !== inParts)
    throw new FaultError({
      ...{ code: "founding.other-part", what: "founding", expected: "the root keys of the parts beside it" },
    });
  return { ...open, read: accepted.leaf, founding: state.founding!, state };
}

/** The point of the log that everything else of the founding is anchored to: the first leaf alone. */
export function genesisAnchor(leaf: Uint8Array): { readonly size: number; readonly root: string } {
  return { size: 1, root: bytesToHex(leafHash(nodePrimitives.sha256, leaf)) };
}

export function writeFounding(path: string, { leaf, parts, absent }: OpenFounding): void {
  writeExchanged(path, FOUNDING_FORMAT, { founding: JSON.parse(Buffer.from(leaf).toString()), parts, absent });
}

/** Errors: those of `readExchanged` and `readGenesis`, `part.malformed`. */
export function readFoundingFile(path: string): ReadFounding {
  const file = readExchanged<{ founding: object; parts: FoundingPart[]; absent: string[] }>(path, FOUNDING_FORMAT);
  const parts = (Array.isArray(file.parts) ? file.parts : []).map((part) => checkPart(part, path));
  return readGenesis({ leaf: utf8(unwrap(canonicalize(file.founding as Json))), parts, absent: file.absent ?? [] });
}

/** A hash in groups that can be read aloud. */
export function inGroups(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(" ");
}

/** The page that is printed and signed by hand: what makes this log this log. */
export function genesisPage(founding: ReadFounding, logKey: NoteKey): string {
  const { founding: facts, read, parts, absent } = founding;
  const { body } = read.statement;
  return `${[
    ...(facts.exercise ? ["EXERCISE. The keys of this record are demonstration keys.", ""] : []),
    "GENESIS OF A JOINT RECORD",
    "",
    `log         ${facts.origin}`,
    `genesis     ${inGroups(facts.statementId)}`,
    `founded     ${read.statement.at}`,
    `mission     ${facts.mission.id}`,
    `            ${inGroups(facts.mission.sha256)}`,
    `log's key   ${formatVkey(logKey)}`,
    `machine     ${inGroups(String(body.machineKey))}`,
    ...parts.flatMap((part) => [
      "",
      `component ${part.component}${absent.includes(part.component) ? ": ABSENT, has not signed this founding" : ""}`,
      ...part.roots.map((root, position) => `  root ${position + 1}    ${inGroups(root)}`),
      ...(part.officers.length > 0 ? [`  part      ${inGroups(partDigest(part))}`] : []),
    ]),
    "",
    facts.rootRecoveryDelay === undefined
      ? "Lost roots: no claim to new ones is possible in this log."
      : `Lost roots: a claim to new ones stands open to objection for ${facts.rootRecoveryDelay / 1_000_000} s.`,
    ...(facts.shortestAnswer > 0
      ? [`A proposal leaves ${facts.shortestAnswer / 1_000_000} s for an answer at least.`]
      : []),
    ...(facts.succeeds ? succession(facts.succeeds) : []),
  ].join("\n")}\n`;
}

function succession(succeeds: NonNullable<Founding["succeeds"]>): string[] {
  const cosigners = succeeds.cosignatures.map(({ key }) => key.name).join(", ");
  return [
    "",
    `Succeeds ${succeeds.origin}, whose genesis is ${inGroups(succeeds.founding)},`,
    `from its size ${succeeds.size}, root ${inGroups(succeeds.root)},`,
    `cosigned by ${cosigners === "" ? "nobody" : cosigners}. Reason: ${succeeds.reason}`,
  ];
}
