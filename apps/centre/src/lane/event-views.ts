/** Which of the locator's solutions are shown as events, and their rows. */
import { type EventChange, FIELD_MODELS, rolesOf, type SourceSignature } from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import { type EventRow, type Instant, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND } from "@openjmc/model";

/**
 * What a solution must be before it is shown as an event: an ellipse that says where, and odds that leave little to chance.
 * A centre would rather wait for one more arrival than raise an alert for something that was not.
 */
const SHOWN_ELLIPSE_METRES = 250;
const SHOWN_LOG_ODDS = 18;
/** Of what far arrays alone heard: a place within a region, by three of them or more. */
const FAR_ELLIPSE_METRES = 150_000;
const FAR_LOG_ODDS = 5;
/** Longer than any event is revised. */
const TOLD_MEMORY = 6 * MICROSECONDS_PER_HOUR;
const SHOWN_MEMORY = 300 * MICROSECONDS_PER_SECOND;
/** A solution is a shadow of one with so much better odds, so near in time, and in this ring around it. */
const SHADOW_RATIO = 1.25;
const SHADOW_TIME = 6 * MICROSECONDS_PER_SECOND;
const SHADOW_NEAREST_METRES = 250;
const SHADOW_FARTHEST_METRES = 2_500;

export class EventViews {
  readonly #idOf: (name: string) => string;
  readonly #signatures: readonly SourceSignature[];
  readonly #shown = new Map<number, EventChange>();
  readonly #firstSolved = new Map<number, Instant>();

  /** `idOf`: the stable id of what has this name in this run of fusion. `signatures`: what the locator named the classes by. */
  constructor(idOf: (name: string) => string, signatures: readonly SourceSignature[] = FIELD_MODELS.signatures) {
    this.#idOf = idOf;
    this.#signatures = signatures;
  }

  /** Rows of what is to be shown of these changes, before zones are known. */
  rowsOf(changes: readonly EventChange[], at: Instant): EventRow[] {
    return changes.flatMap((change) => this.#shownChange(change) ?? []).map((change) => this.#row(change, at));
  }

  /** What may be shown of a change: the change itself, its withdrawal, or nothing. Once shown, an event is followed to its end. */
  #shownChange(change: EventChange): EventChange | undefined {
    const isStanding = change.status === "live" || change.status === "settled";
    const isFar = isOfFarArrays(change);
    const metres = isFar ? FAR_ELLIPSE_METRES : SHOWN_ELLIPSE_METRES;
    const isGood =
      change.ellipse95.semiMajorMetres <= metres && change.logOdds >= (isFar ? FAR_LOG_ODDS : SHOWN_LOG_ODDS);
    const wasShown = this.#shown.has(change.key);
    if (isStanding && !isFar && this.#isShadow(change)) {
      this.#shown.delete(change.key);
      return wasShown ? { ...change, status: "withdrawn" } : undefined;
    }
    if (!wasShown && !(isStanding && isGood)) return undefined;
    if (isStanding) this.#shown.set(change.key, change);
    else this.#shown.delete(change.key);
    return change;
  }

  /** A weaker solution beside a stronger one, near in place and time but not the same place: most likely its arrivals taken twice. */
  #isShadow(change: EventChange): boolean {
    for (const [key, other] of this.#shown) {
      if (change.originTime - other.originTime > SHOWN_MEMORY) this.#shown.delete(key);
      if (key === change.key || Math.abs(change.originTime - other.originTime) > SHADOW_TIME) continue;
      if (change.logOdds * SHADOW_RATIO > other.logOdds) continue;
      const apart = distanceBetween(change, other);
      if (apart > SHADOW_NEAREST_METRES && apart < SHADOW_FARTHEST_METRES) return true;
    }
    return false;
  }

  /** In the order in which they were first told, so that the oldest stand first. */
  #forgetBefore(instant: Instant): void {
    for (const [key, firstSolvedAt] of this.#firstSolved) {
      if (firstSolvedAt >= instant) return;
      this.#firstSolved.delete(key);
    }
  }

  #flightOf({ flight }: EventChange): Pick<EventRow, "flight"> {
    if (flight === undefined || !this.#firstSolved.has(flight.other)) return {};
    const { role, other, seconds, metres, probability } = flight;
    return { flight: { role, event: this.#idOf(`event|${other}`), seconds, metres, probability } };
  }

  #row(change: EventChange, at: Instant): EventRow {
    const firstSolvedAt = this.#firstSolved.get(change.key) ?? at;
    this.#firstSolved.set(change.key, firstSolvedAt);
    // A settled event has a last revision yet.
    if (change.status === "withdrawn" || change.status === "merged") this.#firstSolved.delete(change.key);
    this.#forgetBefore(at - TOLD_MEMORY);
    return {
      id: this.#idOf(`event|${change.key}`),
      version: change.version,
      originTime: change.originTime,
      originTimeErrorSeconds: change.originTimeErrorSeconds,
      lon: change.lon,
      lat: change.lat,
      ellipse: change.ellipse95,
      kind: isOfFarArrays(change) ? "other" : change.what === "small-arms" ? "shot" : "explosion",
      count: 1,
      countUnit: change.what === "small-arms" ? "shot" : "explosion",
      classes: change.classification,
      ...(isOfFarArrays(change) ? {} : { roles: rolesOf(change.classification, this.#signatures) }),
      arrivals: change.arrivals
        .filter((arrival) => Number.isFinite(arrival.residualSeconds))
        .map((arrival) => ({
          station: arrival.station,
          at: arrival.at,
          residualSeconds: arrival.residualSeconds,
          used: true,
        })),
      stations: [...new Set(change.arrivals.map((arrival) => arrival.station))].sort(),
      burst: {
        event: this.#idOf(`event|${change.burst.key}`),
        rounds: change.burst.rounds,
        spanSeconds: change.burst.spanSeconds,
      },
      ...this.#flightOf(change),
      status: change.status === "live" ? "automatic" : change.status,
      ...(change.mergedInto === undefined ? {} : { mergedInto: this.#idOf(`event|${change.mergedInto}`) }),
      zones: [],
      firstSolvedAt,
    };
  }
}

/** Thunder of a region, a bolide, a blast: what far arrays hear may be anything, and is called nothing. */
function isOfFarArrays({ arrivals }: EventChange): boolean {
  return arrivals.length > 0 && arrivals.every(({ phase }) => phase === "I");
}
