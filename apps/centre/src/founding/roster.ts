/** Who a component begins with: the officers that the mission's files name for it, or the usual ones, and its node. */
import { FaultError, type MissionView } from "@openjmc/model";
import { HEAD_ROLES, NODE_ROLE } from "@openjmc/record";
import { nodeOfficer } from "../room/found-room.ts";
import type { OfficerDraft } from "../signer/signer-folder.ts";

/** The first officers of a component, its node's machine among them. Error (thrown): `founding.no-head`. */
export function rosterOf(view: Pick<MissionView, "officers">, component: string): readonly OfficerDraft[] {
  const named = view.officers
    .filter((officer) => officer.component === component)
    .map(({ id, roles }) => ({ id, roles }));
  const own = named.length > 0 ? named : usualOfficers(component);
  headOf(component, own);
  return [...own, { id: nodeOfficer(component), roles: [NODE_ROLE] }];
}

/** Who speaks for a component from the first day: without one it could never agree to a mission. Error (thrown): `founding.no-head`. */
export function headOf<T extends Pick<OfficerDraft, "roles">>(component: string, officers: readonly T[]): T {
  const head = officers.find(({ roles }) => roles.some((role) => HEAD_ROLES.includes(role)));
  if (head) return head;
  throw new FaultError({
    ...{ code: "founding.no-head", what: "officers of a component", where: { field: component } },
    expected: `an officer of ${component} with the role ${HEAD_ROLES.join(" or ")}`,
  });
}

/** The officers that a component begins with where the mission's files name none; it enrols others later. */
function usualOfficers(component: string): OfficerDraft[] {
  const draft = (suffix: string, role: string): OfficerDraft => ({ id: `${component}-${suffix}`, roles: [role] });
  return [
    draft("Head", "head-of-component"),
    draft("Duty-1", "duty-officer"),
    draft("Duty-2", "duty-officer"),
    draft("Engineer", "engineer"),
    draft("Liaison", "liaison-officer"),
  ];
}
