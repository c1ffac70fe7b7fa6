/** Acts that commit a whole component are its head's. */
import type { Fault } from "@openjmc/model";
import type { Draft } from "./decide.ts";
import { refusal } from "./refusal.ts";
import type { DeskState } from "./state.ts";

const HEADS: readonly string[] = ["head-of-component", "deputy-head"];

/** Error: `head.required`. */
export function headFault(state: DeskState, { component, role }: Pick<Draft, "component" | "role">): Fault | undefined {
  const roles = state.officers.get(`${component}/${role}`)?.roles ?? [];
  return roles.some((one) => HEADS.includes(one))
    ? undefined
    : refusal("head.required", "role", `an officer of ${component} with the role ${HEADS.join(" or ")}`, role ?? "");
}
