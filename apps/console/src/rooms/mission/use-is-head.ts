/** Whether the officer here may commit the component. */
import { HEAD_ROLES } from "@openjmc/record";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";

export function useIsHead(): boolean {
  const { officer } = useOfficer();
  const { rows } = useFreshRows("officers");
  const roles = rows.find((row) => row.id === officer)?.roles ?? [];
  return roles.some((role) => HEAD_ROLES.includes(role));
}
