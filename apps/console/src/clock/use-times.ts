/** Times as the reader wants them: in UTC or in the mission's zone; the zone is always written. */
import type { Instant } from "@openjmc/model";
import { useCentre } from "../centre/use-centre.ts";
import { createStore, useStore } from "../state/store.ts";
import { useWords } from "../words/use-words.tsx";

const KEPT = "openjmc-time-zone";
const zone = createStore<"utc" | "mission">(localStorage.getItem(KEPT) === "mission" ? "mission" : "utc");

export function setZone(next: "utc" | "mission"): void {
  localStorage.setItem(KEPT, next);
  zone.set(next);
}

export interface Times {
  readonly zone: "utc" | "mission";
  dateTime(at: Instant): string;
  time(at: Instant): string;
  date(at: Instant): string;
}

export function useTimes(): Times {
  const { formats } = useWords();
  const chosen = useStore(zone);
  const { timeZone: missionZone } = useCentre().mission;
  const timeZone = chosen === "mission" ? missionZone : "UTC";
  return {
    zone: chosen,
    dateTime: (at) => formats.dateTime(at, { timeZone }),
    time: (at) => formats.time(at, { timeZone }),
    date: (at) => formats.date(at, { timeZone }),
  };
}
