/** The arithmetic of the one clock: pure, given the wall's time. */
import type { Instant } from "@openjmc/model";
import type { ClockSetting } from "../url/view-state.ts";

/** The centre's clock as last heard: what it said, when that was on this machine's monotonic clock, and how fast it runs. */
export interface CentreClock {
  readonly now: Instant;
  readonly heardAtMilliseconds: number;
  readonly speed: number;
}

/** The centre's time at a monotonic time of this machine. */
export function centreTime(clock: CentreClock, monotonicMilliseconds: number): Instant {
  return Math.round(clock.now + (monotonicMilliseconds - clock.heardAtMilliseconds) * 1000 * clock.speed);
}

/** A setting with the monotonic time at which it was made, from which a replay runs. */
export interface RunningSetting {
  readonly setting: ClockSetting;
  readonly madeAtMilliseconds: number;
}

/** The instant that every view shows. A replay that catches up with the centre stands at the centre's time. */
export function shownTime(running: RunningSetting, centre: CentreClock, monotonicMilliseconds: number): Instant {
  const live = centreTime(centre, monotonicMilliseconds);
  const { setting } = running;
  if (setting.mode === "live") return live;
  if (setting.mode === "fixed") return setting.at;
  const passed = (monotonicMilliseconds - running.madeAtMilliseconds) * 1000 * setting.rate;
  return Math.min(live, Math.round(setting.at + passed));
}

/** Lengths of the clock's window, in minutes: the arrows step by exactly one window, the slider spans many. */
export const WINDOW_MINUTES = [1, 5, 15, 60, 360] as const;

/** Rates of replay that the console offers. */
export const REPLAY_RATES = [1, 5, 20, 60] as const;

/** Windows that the slider spans. */
export const WINDOWS_SHOWN = 12;
