/** What a centre made of an exercise, read from its own folder: the picture and the record. Works while the centre runs. */
import type { ObservedEvent, ObservedExercise, ObservedPoint } from "@openjmc/exercise";
import { type EventRow, FaultError, type TrackRow } from "@openjmc/model";
import { pathsOf } from "../folder/layout.ts";
import { readMission } from "../mission/read.ts";
import { itemOf, openPictureReader } from "../picture/index.ts";
import { readAlerts } from "./observed-alerts.ts";

/** Reads tracks and events from `DIR/picture`, alerts from `DIR/record`. Errors: those of the mission, picture and record. */
export async function readObserved(dataFolder: string): Promise<ObservedExercise> {
  const paths = pathsOf(dataFolder);
  const mission = readMission(paths.mission, { exercise: true });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  const tracks = new Map<string, GatheredTrack>();
  const events = new Map<string, EventRow>();
  for await (const line of openPictureReader(paths.picture).readFromPosition(1)) {
    const item = itemOf(line);
    if (item.t === "track") noteTrack(tracks, item.row as TrackRow);
    if (item.t === "event") noteEvent(events, item.row as EventRow);
  }
  const kinds = new Map(mission.value.view.rules.map((rule) => [rule.id, rule.kind]));
  return {
    // A track that was never confirmed was never shown as one.
    tracks: [...tracks.values()].filter((track) => track.points.length > 0),
    events: [...events.values()].filter(isStanding).map(observedEvent),
    alerts: readAlerts(paths.record, kinds),
  };
}

interface GatheredTrack {
  readonly id: string;
  icao?: string;
  readonly points: ObservedPoint[];
}

/** Points of a confirmed track that its sensors support; where it only coasts, nothing was observed. */
function noteTrack(tracks: Map<string, GatheredTrack>, row: TrackRow): void {
  const track = tracks.get(row.id) ?? { id: row.id, points: [] };
  tracks.set(row.id, track);
  if (row.icao !== undefined) track.icao = row.icao;
  if (row.status !== "confirmed") return;
  const { at, lon, lat, altitudeMetres } = row;
  track.points.push({ at, lon, lat, ...(altitudeMetres === undefined ? {} : { altitudeMetres }) });
}

function noteEvent(events: Map<string, EventRow>, row: EventRow): void {
  const known = events.get(row.id);
  if (known === undefined || known.version <= row.version) events.set(row.id, row);
}

function isStanding(row: EventRow): boolean {
  return row.status === "automatic" || row.status === "settled";
}

/** Probability from which a class counts as named: what the locator goes by. */
const NAMED = 0.8;

function observedEvent(row: EventRow): ObservedEvent {
  const arrivals = row.arrivals.map(({ station, at }) => ({ station, at }));
  const [likeliest] = row.classes;
  const isNamed = likeliest !== undefined && likeliest.what !== "undetermined" && likeliest.probability >= NAMED;
  return {
    ...{ id: row.id, originTime: row.originTime, lon: row.lon, lat: row.lat, count: row.count, arrivals },
    toldAt: row.firstSolvedAt,
    ...(isNamed ? { what: likeliest.what } : {}),
  };
}
