/** The facts that texts speak of: which values compete, who holds them, what was adopted. */
import type { ClaimRow, Discrepancy, FactState, FactSummary, FactVersion, FactView } from "@openjmc/model";
import { type Claim, conflictsOf, type FactDefinition, type SourcedClaim } from "@openjmc/press";
import { adoptionsInForce, originOf, type PressState, standingClaims } from "./state.ts";

/** What a view of the facts leans on besides what is stated. */
export interface FactContext {
  /** Those that the mission follows. */
  readonly facts: readonly FactDefinition[];
  readonly components: readonly string[];
}

/** Every fact that a claim speaks of or that the mission follows, the mission's first, each in its order. */
export function factSummaries(press: PressState, context: FactContext): FactSummary[] {
  const claims = Map.groupBy(standingClaims(press), ({ body }) => body.fact);
  const own = [...claims.keys()].filter((fact) => !context.facts.some(({ id }) => id === fact)).sort();
  return [...context.facts.map(({ id }) => id), ...own].map((fact) => {
    const {
      versions: _versions,
      discrepancies: _discrepancies,
      adopted: _adopted,
      ...summary
    } = viewOf(press, context, fact, claims.get(fact) ?? []);
    return summary;
  });
}

/** One fact whole; undefined where nobody speaks of it and the mission does not follow it. */
export function factView(press: PressState, context: FactContext, fact: string): FactView | undefined {
  const claims = standingClaims(press).filter(({ body }) => body.fact === fact);
  const isFollowed = context.facts.some(({ id }) => id === fact);
  return claims.length === 0 && !isFollowed ? undefined : viewOf(press, context, fact, claims);
}

function viewOf(press: PressState, context: FactContext, fact: string, claims: readonly ClaimRow[]): FactView {
  const followed = context.facts.find(({ id }) => id === fact);
  const adopted = adoptionsInForce(press).filter(({ body }) => body.fact === fact);
  const versions = versionsOf(press, claims, adopted);
  const discrepancies = factDiscrepancies(press, context, fact, claims);
  const aspects = new Set([...Object.keys(followed?.aspects ?? {}), ...versions.flatMap(({ aspect }) => aspect ?? [])]);
  return {
    fact,
    value: followed?.value ?? "text",
    ...(followed?.unit === undefined ? {} : { unit: followed.unit }),
    aspects: [...aspects],
    isFollowed: followed !== undefined,
    ...(followed?.isEvent === true ? { isEvent: true } : {}),
    claims: claims.length,
    texts: new Set(claims.map(({ body }) => body.text)).size,
    origins: originsIn(press, claims),
    state: followed?.isEvent === true ? stateOfEvents(discrepancies) : stateOf(versions, adopted, context.components),
    versions,
    discrepancies,
    adopted,
  };
}

function originsIn(press: PressState, claims: readonly ClaimRow[]): number {
  return new Set(claims.map(({ body }) => originOf(press, body.text).origin)).size;
}

const versionKey = ({ aspect, value, of }: { aspect?: string; value: string; of?: string }): string =>
  JSON.stringify([aspect ?? "", value, of ?? ""]);

/** By aspect, then the value that most origins hold first. */
function versionsOf(press: PressState, claims: readonly ClaimRow[], adopted: FactView["adopted"]): FactVersion[] {
  return [...Map.groupBy(claims, ({ body }) => versionKey(body))]
    .map(([key, all]): FactVersion => {
      const inTime = all.toSorted((left, right) => left.publishedAt - right.publishedAt);
      const { aspect, value, of } = inTime[0]!.body;
      const held = inTime.filter(({ body }) => body.certainty !== "denied");
      return {
        ...(aspect === undefined ? {} : { aspect }),
        value,
        ...(of === undefined ? {} : { of }),
        claims: held,
        origins: originsIn(press, held),
        denials: inTime.filter(({ body }) => body.certainty === "denied"),
        firstAt: inTime[0]!.publishedAt,
        lastAt: inTime.at(-1)!.publishedAt,
        adoptedBy: adopted.filter(({ body }) => versionKey(body) === key).map(({ mark }) => mark.component),
      };
    })
    .sort(
      (left, right) =>
        (left.aspect ?? "").localeCompare(right.aspect ?? "", "en") ||
        right.origins - left.origins ||
        left.firstAt - right.firstAt,
    );
}

function stateOf(
  versions: readonly FactVersion[],
  adopted: FactView["adopted"],
  components: readonly string[],
): FactState {
  const byAspect = [...Map.groupBy(versions, ({ aspect }) => aspect ?? "")];
  const aspects = byAspect.map(([aspect, own]): FactState => {
    const held = adopted.filter(({ body }) => (body.aspect ?? "") === aspect);
    const values = new Set(held.map(({ body }) => versionKey(body)));
    if (values.size > 1) return "split";
    if (values.size === 1 && components.every((one) => held.some(({ mark }) => mark.component === one)))
      return "settled";
    return own.length > 1 ? "open" : "single";
  });
  return ORDER.find((state) => aspects.includes(state)) ?? "single";
}

/** What happened on several days has several values, and no quarrel. */
function stateOfEvents(discrepancies: readonly Discrepancy[]): FactState {
  return discrepancies.length > 0 ? "open" : "single";
}

/** What of several aspects a fact is: what needs most work. */
const ORDER: readonly FactState[] = ["split", "open", "single", "settled"];

/** Where claims about one fact disagree, and whether the components have settled it. */
export function factDiscrepancies(
  press: PressState,
  { facts, components }: FactContext,
  fact: string,
  claims: readonly ClaimRow[],
): Discrepancy[] {
  // To a fact of the analysts' own the values are names: they agree or they do not.
  const definition = facts.find(({ id }) => id === fact) ?? { id: fact, value: "place" as const, about: [] };
  const adopted = adoptionsInForce(press).filter(({ body }) => body.fact === fact);
  const isSettled = (aspect: string | undefined): boolean =>
    (aspect ?? "").split("/").every((one) => {
      const held = adopted.filter(({ body }) => (body.aspect ?? "") === one);
      const isOne = new Set(held.map(({ body }) => versionKey(body))).size === 1;
      return isOne && components.every((side) => held.some(({ mark }) => mark.component === side));
    });
  const sourced = claims.map((row) => sourcedClaim(press, row));
  return conflictsOf(sourced, [definition]).map((conflict) => ({ ...conflict, isSettled: isSettled(conflict.aspect) }));
}

function sourcedClaim(press: PressState, { body }: ClaimRow): SourcedClaim {
  const { fact, aspect, value, of, certainty, form, text, validFrom } = body;
  const at = { start: body.start, end: body.end };
  const claim: Claim = {
    fact,
    ...(aspect === undefined ? {} : { aspect }),
    value,
    ...(of === undefined ? {} : { of }),
    ...(validFrom === undefined ? {} : { day: validFrom }),
    at,
    sentence: at,
    isQuoted: form === "quote",
    certainty,
  };
  return { ...claim, text, origin: originOf(press, text).origin };
}
