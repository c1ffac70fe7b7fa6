/** Where texts disagree about one fact, and how: the desk names it, a person judges. */
import type { Claim, FactDefinition } from "./fact.ts";

/** A claim with the text it stands in. Texts of one chain have one `origin`. */
export interface SourcedClaim extends Claim {
  readonly text: string;
  readonly origin: string;
}

/**
 * `value-differs`: other days, numbers, places or persons for the same. `per-side-or-total`: the numbers agree once one is
 * taken for each side. `which-event`: one day is given to two events, such as signing and announcing, that others keep apart.
 */
export type ConflictKind = "value-differs" | "per-side-or-total" | "which-event";

export interface Conflict {
  readonly fact: string;
  readonly aspect?: string;
  /** Of what happens time and again. */
  readonly day?: string;
  readonly kind: ConflictKind;
  /** The competing values, each with the texts that hold it. */
  readonly values: readonly { readonly value: string; readonly texts: readonly string[]; readonly origins: number }[];
}

export function conflictsOf(claims: readonly SourcedClaim[], facts: readonly FactDefinition[]): Conflict[] {
  return facts.flatMap((fact) => {
    const own = claims.filter((claim) => claim.fact === fact.id && claim.certainty !== "denied");
    if (fact.isEvent === true) return ofOneDay(fact, own);
    const byAspect = Map.groupBy(own, (claim) => claim.aspect ?? "");
    const differing = [...byAspect].flatMap(([aspect, group]) => differences(fact, aspect, group));
    return [...differing, ...exchanged(fact, byAspect)];
  });
}

/** Numbers told of one day; several places of one day are several events. */
function ofOneDay(fact: FactDefinition, claims: readonly SourcedClaim[]): Conflict[] {
  if (fact.value !== "quantity") return [];
  const dated = claims.filter((claim) => claim.day !== undefined);
  return [...Map.groupBy(dated, (claim) => `${claim.aspect ?? ""} ${claim.day}`).values()].flatMap((group) =>
    differences(fact, group[0]!.aspect ?? "", group).map((conflict) => ({ ...conflict, day: group[0]!.day! })),
  );
}

function differences(fact: FactDefinition, aspect: string, claims: readonly SourcedClaim[]): Conflict[] {
  const values = heldValues(claims, (claim) => (claim.of === "each" ? `${claim.value} each` : claim.value));
  if (values.length < 2) return [];
  const sides = fact.sides ?? 2;
  const totals = new Set(claims.map((claim) => Number(claim.value) * (claim.of === "each" ? sides : 1)));
  const bare = new Set(claims.map((claim) => claim.value));
  const isOfSides =
    fact.value === "quantity" &&
    (totals.size === 1 || bare.size === 1 || [...totals].every((one) => hasDouble(one, totals, sides)));
  return [
    {
      fact: fact.id,
      ...(aspect !== "" && { aspect }),
      kind: isOfSides ? "per-side-or-total" : "value-differs",
      values,
    },
  ];
}

function hasDouble(one: number, all: ReadonlySet<number>, sides: number): boolean {
  return all.has(one * sides) || all.has(one / sides);
}

/** One day under two aspects, where some claim keeps the two aspects on different days. */
function exchanged(fact: FactDefinition, byAspect: ReadonlyMap<string, readonly SourcedClaim[]>): Conflict[] {
  const aspects = [...byAspect.keys()].filter((aspect) => aspect !== "");
  return aspects.flatMap((left, place) =>
    aspects.slice(place + 1).flatMap((right) => {
      const [ofLeft, ofRight] = [byAspect.get(left)!, byAspect.get(right)!];
      const days = (claims: readonly SourcedClaim[]): Set<string> => new Set(claims.map((claim) => claim.value));
      const shared = [...days(ofLeft)].filter((day) => days(ofRight).has(day));
      const areApart = days(ofLeft).size > 1 || days(ofRight).size > 1;
      if (shared.length === 0 || !areApart) return [];
      const values = heldValues([...ofLeft, ...ofRight], (claim) => `${claim.aspect}: ${claim.value}`);
      return [{ fact: fact.id, aspect: `${left}/${right}`, kind: "which-event" as const, values }];
    }),
  );
}

function heldValues(claims: readonly SourcedClaim[], key: (claim: SourcedClaim) => string): Conflict["values"] {
  return [...Map.groupBy(claims, key)]
    .map(([value, group]) => ({
      value,
      texts: [...new Set(group.map((claim) => claim.text))],
      origins: new Set(group.map((claim) => claim.origin)).size,
    }))
    .sort((left, right) => right.origins - left.origins || (left.value < right.value ? -1 : 1));
}
