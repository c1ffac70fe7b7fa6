/** The review queue of this tab's officer. */
import { clocksOf } from "@openjmc/model";
import { useMemo } from "react";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { useStore } from "../../state/store.ts";
import { type QueueItem, queueOf } from "./queue.ts";
import { reviewed } from "./reviewed.ts";
import { useAlarms } from "./use-alarms.ts";

/** The queue of the signed-in officer's component, without what the officer has put aside. */
export function useQueue(): readonly QueueItem[] {
  const { component } = useOfficer();
  const alerts = useFreshRows("alerts").rows;
  const findings = useFreshRows("findings").rows;
  const incidents = useFreshRows("incidents").rows;
  const allegations = useFreshRows("allegations").rows;
  const sources = useFreshRows("sources").rows;
  const sorties = useFreshRows("sorties").rows;
  const collection = useFreshRows("collection").rows;
  const alarms = useAlarms(component);
  const { mission } = useCentre();
  const now = useShownTime(10_000);
  const aside = useStore(reviewed);
  return useMemo(
    () =>
      queueOf(
        { alerts, findings, incidents, allegations, sources, sorties, collection, alarms, clocks: clocksOf(mission) },
        component,
        now,
      ).filter((item) => !aside.has(item.key)),
    [alerts, findings, incidents, allegations, sources, sorties, collection, alarms, mission, component, now, aside],
  );
}

export function useQueueLength(): number {
  return useQueue().length;
}
