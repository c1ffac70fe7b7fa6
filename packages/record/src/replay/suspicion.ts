/** Marking what a key signed as suspect. A mark is put on and never taken off, and nothing that was signed goes away. */
import { refuse, shown } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext, wrongBody } from "./context.ts";
import type { KeyEntry } from "./state.ts";

/**
 * `officer.suspected`, by the component's roots: it has turned out later, or earlier than was thought, that others could
 * use an officer's key. Valid keys stay valid; whoever wants them ended revokes. `body.key` names one key; without it all
 * keys that the officer has had are marked. Errors: `officer.unknown`, `key.unenrolled`, `statement.body`.
 */
export function suspectOfficer(context: CheckContext): Change {
  const { state, leaf } = context;
  const { component, body } = leaf.statement;
  const officer = bodyText(body, "officer");
  const held = [...state.keys.values()].filter(
    (key) =>
      key.component === component && key.holder === officer && (key.tier === "binding" || key.tier === "session"),
  );
  if (held.length === 0)
    refuse("officer.unknown", "officer", { expected: "an officer of the component", got: officer });
  const keys = body.key === undefined ? held : held.filter((key) => key.keyId === body.key);
  if (keys.length === 0) refuse("key.unenrolled", "key", { expected: `a key of ${officer}`, got: shown(body.key) });
  bodyText(body, "reason");
  const from = readSuspectFrom(context, body.suspectFrom);
  if (from === undefined) return wrongBody("suspectFrom", "an entry of the log", body.suspectFrom);
  return { keys: keys.map((key) => markSuspect(key, from)) };
}

/** The entry from which on a key is suspect, where one is given. Errors: `statement.body`. */
export function readSuspectFrom({ index }: CheckContext, value: Json | undefined): number | undefined {
  if (value === undefined) return undefined;
  const fits = typeof value === "number" && value >= 0 && value <= index;
  return fits ? value : wrongBody("suspectFrom", "an entry of the log", value);
}

/** The key with the mark. A mark that is there already moves back in time only. */
export function markSuspect(key: KeyEntry, from: number | undefined): KeyEntry {
  if (from === undefined) return key;
  return { ...key, suspectFrom: Math.min(from, key.suspectFrom ?? from) };
}
