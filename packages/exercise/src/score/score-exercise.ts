import type { Instant } from "@openjmc/model";
import { type ExerciseTruth, truthEnd } from "../truth/truth.ts";
import type { ObservedExercise } from "./observed.ts";
import { type AlertScore, scoreAlerts } from "./score-alerts.ts";
import { EVENT_RULES, type EventScore, scoreEvents } from "./score-events.ts";
import { scoreTracks, TRACK_RULES, type TrackScore } from "./score-tracks.ts";

/** What an exercise must reach. */
export const THRESHOLDS = { tracksFound: 0.95, eventsFound: 0.9, false: 0.05 } as const;

/** One threshold that was not reached. */
export interface ScoreFailure {
  readonly what:
    | "tracks-found"
    | "tracks-false"
    | "events-found"
    | "events-false"
    | "zone-alert-missed"
    | "zone-alert-false"
    | "ghost-missed"
    | "barrage-repeated"
    | "ghost-false"
    | "nothing-played";
  readonly expected: string;
  readonly got: string;
}

export interface ExerciseScore {
  readonly seed: string;
  readonly speed: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly tracks: Omit<TrackScore, "aircraftOf">;
  readonly events: Omit<EventScore, "fireOf">;
  readonly alerts: AlertScore;
  /** Messages that the driver could not hand over: nobody was connected, or nobody read. */
  readonly lostMessages: number;
  readonly rules: {
    readonly tracks: typeof TRACK_RULES;
    readonly events: typeof EVENT_RULES;
    readonly thresholds: typeof THRESHOLDS;
  };
  readonly failures: readonly ScoreFailure[];
  readonly passed: boolean;
}

/**
 * Scores what a centre made of an exercise against the truth. What counts as findable comes from the physics alone: an
 * aircraft that some receiver could receive for a minute, a round that four stations picked.
 */
export function scoreExercise(truth: ExerciseTruth, observed: ObservedExercise): ExerciseScore {
  const { aircraftOf, ...tracks } = scoreTracks(truth, observed.tracks);
  const { fireOf, ...events } = scoreEvents(truth, observed.events);
  const alerts = scoreAlerts(truth, observed.alerts, observed.events, aircraftOf, fireOf);
  const failures = failuresOf(tracks, events, alerts);
  return {
    seed: truth.scenario.seed,
    speed: truth.speed,
    from: truth.played[0]?.from ?? truth.scenario.startsAt,
    until: truthEnd(truth),
    tracks,
    events,
    alerts,
    lostMessages: truth.lostBytes.reduce((sum, lost) => sum + lost.messages, 0),
    rules: { tracks: TRACK_RULES, events: EVENT_RULES, thresholds: THRESHOLDS },
    failures,
    passed: failures.length === 0,
  };
}

function failuresOf(
  tracks: ExerciseScore["tracks"],
  events: ExerciseScore["events"],
  alerts: AlertScore,
): ScoreFailure[] {
  const failures: ScoreFailure[] = [];
  const check = (isMet: boolean, what: ScoreFailure["what"], expected: string, got: string): void => {
    if (!isMet) failures.push({ what, expected, got });
  };
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const least = (share: number): string => `at least ${percent(share)}`;
  const most = `at most ${percent(THRESHOLDS.false)}`;
  check(tracks.expected + events.expected > 0, "nothing-played", "something to find", "nothing");
  check(
    tracks.foundShare >= THRESHOLDS.tracksFound,
    "tracks-found",
    least(THRESHOLDS.tracksFound),
    percent(tracks.foundShare),
  );
  check(tracks.falseShare <= THRESHOLDS.false, "tracks-false", most, percent(tracks.falseShare));
  check(
    events.foundShare >= THRESHOLDS.eventsFound,
    "events-found",
    least(THRESHOLDS.eventsFound),
    percent(events.foundShare),
  );
  check(events.falseShare <= THRESHOLDS.false, "events-false", most, percent(events.falseShare));
  check(alerts.zone.missed.length === 0, "zone-alert-missed", "every zone alert raised", alerts.zone.missed.join(", "));
  check(alerts.zone.false.length === 0, "zone-alert-false", "no false zone alert", alerts.zone.false.join(", "));
  check(
    alerts.ceasefire.repeated.length === 0,
    "barrage-repeated",
    "one alert for a barrage",
    alerts.ceasefire.repeated.join(", "),
  );
  check(alerts.ghosts.missed.length === 0, "ghost-missed", "every ghost called one", alerts.ghosts.missed.join(", "));
  check(alerts.ghosts.false.length === 0, "ghost-false", "no aircraft called a ghost", alerts.ghosts.false.join(", "));
  return failures;
}
