/** Marks of the flights in the air, in the journal: after a crash nobody else knows what had been seen of them. */
import type { FlightJudgeState } from "@openjmc/agreement";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Journal } from "../journal/index.ts";
import type { LaneAlerts } from "./lane-alerts.ts";
import { changeOf } from "./lane-configuration.ts";

/** At most so much of a flight is lost. */
const PERIOD = 20 * MICROSECONDS_PER_SECOND;
/** A run that broke off left its last mark no longer than this before its end. */
const REACH = 3 * PERIOD;

export class FlightMarks {
  readonly #flights: Pick<LaneAlerts, "inAir" | "flying">;
  #marked = "";
  #markedAt = 0;

  constructor(flights: Pick<LaneAlerts, "inAir" | "flying">) {
    this.#flights = flights;
  }

  /** What is to be marked now: at once when flights have begun or ended, so that none is told twice, and from time to time. */
  due(at: Instant): FlightJudgeState | undefined {
    const inAir = this.#flights.inAir().join("|");
    if (inAir === this.#marked && (inAir === "" || at - this.#markedAt < PERIOD)) return undefined;
    this.#marked = inAir;
    this.#markedAt = at;
    return this.#flights.flying();
  }
}

/** What the journal's last run had seen of flights in the air, where it broke off. */
export async function flyingAtCrash(journal: Journal): Promise<FlightJudgeState | undefined> {
  if (journal.lastSequence === 0) return undefined;
  let end: Instant | undefined;
  for await (const { receivedAt, kind } of journal.readFromSequence(journal.lastSequence))
    end = kind === "fusion-stopped" ? undefined : receivedAt;
  if (end === undefined) return undefined;
  let flying: FlightJudgeState | undefined;
  for await (const record of journal.read(end - REACH, end + 1)) {
    // A run that had seen nothing yet goes on with what the one before it left.
    if (record.kind === "fusion-stopped") flying = undefined;
    else if (record.kind === "configuration") flying = changeOf(record).flying ?? flying;
  }
  return flying && flying.flown.length > 0 ? flying : undefined;
}
