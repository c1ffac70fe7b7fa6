/** Whose an officer's name is: people and programs know officers by it, so no two components share one. */
import { refuse } from "../fault.ts";
import type { CheckContext } from "./context.ts";

/**
 * A component names its own officers: no name that another has ever enrolled, and none that begins with another's code and a
 * dash, which would keep that one from using it. Errors: `officer.name-of-other`.
 */
export function checkOfficerName({ state, founding, leaf }: CheckContext, officer: string): void {
  const { component } = leaf.statement;
  const held = [...state.officers.values()].find((other) => other.officer === officer)?.component;
  const owner = held ?? namedAfter(founding.components, officer) ?? component;
  if (owner !== component) {
    refuse("officer.name-of-other", "officer", { expected: `a name of component ${component}`, got: officer });
  }
}

/** The component whose code stands before a dash at the name's beginning; the longest code that fits. */
function namedAfter(components: readonly string[], officer: string): string | undefined {
  return components
    .filter((component) => officer.startsWith(`${component}-`))
    .toSorted((left, right) => right.length - left.length)[0];
}
