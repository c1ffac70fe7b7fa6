import { distanceBetween } from "@openjmc/geo";
import type { Instant } from "@openjmc/model";
import { FINDABLE_STATIONS } from "../truth/findable.ts";
import { type ExerciseTruth, wasPlayed } from "../truth/truth.ts";
import type { FireRecord, FireRound } from "../truth/truth-record.ts";
import { assign, type Pair } from "./assign.ts";
import type { ObservedEvent } from "./observed.ts";
import { type ErrorSummary, shareOf, summarizeErrors } from "./statistics.ts";

/** How located events are compared with fire. Stated in every report. */
export const EVENT_RULES = {
  /** A solution may be a round's within this time and distance. */
  gateSeconds: 3,
  gateMetres: 1000,
  /** A fire event is found if this share of its rounds that could be found was. */
  roundsShare: 0.5,
  /** Time that a centre has after the last sound, seconds. */
  settleSeconds: 30,
  /** Sound whose peak stands so far over a recorder's noise should be picked of its waveform. */
  plainDecibel: 20,
  /**
   * Longest time from a round to all of its truth being told, seconds: later solutions cannot be judged yet. A burst is told
   * as a whole, after its last round was heard at the farthest station.
   */
  toldSeconds: 120,
  /** Arrivals that are enough to place a round, in surroundings where some are of nothing: being told is counted from this one on. */
  neededArrivals: 5,
  /** Which class names are right for which source. */
  classes: {
    howitzer: "artillery",
    "tank-gun": "artillery",
    "mortar-120": "mortar",
    "mortar-82": "mortar",
    impact: "impact",
    autocannon: "autocannon",
  },
} as const;

export interface EventScore {
  readonly expected: number;
  readonly found: number;
  readonly foundShare: number;
  readonly missed: readonly string[];
  readonly observed: number;
  /** Solutions where nothing was fired, or a round's second one. */
  readonly false: readonly string[];
  readonly falseShare: number;
  readonly errorMetres: ErrorSummary;
  readonly originTimeErrorSeconds: ErrorSummary;
  readonly rounds: { readonly expected: number; readonly found: number };
  /** Of the bursts all of whose rounds could be found: how many have exactly as many solutions as rounds. */
  readonly bursts: { readonly expected: number; readonly countedExactly: number };
  /** Of sound that recording stations brought as waveforms and that stood out: how much of it solutions rest on, and how well timed. */
  readonly waveforms: {
    readonly expected: number;
    readonly used: number;
    readonly usedShare: number;
    readonly onsetErrorSeconds: ErrorSummary;
  };
  /** From the last arrival that was needed to the solution's being told: seconds of the exercise, so that at sixty times a beat is three. */
  readonly toldAfterSeconds: ErrorSummary;
  /** Of the true solutions: how many were given a class, and how many of these the right one. */
  readonly classes: { readonly expected: number; readonly named: number; readonly right: number };
  /** Which fire event each true solution is. */
  readonly fireOf: ReadonlyMap<string, string>;
}

/** A round with the fire event that it belongs to. */
interface Target {
  readonly fire: FireRecord;
  readonly round: FireRound;
}

/** Compares solutions with rounds: one solution, one round (or `count` rounds of one burst). */
export function scoreEvents(truth: ExerciseTruth, observed: readonly ObservedEvent[]): EventScore {
  const targets = truth.fire.flatMap((fire) => fire.rounds.map((round) => ({ fire, round })));
  const judged = observed.filter((event) => isToldOf(truth, event.originTime));
  const pairs = pairsOf(judged, targets);
  const paired = assign(judged.length, pairs);
  const credited = new Map<string, number>();
  const hits = [...paired].map(([left, right]) => ({ event: judged[left]!, target: targets[right]! }));
  for (const { event, target } of hits)
    credited.set(target.fire.event, (credited.get(target.fire.event) ?? 0) + Math.max(1, event.count));
  const fires = truth.fire.filter((fire) => isExpected(truth, fire));
  const missed = fires.filter(
    (fire) => (credited.get(fire.event) ?? 0) < EVENT_RULES.roundsShare * findableRounds(fire),
  );
  const falseEvents = judged.filter((_, index) => !paired.has(index)).map((event) => event.id);
  return {
    expected: fires.length,
    found: fires.length - missed.length,
    foundShare: shareOf(fires.length - missed.length, fires.length),
    missed: missed.map((fire) => fire.event),
    observed: judged.length,
    false: falseEvents,
    falseShare: judged.length === 0 ? 0 : falseEvents.length / judged.length,
    errorMetres: summarizeErrors(hits.map(({ event, target }) => distanceBetween(event, target.fire))),
    originTimeErrorSeconds: summarizeErrors(
      hits
        .filter(({ event }) => event.count === 1)
        .map(({ event, target }) => Math.abs(event.originTime - target.round.at) / 1e6),
    ),
    rounds: countRounds(fires, credited),
    bursts: countBursts(fires, credited),
    waveforms: scoreWaveforms(hits),
    toldAfterSeconds: summarizeErrors(hits.flatMap(({ event }) => toldAfter(event) ?? [])),
    classes: scoreClasses(hits),
    fireOf: new Map(hits.map(({ event, target }) => [event.id, target.fire.event])),
  };
}

