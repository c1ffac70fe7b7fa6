import type { Instant } from "@openjmc/model";
import type { ZoneStay } from "../air/zone-stay.ts";
import { instantOf } from "../play/time.ts";
import { observationOf } from "../sound/blast.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import type { Stroke } from "../sound/thunder.ts";
import type { Stage } from "../stage.ts";
import type { Jamming } from "../trouble/jamming.ts";
import { isFindable } from "../truth/findable.ts";
import type { ExpectedAlertRecord, FireRecord, TruthRecord } from "../truth/truth-record.ts";
import type { AirPlan } from "./air-plan.ts";
import { expectGhostAlert } from "./ghost-plan.ts";
import type { SoundEpisode } from "./sound-plan.ts";
import type { Timetable } from "./timetable.ts";

/** Time in which a centre must have raised an alert once everything that it rests on has come in. */
const ALERT_GRACE_SECONDS = 60;

/** All truth of an episode that is known once its plan stands; aircraft tell their states themselves. */
export function tellTruth(
  stage: Stage,
  table: Timetable,
  air: AirPlan,
  sound: SoundEpisode,
  jammings: readonly Jamming[],
): TruthRecord[] {
  const { startsAt } = stage.options;
  const fire = sound.fire.map((event) => tellFire(stage, event, sound));
  return [
    ...fire,
    ...fire.flatMap((record) => expectCeasefireAlerts(record)),
    ...sound.strokes.flatMap((stroke) => tellThunder(stage, stroke, sound)),
    ...air.stays.flatMap((stay) => tellStay(stage, stay)),
    ...air.aircraft
      .filter((aircraft) => aircraft.emitter !== undefined)
      .flatMap((ghost) => expectGhostAlert(stage, ghost, jammings)),
    ...jammings.flatMap((jamming) => tellJamming(startsAt, jamming)),
    ...tellDeath(startsAt, table, sound),
  ];
}

function tellFire(stage: Stage, event: FireEvent, sound: SoundEpisode): FireRecord {
  const { startsAt } = stage.options;
  const { soundscape } = sound;
  const heard = soundscape.roundsHeard.get(event.id)!;
  const lastRound = event.rounds.at(-1)!.seconds;
  return {
    type: "fire",
    at: instantOf(startsAt, Math.max(lastRound, soundscape.lastHeard.get(event.id) ?? lastRound) + 5),
    event: event.id,
    class: event.blast.class,
    observation: observationOf(event.blast.class),
    occurredAt: instantOf(startsAt, event.rounds[0]!.seconds),
    lon: event.lon,
    lat: event.lat,
    rounds: event.rounds.map((round, index) => ({
      at: instantOf(startsAt, round.seconds),
      heardBy: heard[index]!,
      ...(stage.posts.length === 0 ? {} : { recordedBy: recordedBy(stage, event, index, sound) }),
    })),
    zones: stage.ceasefireAreas.filter(({ area }) => area.contains(event.lon, event.lat)).map(({ zone }) => zone),
  };
}

function recordedBy(stage: Stage, event: FireEvent, round: number, { waves }: SoundEpisode) {
  return [...waves].flatMap(([station, heard]) => {
    const wave = heard.find((one) => one.path === event.id && one.round === round);
    if (wave?.overNoiseDecibel === undefined) return [];
    const overNoiseDecibel = Math.round(wave.overNoiseDecibel * 10) / 10;
    return [{ station, at: instantOf(stage.options.startsAt, wave.seconds), overNoiseDecibel }];
  });
}

function expectCeasefireAlerts(fire: FireRecord): ExpectedAlertRecord[] {
  if (!isFindable(fire)) return [];
  const until = fire.rounds.at(-1)!.at;
  return fire.zones.map((zone) => ({
    type: "expected-alert",
    at: fire.at + ALERT_GRACE_SECONDS * 1_000_000,
    rule: "ceasefire-event",
    subject: fire.event,
    zone,
    from: fire.occurredAt,
    until,
  }));
}

function tellThunder(stage: Stage, stroke: Stroke, { soundscape }: SoundEpisode): TruthRecord[] {
  const heardBy = soundscape.thunderHeard.get(stroke.id);
  if (heardBy === undefined) return [];
  const { startsAt } = stage.options;
  const middle = stroke.pieces[Math.floor(stroke.pieces.length / 2)]!;
  const lonLat = new Float64Array(2);
  stage.soundFrame.toSurface(middle.east, middle.north, lonLat);
  const at = instantOf(startsAt, soundscape.lastHeard.get(stroke.id)! + 5);
  const occurredAt = instantOf(startsAt, stroke.seconds);
  return [{ type: "thunder", at, occurredAt, lon: lonLat[0]!, lat: lonLat[1]!, heardBy }];
}

function tellStay(stage: Stage, stay: ZoneStay): TruthRecord[] {
  const { startsAt } = stage.options;
  const notified = stay.aircraft.role === "notified";
  const enteredAt = instantOf(startsAt, stay.fromSeconds);
  const leftAt = instantOf(startsAt, stay.untilSeconds);
  const told: TruthRecord = {
    type: "zone-stay",
    at: leftAt,
    aircraft: stay.aircraft.id,
    zone: stay.zone.id,
    version: stay.zone.version,
    enteredAt,
    leftAt,
    notified,
    beyondDoubtSeconds: stay.beyondDoubtSeconds,
  };
  if (notified || !Number.isFinite(stay.establishedSeconds)) return [told];
  const at = instantOf(startsAt, stay.establishedSeconds + ALERT_GRACE_SECONDS);
  const subject = stay.aircraft.id;
  return [
    told,
    { type: "expected-alert", at, rule: "no-fly-entry", subject, zone: stay.zone.id, from: enteredAt, until: leftAt },
  ];
}

function tellJamming(startsAt: Instant, jamming: Jamming): TruthRecord[] {
  const { source } = jamming;
  const began = instantOf(startsAt, jamming.startSeconds);
  const from = instantOf(startsAt, jamming.silentSeconds);
  const until = instantOf(startsAt, jamming.endSeconds);
  return [
    { type: "trouble", at: until, source, what: "navigation-denied", from: began, until },
    { type: "trouble", at: until, source, what: "receiver-silenced", from, until },
    { type: "expected-alert", at: until, rule: "source-lost", subject: source, from, until },
  ];
}

function tellDeath(startsAt: Instant, table: Timetable, { death }: SoundEpisode): TruthRecord[] {
  if (death === undefined) return [];
  const source = death.station;
  const from = instantOf(startsAt, death.seconds);
  const until = instantOf(startsAt, table.startSeconds + table.durationSeconds);
  const alertAt = Math.min(until, from + 5 * ALERT_GRACE_SECONDS * 1_000_000);
  return [
    { type: "trouble", at: from, source, what: "station-dead", from, until },
    { type: "expected-alert", at: alertAt, rule: "source-lost", subject: source, from, until },
  ];
}
