/** Until when the other component can answer a step of the mission's life: the mission's own time for a proposal. */
import { formatInstant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";

export function useAnswerDeadline(): () => string {
  const { mission } = useCentre();
  return () => formatInstant(centreNow() + mission.lapseHours * MICROSECONDS_PER_HOUR);
}
