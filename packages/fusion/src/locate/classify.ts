/** What it was, with probabilities; "undetermined" is one of the answers. */
import type { ClassProbability } from "./changes.ts";
import type { Evidence } from "./evidence.ts";
import type { Solution } from "./solution.ts";

/** Class probabilities of a solution, likeliest first. */
export function classify(solution: Solution, evidence: Evidence): ClassProbability[] {
  const total = solution.classes.total();
  const list = Array.from(solution.classes.weights, (weight, index) => ({
    what: evidence.names[index]!,
    probability: Math.exp(weight - total),
  }));
  return list.sort((one, other) => other.probability - one.probability);
}

/** Probability from which a class is named. */
const CONFIDENT = 0.8;

/** The likeliest class if it is likely enough, else `undetermined`. */
export function decide(solution: Solution, evidence: Evidence): string {
  const likeliest = classify(solution, evidence)[0];
  return likeliest !== undefined && likeliest.probability >= CONFIDENT ? likeliest.what : "undetermined";
}
