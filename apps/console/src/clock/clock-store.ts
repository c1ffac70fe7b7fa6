/** The clock of this tab: fed by the centre, set by the view, read by every screen. */
import type { Instant } from "@openjmc/model";
import { useSyncExternalStore } from "react";
import { createStore } from "../state/store.ts";
import type { ClockSetting } from "../url/view-state.ts";
import { changeView, view } from "../url/view-store.ts";
import { type CentreClock, centreTime, type RunningSetting, shownTime } from "./clock.ts";

const centre = createStore<CentreClock>({ now: Date.now() * 1000, heardAtMilliseconds: performance.now(), speed: 1 });
const running = createStore<RunningSetting>({ setting: view.get().clock, madeAtMilliseconds: performance.now() });

view.subscribe(() => {
  const setting = view.get().clock;
  if (setting !== running.get().setting) running.set({ setting, madeAtMilliseconds: performance.now() });
});

/** Takes the centre's time as it was said this moment. */
export function hearCentreTime(now: Instant, speed: number): void {
  centre.set({ now, speed, heardAtMilliseconds: performance.now() });
}

/** The centre's time now. */
export function centreNow(): Instant {
  return centreTime(centre.get(), performance.now());
}

/** How fast the centre's clock runs against the wall's. */
export function centreSpeed(): number {
  return centre.get().speed;
}

/** The time that the views show now. */
export function shownNow(): Instant {
  return shownTime(running.get(), centre.get(), performance.now());
}

export function setClock(setting: ClockSetting): void {
  changeView({ clock: setting }, "replace");
}

/** Stops where the views stand, or goes on from there: live if that is the centre's time, in replay if it is past. */
export function togglePlay(rate: number): void {
  const setting = view.get().clock;
  if (setting.mode === "fixed") setClock({ mode: "replay", at: setting.at, rate });
  else setClock({ mode: "fixed", at: shownNow() });
}

/** Steps by a number of microseconds and stands there; a step past the centre's time goes live. */
export function stepClock(microseconds: number): void {
  const at = shownNow() + microseconds;
  setClock(at >= centreNow() ? { mode: "live" } : { mode: "fixed", at });
}

/** Shown time, rounded down to steps of `stepMilliseconds` of this machine's time, so that a screen renders no oftener. */
export function useShownTime(stepMilliseconds = 1000): Instant {
  return useSyncExternalStore(
    (listener) => watch(listener, stepMilliseconds),
    () => snapshot(stepMilliseconds),
  );
}

const snapshots = new Map<number, { readonly step: number; readonly setting: RunningSetting; readonly at: Instant }>();

function snapshot(stepMilliseconds: number): Instant {
  const step = Math.floor(performance.now() / stepMilliseconds);
  const last = snapshots.get(stepMilliseconds);
  if (last !== undefined && last.step === step && last.setting === running.get()) return last.at;
  const at = shownNow();
  snapshots.set(stepMilliseconds, { step, setting: running.get(), at });
  return at;
}

function watch(listener: () => void, stepMilliseconds: number): () => void {
  const timer = setInterval(listener, stepMilliseconds);
  const unsubscribe = running.subscribe(listener);
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
