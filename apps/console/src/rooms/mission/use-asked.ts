/** Questions that follow the clock: at its time, as known at its time where the view says so. */
import type { Instant } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { useShownTime } from "../../clock/clock-store.ts";
import { useView } from "../../url/view-store.ts";

/** Nothing here turns on seconds. */
const STEP = 60_000_000;
const STEP_MILLISECONDS = 60_000;
/** What others record shows after this time at the latest. */
const AGAIN_MILLISECONDS = 10_000;

export function useAsked<T>(name: string, read: (at: Instant, known?: Instant) => Promise<T>) {
  const { clock, basis } = useView();
  const shown = useShownTime(STEP_MILLISECONDS);
  const isLive = clock.mode === "live";
  // The minute that runs: what was stated a moment ago is not in the future.
  const at = isLive ? Math.ceil(shown / STEP) * STEP : shown;
  const known = isLive || basis === "happened" ? undefined : at;
  return useQuery({
    queryKey: ["mission", name, at, known],
    queryFn: () => read(at, known),
    placeholderData: (before) => before,
    refetchInterval: isLive ? AGAIN_MILLISECONDS : false,
  });
}
