/** Files made out of others: the original stays as it is, and what was made of it says what was done, by whom and how. */
import type { Fault } from "@openjmc/model";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/**
 * Whether what is said of a file's original makes sense: a file that is evidence already, and no ring of files made out of each other.
 * Errors: `evidence.derivation`, `evidence.original-unknown`, `evidence.derived-ring`.
 */
export function checkDerivation(state: DeskState, body: Readonly<Record<string, unknown>>): Fault | undefined {
  const derivation = body.derivation as { readonly from: string } | undefined;
  if (derivation === undefined) return undefined;
  if (body.kind !== "file") return refusal("evidence.derivation", "body.derivation", "a file", String(body.kind));
  const origins = originsByFile(state);
  if (!origins.has(derivation.from))
    return refusal("evidence.original-unknown", "body.derivation.from", "a file of the evidence", derivation.from);
  return leadsTo(origins, derivation.from, String(body.target))
    ? refusal("evidence.derived-ring", "body.derivation.from", "a file not made out of this one", derivation.from)
    : undefined;
}

/** Every file of the evidence, with what it was made out of. */
function originsByFile(state: DeskState): ReadonlyMap<string, ReadonlySet<string>> {
  const origins = new Map<string, Set<string>>();
  for (const { evidence } of state.incidents.values())
    for (const { kind, target, derivation } of evidence) {
      if (kind !== "file") continue;
      const known = origins.get(target) ?? new Set();
      if (derivation !== undefined) known.add(derivation.from);
      origins.set(target, known);
    }
  return origins;
}

function leadsTo(origins: ReadonlyMap<string, ReadonlySet<string>>, from: string, target: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (file === target) return true;
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...(origins.get(file) ?? []));
  }
  return false;
}
