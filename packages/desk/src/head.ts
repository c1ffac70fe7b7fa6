/** Acts that commit a whole component are its head's. Which acts those are, and who is a head, the record's rules say. */
import type { Fault } from "@openjmc/model";
import { STANDARD_KINDS } from "@openjmc/record";
import type { Draft } from "./draft.ts";
import { refusal } from "./refusal.ts";
import type { DeskState } from "./state.ts";

/** The same as a replay of the record will say of the statement, before anybody signs it. Error: `head.required`. */
export function headFault(state: DeskState, draft: Pick<Draft, "kind" | "component" | "role">): Fault | undefined {
  const wanted = STANDARD_KINDS.get(draft.kind)?.roles;
  const roles = state.officers.get(`${draft.component}/${draft.role}`)?.roles ?? [];
  return wanted === undefined || roles.some((one) => wanted.includes(one))
    ? undefined
    : refusal(
        "head.required",
        "role",
        `an officer of ${draft.component} with the role ${wanted.join(" or ")}`,
        draft.role ?? "",
      );
}
