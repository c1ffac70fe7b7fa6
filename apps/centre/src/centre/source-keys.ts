/** What the record says of gateways' keys, as the lane needs it. */
import type { RecordedEntry } from "@openjmc/desk";
import type { RecordingsSealedBody } from "@openjmc/model";
import type { SourceKeys } from "../lane/source-proof.ts";
import type { Registrar } from "../registrar/registrar.ts";

/** Keys by source, and at a start the last batch that a seal has told of a key: nothing up to it is taken again. */
export function sourceKeysOf(
  registrar: Registrar,
  loaded: readonly RecordedEntry[] = [],
): Readonly<Record<string, SourceKeys>> {
  const last = new Map<string, NonNullable<SourceKeys["after"]>>();
  for (const entry of loaded) {
    if (entry.kind !== "recordings.sealed") continue;
    // A new key begins a new count: what was sealed under the one before says nothing of it.
    for (const tap of (entry.body as unknown as RecordingsSealedBody).signed ?? [])
      if (entry.index > (registrar.desk.sourceKeys.get(tap.source)?.since ?? Number.POSITIVE_INFINITY))
        last.set(tap.source, { boot: tap.boot, sequence: tap.last });
  }
  const keys = [...registrar.desk.sourceKeys].map(([source, { key }]) => {
    const after = last.get(source);
    return [source, { keys: [key], ...(after ? { after } : {}) }] as const;
  });
  return Object.fromEntries(keys);
}
