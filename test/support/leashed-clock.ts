/** A fast clock for a centre in the test's own process: it waits where the process is held up, as everything else in it does. */
import type { Instant } from "@openjmc/model";
import { type ScenarioClock, wallNow } from "../../apps/centre/src/clock.ts";

const BEAT_MILLISECONDS = 10;
/** Wall microseconds that pass at most between two beats. */
const LEASH = 20_000;

/** Stands at `instant` until it is started; answers `speed` times the wall's time since, as far as the process kept pace. */
export function leashedClock(instant: Instant, speed: number): ScenarioClock {
  let run = 0;
  let beatAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const since = (): number => (beatAt === undefined ? 0 : Math.min(LEASH, wallNow() - beatAt));
  const beat = (): void => {
    run += since();
    beatAt = wallNow();
  };
  return {
    speed,
    now: () => Math.round(instant + (run + since()) * speed),
    start: () => {
      beatAt = wallNow();
      timer = setInterval(beat, BEAT_MILLISECONDS);
      return beatAt;
    },
    stop: () => {
      beat();
      clearInterval(timer);
      beatAt = undefined;
    },
  };
}
