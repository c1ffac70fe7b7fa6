/** The judge: picture in, alert decisions out. Pure and deterministic; the only clock is what the calls say. */
import type { EventRow, Instant, MissionView, NotifiedFlight, SourceRow, ZoneVersion } from "@openjmc/model";
import type { AlertDecision } from "./decision.ts";
import type { JudgedTrack } from "./encounter.ts";
import { EventJudge, type EventJudgement, type EventJudgeState } from "./event-judge.ts";
import { FlightJudge, type FlightJudgeState } from "./flight-judge.ts";
import { SourceJudge, type SourceJudgeState } from "./source-judge.ts";
import { TrackJudge, type TrackJudgement, type TrackJudgeState } from "./track-judge.ts";
import { prepareZones } from "./watched-zones.ts";

/** Everything the judge remembers, as plain data. */
export interface JudgeState {
  readonly tracks: TrackJudgeState;
  readonly flown: FlightJudgeState;
  readonly events: EventJudgeState;
  readonly sources: SourceJudgeState;
  readonly flights: readonly NotifiedFlight[];
}

/** What a judge works by: rules and flights of a mission, and the zones that are judged. A whole mission fits. */
export interface JudgedMission {
  readonly view: Pick<MissionView, "rules" | "flights" | "heights">;
  readonly judgedZones: readonly ZoneVersion[];
}

/** Judges a mission's picture against its rules. Same calls, same answers. */
export interface Judge {
  /** Judges one changed track; `at` is the instant of the decision. */
  track(track: JudgedTrack, at: Instant): TrackJudgement;
  /** Judges one new, revised, settled, withdrawn or merged event. */
  event(row: EventRow, at: Instant): EventJudgement;
  /** Judges one source's state; must be told at least every few seconds, also of what has not changed. */
  source(row: SourceRow, at: Instant): readonly AlertDecision[];
  /** Lets time pass: barrages end, growth is told, lost tracks are given up, flights seen no more are told. */
  tick(at: Instant): readonly AlertDecision[];
  /** The watch stops: what has been seen of flights in the air is told. */
  stop(at: Instant): readonly AlertDecision[];
  /** Flights notified through the record, in place of those given before; the mission's own stay. */
  setFlights(flights: readonly NotifiedFlight[]): void;
  /** Flights in the air: which, and all that has been seen of them. */
  inAir(): readonly string[];
  flying(): FlightJudgeState;
  /** Goes on with the flights of an earlier watch that could not end. */
  goOn(flying: FlightJudgeState): void;
  snapshot(): JudgeState;
  /** Takes over what another judge remembers; what belongs to rules that this one does not have is forgotten. */
  restore(state: JudgeState): void;
}

/** Makes the judge of a mission: its rules, its judged zones, its notified flights. */
export function createJudge(mission: JudgedMission): Judge {
  const zones = prepareZones(mission.judgedZones);
  const { rules } = mission.view;
  let notified: readonly NotifiedFlight[] = [];
  let flights = mission.view.flights;
  const tracks = new TrackJudge(rules, zones, () => flights);
  const flown = new FlightJudge(rules, () => flights);
  const events = new EventJudge(rules, zones);
  const sources = new SourceJudge(rules);

  function setFlights(added: readonly NotifiedFlight[]): void {
    notified = [...added];
    flights = [...mission.view.flights, ...notified];
  }

  return {
    track(track, at) {
      const judged = tracks.judge(track, at);
      const deviations = flown.judge(track, at, judged);
      return deviations.length === 0 ? judged : { ...judged, decisions: [...judged.decisions, ...deviations] };
    },
    event: (row, at) => events.judge(row, at),
    source: (row, at) => sources.judge(row, at),
    tick: (at) => [...tracks.tick(at), ...flown.tick(at), ...events.tick(at)],
    stop: (at) => flown.stop(at),
    setFlights,
    inAir: () => flown.inAir(),
    flying: () => flown.snapshot(),
    goOn: (state) => flown.goOn(state),
    snapshot: () => ({
      tracks: tracks.snapshot(),
      flown: flown.snapshot(),
      events: events.snapshot(),
      sources: sources.snapshot(),
      flights: structuredClone(notified),
    }),
    restore(state) {
      tracks.restore(state.tracks);
      flown.restore(state.flown);
      events.restore(state.events);
      sources.restore(state.sources);
      setFlights(state.flights);
    },
  };
}
