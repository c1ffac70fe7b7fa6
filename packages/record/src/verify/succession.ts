/** Whether a log that says it succeeds another does, with the other at hand; and who has accepted a founding. */
import { bytesToHex } from "../bytes/hex.ts";
import { formatVkey } from "../note/vkey.ts";
import { ROOT_QUORUM } from "../replay/founding.ts";
import { mayLogKeySign } from "../replay/log-keys.ts";
import type { KeyEntry, ReplayState } from "../replay/state.ts";
import type { Succession } from "../replay/succession.ts";
import { finding, type RecordFinding } from "./finding.ts";

export interface FoundingAcceptance {
  readonly component: string;
  /** Root signatures under the founding. */
  readonly signatures: number;
  readonly accepted: boolean;
}

/** Which components have signed the founding with two of their roots. A side that was absent may still do so later. */
export function foundingAcceptance(state: ReplayState): readonly FoundingAcceptance[] {
  const { founding } = state;
  if (!founding) return [];
  const signed = state.quorums.get(founding.statementId)?.signatures ?? [];
  return founding.components.map((component) => {
    const signatures = signed.filter((signature) => signature.component === component).length;
    return { component, signatures, accepted: signatures >= ROOT_QUORUM };
  });
}

/**
 * Compares a successor with its predecessor, both already replayed from sound records. Findings: `succession.none`,
 * `succession.other-log` (another founding), `succession.shorter` (the copy at hand ends before), `succession.forked`,
 * `succession.log-key`, `succession.cosigner` (none of the predecessor's), `succession.other-roots` (a component's root keys are not those that it had).
 */
export function comparePredecessor(successor: ReplayState, predecessor: ReplayState): RecordFinding[] {
  const succeeds = successor.founding?.succeeds;
  if (!succeeds) return [finding("succession.none")];
  const former = predecessor.founding;
  if (former?.statementId !== succeeds.founding || former.origin !== succeeds.origin) {
    return [finding("succession.other-log", { expected: succeeds.founding, got: former?.statementId ?? "" })];
  }
  const { size, root } = succeeds;
  const actual = predecessor.history.rootAt(size);
  if (!actual) return [finding("succession.shorter", { size: predecessor.history.size, expected: size })];
  if (bytesToHex(actual) !== root)
    return [finding("succession.forked", { size, expected: root, got: bytesToHex(actual) })];
  const findings = [...compareRoots(successor, predecessor, size), ...compareCosigners(succeeds, predecessor)];
  if (mayLogKeySign(predecessor, succeeds.logKey.publicKey, size)) return findings;
  return [...findings, finding("succession.log-key", { size, key: succeeds.logKey.id })];
}

function compareCosigners({ cosignatures }: Succession, { cosigners }: ReplayState): RecordFinding[] {
  const known = new Set(cosigners?.policy.witnesses.map(({ key }) => formatVkey(key)));
  return cosignatures
    .filter(({ key }) => !known.has(formatVkey(key)))
    .map(({ key }) => finding("succession.cosigner", { name: key.name, key: key.id }));
}

/** Whoever founds a successor alone could otherwise name root keys of his own for the side that is absent. */
function compareRoots(successor: ReplayState, predecessor: ReplayState, size: number): RecordFinding[] {
  const former = rootsAt(predecessor, size);
  const founded = rootsAt(successor, 1);
  const components = [...new Set([...former.keys(), ...founded.keys()])].sort();
  return components
    .filter((component) => former.get(component) !== founded.get(component))
    .map((component) => finding("succession.other-roots", { component, size }));
}

/** Key ids of the roots in force at a size, sorted and joined, by component. */
function rootsAt(state: ReplayState, size: number): ReadonlyMap<string, string> {
  const inForce = (key: KeyEntry) =>
    key.tier === "root" && key.from < size && (key.ended === undefined || key.ended >= size);
  const roots = [...state.keys.values()].filter(inForce);
  const names = new Set(roots.map((key) => key.component));
  const idsOf = (component: string) =>
    roots
      .filter((key) => key.component === component)
      .map((key) => key.keyId)
      .sort()
      .join(" ");
  return new Map([...names].map((component) => [component, idsOf(component)]));
}
