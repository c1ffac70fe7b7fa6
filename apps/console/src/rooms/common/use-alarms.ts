/** The states of alarms as this tab's rows tell them. */
import { type AlarmContext, alarmContext } from "@openjmc/model";
import { useMemo } from "react";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";

/** For one component's officer; for all components where none is named. */
export function useAlarms(component?: string): AlarmContext {
  const alerts = useFreshRows("alerts").rows;
  const holds = useFreshRows("holds").rows;
  const { mission } = useCentre();
  const now = useShownTime(10_000);
  return useMemo(
    () => alarmContext(alerts, holds, { setting: mission, now, ...(component === undefined ? {} : { component }) }),
    [alerts, holds, mission, component, now],
  );
}
