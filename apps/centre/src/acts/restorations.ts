/** Claims to new root keys whose delay has passed without an objection, as acts of the machine. */
import { formatInstant, type Instant } from "@openjmc/model";
import type { ReplayState } from "@openjmc/record";
import type { MachineAct } from "../registrar/registrar.ts";

export function restorationsDue(state: ReplayState, now: Instant): MachineAct[] {
  return [...state.claims.values()]
    .filter((claim) => claim.status === "open" && now > claim.earliest)
    .map((claim) => ({
      kind: "roots.restored",
      subject: claim.component,
      refs: [{ rel: "claim", sha256: claim.statementId }],
      body: { restores: claim.component, notBefore: formatInstant(claim.earliest) },
    }));
}
