/** Who has read an original: an entry that both components hold, so that neither can look where the other cannot see it look. */
import { type DeskState, isEvidenceFile } from "@openjmc/desk";
import { type Instant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import type { Session } from "../sessions/sessions.ts";
import type { ApiContext } from "./context.ts";

/** The same officer's reading of the same file is told once in so long. */
const ONCE_IN = MICROSECONDS_PER_HOUR;
const MOST_REMEMBERED = 10_000;

/**
 * Records a read before the file is given out, and throws where the record does not take it: an original is not read unseen. What is
 * no evidence (sealed texts, editions, lists) is not told.
 */
export function readsOfOriginals({
  registrar,
  clock,
}: Pick<ApiContext, "clock"> & {
  readonly registrar: { readonly desk: DeskState; act: ApiContext["registrar"]["act"] };
}): (sha256: string, reader: Pick<Session, "officer" | "component">) => Promise<void> {
  const told = new Map<string, Instant>();
  return async (sha256, { officer, component }) => {
    const name = `${component}/${officer} ${sha256}`;
    const now = clock.now();
    const last = told.get(name);
    if (last !== undefined && now - last < ONCE_IN) return;
    if (!isEvidenceFile(registrar.desk, sha256)) return;
    told.delete(name);
    told.set(name, now);
    if (told.size > MOST_REMEMBERED) told.delete(told.keys().next().value!);
    try {
      await registrar.act([{ kind: "original.read", subject: sha256, body: { officer, component } }]);
    } catch (error) {
      told.delete(name);
      throw error;
    }
  };
}
