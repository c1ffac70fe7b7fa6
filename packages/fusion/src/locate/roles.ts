/** Firing or landing: what the classes of a sound come to, without asking for the class itself. */
import type { ClassProbability } from "./changes.ts";
import type { SourceSignature } from "./configuration.ts";

/** Probabilities; what is left is of neither. */
export interface RoleProbabilities {
  readonly fired: number;
  readonly landed: number;
}

/** Sums over the classes that are heard when a round is fired, and those when one lands. */
export function rolesOf(
  classification: readonly ClassProbability[],
  signatures: readonly SourceSignature[],
): RoleProbabilities {
  const sum = (role: SourceSignature["role"]): number =>
    classification
      .filter(({ what }) => signatures.some((one) => one.what === what && one.role === role))
      .reduce((total, { probability }) => total + probability, 0);
  return { fired: sum("firing"), landed: sum("landing") };
}