/** Absent where too little is known of it. */
function toldAfter({ toldAt, arrivals = [] }: ObservedEvent): number | undefined {
  const times = arrivals.map(({ at }) => at).sort((one, other) => one - other);
  const needed = times[EVENT_RULES.neededArrivals - 1];
  return toldAt === undefined || needed === undefined ? undefined : Math.max(0, (toldAt - needed) / 1e6);
}

function scoreClasses(
  hits: readonly { readonly event: ObservedEvent; readonly target: Target }[],
): EventScore["classes"] {
  const names: Readonly<Partial<Record<string, string>>> = EVENT_RULES.classes;
  const typed = hits.flatMap(({ event: { what }, target: { fire } }) => {
    const right = names[fire.class];
    return right === undefined ? [] : [{ isNamed: what !== undefined, isRight: what === right }];
  });
  return {
    expected: typed.length,
    named: typed.filter(({ isNamed }) => isNamed).length,
    right: typed.filter(({ isRight }) => isRight).length,
  };
}

/** The onset's error holds the station's clock, so far as the centre did not find it out. */
function scoreWaveforms(hits: readonly { readonly event: ObservedEvent; readonly target: Target }[]) {
  const errors: number[] = [];
  let expected = 0;
  for (const { event, target } of hits)
    for (const { station, at, overNoiseDecibel } of target.round.recordedBy ?? []) {
      if (overNoiseDecibel < EVENT_RULES.plainDecibel) continue;
      expected += 1;
      const arrival = event.arrivals?.find((one) => one.station === station);
      if (arrival) errors.push(Math.abs(arrival.at - at) / 1e6);
    }
  return {
    expected,
    used: errors.length,
    usedShare: shareOf(errors.length, expected),
    onsetErrorSeconds: summarizeErrors(errors),
  };
}

function pairsOf(observed: readonly ObservedEvent[], targets: readonly Target[]): Pair[] {
  const pairs: Pair[] = [];
  observed.forEach((event, left) => {
    targets.forEach(({ fire, round }, right) => {
      const seconds = Math.abs(event.originTime - round.at) / 1e6;
      if (seconds > EVENT_RULES.gateSeconds) return;
      const metres = distanceBetween(event, fire);
      if (metres > EVENT_RULES.gateMetres) return;
      const cost = (seconds / EVENT_RULES.gateSeconds) ** 2 + (metres / EVENT_RULES.gateMetres) ** 2;
      pairs.push({ left, right, cost });
    });
  });
  return pairs;
}

/** Whether all fire at an instant is told: solutions near the ends of what was played may be of something that is not (yet). */
export function isToldOf(truth: ExerciseTruth, instant: Instant): boolean {
  return wasPlayed(truth, instant, instant + EVENT_RULES.toldSeconds * 1_000_000);
}

/** Whether a centre had time for it, and all its solutions can be judged: those may be earlier or later by the gate. */
function isExpected(truth: ExerciseTruth, fire: FireRecord): boolean {
  const { settleSeconds, toldSeconds, gateSeconds } = EVENT_RULES;
  const due = Math.max(
    fire.at + settleSeconds * 1_000_000,
    fire.rounds.at(-1)!.at + (toldSeconds + gateSeconds) * 1_000_000,
  );
  return findableRounds(fire) > 0 && wasPlayed(truth, fire.occurredAt, due);
}

function findableRounds(fire: FireRecord): number {
  return fire.rounds.filter((round) => round.heardBy.length >= FINDABLE_STATIONS).length;
}

function countRounds(fires: readonly FireRecord[], credited: ReadonlyMap<string, number>): EventScore["rounds"] {
  const expected = fires.reduce((sum, fire) => sum + findableRounds(fire), 0);
  const found = fires.reduce((sum, fire) => sum + Math.min(findableRounds(fire), credited.get(fire.event) ?? 0), 0);
  return { expected, found };
}

function countBursts(fires: readonly FireRecord[], credited: ReadonlyMap<string, number>): EventScore["bursts"] {
  const bursts = fires.filter((fire) => fire.rounds.length > 1 && findableRounds(fire) === fire.rounds.length);
  const exact = bursts.filter((fire) => credited.get(fire.event) === fire.rounds.length);
  return { expected: bursts.length, countedExactly: exact.length };
}
