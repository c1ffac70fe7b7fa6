/** Notified flights of a mission file, with those flown again in an exercise written out. */
import { type Fault, type Instant, MICROSECONDS_PER_SECOND, type NotifiedFlight } from "@openjmc/model";
import type { FlightEntry, FlightsFile } from "../files/flights-file.ts";
import type { MissionDocument } from "../shape/document.ts";
import { readMomentFrom } from "./times.ts";
import { take } from "./zones.ts";

/** All flights of one file. `start` is the exercise's start, from which relative times count. */
export function readFlights(
  document: MissionDocument<FlightsFile>,
  start: Instant | undefined,
  faults: Fault[],
): NotifiedFlight[] {
  return document.value.flights.flatMap((entry, index) => {
    const place = (field: string) => document.place(["flights", index, field]);
    const from = take(readMomentFrom(entry.from, start), place("from"), faults);
    const until = take(readMomentFrom(entry.until, start), place("until"), faults);
    const notifiedAt = take(readMomentFrom(entry.notifiedAt, start), place("notifiedAt"), faults);
    if (from === undefined || until === undefined || notifiedAt === undefined) return [];
    if (until <= from) {
      faults.push({
        code: "mission.span-empty",
        what: "flight",
        where: place("until"),
        expected: "an end after the beginning",
      });
      return [];
    }
    return repeats(entry, { from, until, notifiedAt }, start !== undefined);
  });
}

function repeats(
  entry: FlightEntry,
  times: { from: Instant; until: Instant; notifiedAt: Instant },
  fictional: boolean,
): NotifiedFlight[] {
  const {
    repeatEverySeconds = 0,
    repeatCount = 1,
    id,
    from: _from,
    until: _until,
    notifiedAt: _notified,
    ...rest
  } = entry;
  return Array.from({ length: repeatCount }, (_, round) => {
    const shift = round * repeatEverySeconds * MICROSECONDS_PER_SECOND;
    return {
      ...rest,
      id: round === 0 ? id : `${id}-${round + 1}`,
      from: times.from + shift,
      until: times.until + shift,
      notifiedAt: times.notifiedAt,
      fictional,
    };
  });
}
