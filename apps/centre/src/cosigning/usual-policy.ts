/** The policy that a centre begins with: every component's mirror, and any one of the neutrals. */

/** A cosigner as its folder prints it. */
export interface NamedCosigner {
  readonly name: string;
  /** Of its Ed25519 key, then of its ML-DSA-44 key. */
  readonly vkeys: readonly string[];
  readonly url?: string;
}

/** Lines of witnesses: the second key under a name of its own, as a policy counts keys, not nodes. */
export function witnessLines({ name, vkeys, url }: NamedCosigner): readonly string[] {
  const names = [name, `${name}-pq`];
  return vkeys.map(
    (vkey, place) => `witness ${names[place]} ${vkey}${url === undefined || place > 0 ? "" : ` ${url}`}`,
  );
}

/**
 * Lines of a policy (c2sp.org/tlog-policy) behind that of the log. Only Ed25519 keys make the quorum, so that whoever cannot
 * check ML-DSA yet can check it; the others stand beside it for the day when Ed25519 falls.
 */
export function usualPolicy(
  components: readonly NamedCosigner[],
  neutrals: readonly NamedCosigner[],
): readonly string[] {
  const namesOf = (nodes: readonly NamedCosigner[]): string => nodes.map(({ name }) => name).join(" ");
  const witnesses = [...components, ...neutrals].flatMap(witnessLines);
  const guarantors = `group guarantors all ${namesOf(components)}`;
  if (neutrals.length === 0) return [...witnesses, guarantors, "quorum guarantors"];
  const groups = [guarantors, `group neutral any ${namesOf(neutrals)}`, "group public all guarantors neutral"];
  return [...witnesses, ...groups, "quorum public"];
}
