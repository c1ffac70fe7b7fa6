/** Both heads are called where a component leaves an alert unanswered: a machine's act, as nobody of that component does it. */
import type { Mission } from "@openjmc/agreement";
import { type DeskState, unansweredAlerts } from "@openjmc/desk";
import { clocksOf, type Instant } from "@openjmc/model";
import type { MachineAct } from "../registrar/registrar.ts";

/** What is owed to the record at an instant: one call for each alert, whatever becomes of it. */
export function headsCalls(desk: DeskState, { view }: Mission, now: Instant): MachineAct[] {
  if (desk.life.purpose === "annotations") return [];
  const components = view.components.map(({ code }) => code);
  return unansweredAlerts(desk, components, now, clocksOf(view)).map(({ alert, silent }) => ({
    ...{ kind: "heads.called", subject: alert, body: { silent } },
  }));
}
