/**
 * How reliable a source has been, after the Admiralty's scale. The rule: a claim counts where a value was adopted for its fact
 * and aspect, by all components or by the only one that has adopted any; it is upheld if it says that value, or denies another.
 * Reprints and what only cites others do not count. A: at least ten counted and 95 % upheld; B: at least five and 85 %; C: 70 %;
 * D: 50 %; E: less; F: fewer than three counted, it cannot be judged.
 */
import type { ClaimRow, OutletGrade, OutletRow, OutletScore } from "@openjmc/model";
import type { FactContext } from "./facts.ts";
import { adoptionsInForce, originOf, type PressState, standingClaims } from "./state.ts";

const LEAST_COUNTED = 3;
const GRADES: readonly { readonly grade: OutletGrade; readonly counted: number; readonly share: number }[] = [
  { grade: "A", counted: 10, share: 0.95 },
  { grade: "B", counted: 5, share: 0.85 },
  { grade: "C", counted: LEAST_COUNTED, share: 0.7 },
  { grade: "D", counted: LEAST_COUNTED, share: 0.5 },
  { grade: "E", counted: LEAST_COUNTED, share: 0 },
];

export function gradeOf(judged: number, upheld: number): OutletGrade {
  const share = judged === 0 ? 0 : upheld / judged;
  return GRADES.find((one) => judged >= one.counted && share >= one.share)?.grade ?? "F";
}

/** Every outlet with a text, by its name. */
export function outletRows(press: PressState, context: FactContext): OutletRow[] {
  const values = adoptedValues(press, context);
  const outcomes = standingClaims(press)
    .filter(({ body }) => originOf(press, body.text).why === "own")
    .flatMap((claim) => {
      const outcome = outcomeOf(claim, values, context);
      return outcome === undefined ? [] : [{ outlet: claim.outlet, month: monthOf(claim), isUpheld: outcome }];
    });
  const ofOutlet = Map.groupBy(outcomes, ({ outlet }) => outlet);
  const texts = Map.groupBy(
    [...press.texts.values()].filter(({ withdrawn }) => withdrawn === undefined),
    ({ body }) => body.outlet,
  );
  return [...texts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([outlet, own]) => ({
      outlet,
      texts: own.length,
      own: own.filter(({ id }) => originOf(press, id).why === "own").length,
      ...scoreOf(ofOutlet.get(outlet) ?? []),
      course: courseOf(ofOutlet.get(outlet) ?? []),
    }));
}

interface Outcome {
  readonly month: string;
  readonly isUpheld: boolean;
}

function scoreOf(outcomes: readonly Outcome[]): OutletScore {
  const upheld = outcomes.filter(({ isUpheld }) => isUpheld).length;
  return { judged: outcomes.length, upheld, grade: gradeOf(outcomes.length, upheld) };
}

/** The score as it grew, month by month. */
function courseOf(outcomes: readonly Outcome[]): OutletRow["course"] {
  const months = [...new Set(outcomes.map(({ month }) => month))].sort();
  return months.map((month) => ({ month, ...scoreOf(outcomes.filter((one) => one.month <= month)) }));
}

const monthOf = (claim: ClaimRow): string => new Date(claim.publishedAt / 1_000).toISOString().slice(0, 7);

interface Adopted {
  readonly value: string;
  readonly total: number;
}

/** By fact and aspect; where components hold other values there is none. */
function adoptedValues(press: PressState, context: FactContext): Map<string, Adopted> {
  const values = new Map<string, Adopted>();
  for (const [key, rows] of Map.groupBy(adoptionsInForce(press), ({ body }) => `${body.fact} ${body.aspect ?? ""}`)) {
    const held = rows.map(({ body }) => ({ value: body.value, total: totalOf(body, context) }));
    if (new Set(held.map(({ value, total }) => `${value} ${total}`)).size === 1) values.set(key, held[0]!);
  }
  return values;
}

/** A number in total, whether it was said of each side or of all; NaN of what is no number. */
function totalOf(body: { fact: string; value: string; of?: string }, { facts }: FactContext): number {
  const sides = facts.find(({ id }) => id === body.fact)?.sides ?? 2;
  return Number(body.value) * (body.of === "each" ? sides : 1);
}

/** Undefined where nothing was adopted, or where a day is only less exact than what was. */
function outcomeOf(claim: ClaimRow, values: ReadonlyMap<string, Adopted>, context: FactContext): boolean | undefined {
  const { body } = claim;
  const adopted = values.get(`${body.fact} ${body.aspect ?? ""}`);
  if (adopted === undefined) return undefined;
  const total = totalOf(body, context);
  const isSame = body.value === adopted.value || (Number.isFinite(total) && total === adopted.total);
  if (!isSame && (adopted.value.startsWith(`${body.value}-`) || body.value.startsWith(`${adopted.value}-`)))
    return undefined;
  return isSame !== (body.certainty === "denied");
}
