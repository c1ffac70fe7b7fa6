/** Who a component begins with: the officers that the mission's files name for it, or the usual ones, and its node. */
import type { MissionView } from "@openjmc/model";
import { NODE_ROLE } from "@openjmc/record";
import { nodeOfficer } from "../room/found-room.ts";
import type { OfficerDraft } from "../signer/signer-folder.ts";

/** The first officers of a component, its node's machine among them. */
export function rosterOf(view: Pick<MissionView, "officers">, component: string): readonly OfficerDraft[] {
  const named = view.officers
    .filter((officer) => officer.component === component)
    .map(({ id, roles }) => ({ id, roles }));
  const own = named.length > 0 ? named : usualOfficers(component);
  return [...own, { id: nodeOfficer(component), roles: [NODE_ROLE] }];
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
