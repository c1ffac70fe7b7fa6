/** Deadlines as instants. Where the text leaves zone or inclusiveness open, each possibility is a candidate of its own. */
import type { Instant } from "@openjmc/model";
import type { ProvisionEntry } from "../files/instrument-file.ts";
import { addDays, type Day, startOfDay } from "./local-time.ts";

/** One instant at which the time may be up: what happens before it is in time. */
export interface DeadlineCandidate {
  readonly day: Day;
  readonly inclusive: boolean;
  readonly timeZone: string;
  readonly at: Instant;
  /** Whose reading it is, where the mission says so. */
  readonly readBy: readonly string[];
}

/** All candidates of a provision's deadline, earliest first; none where it has no deadline. */
export function deadlineCandidates(provision: ProvisionEntry, day = provision.deadline?.day): DeadlineCandidate[] {
  const { deadline } = provision;
  if (!deadline || !day) return [];
  const choices = deadline.inclusive === "open" ? [false, true] : [deadline.inclusive === "inclusive"];
  return choices
    .flatMap((inclusive) => deadline.timeZones.map((timeZone) => candidate(provision, day, inclusive, timeZone)))
    .sort((left, right) => left.at - right.at);
}

function candidate(provision: ProvisionEntry, day: Day, inclusive: boolean, timeZone: string): DeadlineCandidate {
  const value = inclusive ? "inclusive" : "exclusive";
  const readBy = (provision.readings ?? []).filter((reading) => reading.value === value).map((reading) => reading.by);
  return { day, inclusive, timeZone, at: startOfDay(inclusive ? addDays(day, 1) : day, timeZone), readBy };
}
