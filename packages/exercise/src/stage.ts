import { createLocalFrame, type LocalFrame, prepareArea } from "@openjmc/geo";
import {
  FaultError,
  type Instant,
  isListeningPost,
  type LonLat,
  type MissionView,
  type SourceDescription,
} from "@openjmc/model";
import { isInForce, isPlayed } from "./air/airspace.ts";
import { drawIdentifier, type Identifier } from "./air/identifier.ts";
import { drawRadar, type Radar } from "./air/radar.ts";
import { drawReceiver, type Receiver } from "./air/receiver.ts";
import type { AirReference } from "./air/squitter.ts";
import { createRandom, type Random } from "./random/random.ts";
import { type Atmosphere, createAtmosphere } from "./sound/atmosphere.ts";
import type { SoundPoint } from "./sound/path.ts";
import { type ClearArea, createPlaceSampler, type PlaceSampler } from "./sound/places.ts";
import { drawStations, type Station } from "./sound/station.ts";
import { drawPosts, isRecorder, type RecordingPost } from "./waveform/post.ts";

/** What a scenario is made from. The same options give the same bytes. */
export interface ScenarioOptions {
  readonly seed: string;
  readonly mission: MissionView;
  readonly startsAt: Instant;
  /** Length of one episode. */
  readonly durationSeconds: number;
}

/** A ceasefire area of the mission, prepared for questions. */
export interface CeasefireArea extends ClearArea {
  readonly zone: string;
}

/** What stays the same of everything that can be heard. */
export interface SoundStage {
  readonly options: ScenarioOptions;
  readonly streamOf: (...labels: readonly (string | number)[]) => Random;
  /** Stations that pick for themselves and send arrivals. */
  readonly stations: readonly Station[];
  /** Stations that send waveforms: they hear what the others hear. */
  readonly posts: readonly RecordingPost[];
  /** By whom fire is planned to be heard: the stations; where these are too few, all who listen. */
  readonly listeners: readonly Station[];
  readonly soundFrame: LocalFrame;
  readonly networkRadiusMetres: number;
  readonly atmosphere: Atmosphere;
  readonly ceasefireAreas: readonly CeasefireArea[];
  readonly places: PlaceSampler;
  /** Mean height of the ground, and highest station, metres above the sea. */
  readonly groundMetres: number;
  readonly highestGroundMetres: number;
}

/** Everything that stays the same through all episodes of a scenario. */
export interface Stage extends SoundStage {
  readonly receiverSources: readonly SourceDescription[];
  readonly receivers: readonly Receiver[];
  readonly radars: readonly Radar[];
  readonly identifiers: readonly Identifier[];
  readonly reference: AirReference;
  /** Middle of the receivers, and how far around it traffic is played. */
  readonly airCentre: LonLat;
  readonly airRadiusMetres: number;
}

const FEWEST_STATIONS = 4;
/** Events stay this much farther from a ceasefire area's edge than its precision, so that a fair error cannot flip them. */
const EDGE_MARGIN = 1000;

/** Sets the stage. Error: `exercise.mission-lacks` (a FaultError) where the mission has nothing to be seen or heard by. */
export function setStage(options: ScenarioOptions): Stage {
  const { mission } = options;
  const receiverSources = mission.sources.filter((source) => ["beast", "avr", "sbs"].includes(source.format));
  demand(receiverSources.length > 0, "a receiver of aircraft (beast, avr or sbs)", receiverSources.length);
  const sound = setSoundStage(options);
  const { streamOf } = sound;
  const draw = streamOf("air-reference");
  return {
    ...sound,
    receiverSources,
    receivers: receiverSources.map((source) => drawReceiver(source, streamOf(`receiver-${source.id}`))),
    radars: mission.sources
      .filter((source) => source.format === "asterix" && source.means === "radar")
      .map((source) => drawRadar(source, streamOf(`radar-${source.id}`))),
    identifiers: mission.sources
      .filter((source) => source.format === "remote-id")
      .map((source) => drawIdentifier(source, streamOf(`identifier-${source.id}`))),
    reference: { pressureMinusSea: draw.between(-50, 50), ellipsoidMinusSea: draw.between(5, 25) },
    airCentre: middleOf(receiverSources),
    airRadiusMetres: Math.min(110_000, 0.7 * Math.min(...receiverSources.map((source) => source.rangeMetres))),
  };
}

/** Sets the stage for what is heard. Error: `exercise.mission-lacks` (a FaultError) where too few stations listen. */
export function setSoundStage(options: ScenarioOptions): SoundStage {
  const { mission, seed, startsAt } = options;
  const streamOf = (...labels: readonly (string | number)[]): Random => createRandom(seed, ...labels);
  const stationSources = mission.sources.filter((source) => source.format === "arrivals");
  const recorderSources = mission.sources.filter((source) => isListeningPost(source) && isRecorder(source));
  const hasStations = stationSources.length >= FEWEST_STATIONS;
  const listenerSources = hasStations ? stationSources : [...stationSources, ...recorderSources];
  demand(listenerSources.length >= FEWEST_STATIONS, `${FEWEST_STATIONS} acoustic stations`, listenerSources.length);
  const soundFrame = createLocalFrame("exercise stations", middleOf(listenerSources));
  const stations = drawStations(stationSources, soundFrame, streamOf);
  const posts = drawPosts(mission.sources.filter(isListeningPost), soundFrame, streamOf);
  const listeners = hasStations ? stations : [...stations, ...posts.map(({ station }) => station)];
  const points = listeners.map((station) => station.point);
  const ceasefireAreas = ceasefireAreasOf(mission, startsAt);
  return {
    ...{ options, streamOf, stations, posts, listeners, soundFrame, ceasefireAreas },
    networkRadiusMetres: Math.max(...points.map((point) => Math.hypot(point.east, point.north))),
    atmosphere: createAtmosphere(streamOf("atmosphere")),
    places: createPlaceSampler(points, ceasefireAreas, soundFrame),
    groundMetres: meanHeight(points),
    highestGroundMetres: Math.max(...points.map((point) => point.height)),
  };
}

function ceasefireAreasOf(mission: MissionView, at: Instant): CeasefireArea[] {
  return mission.zones
    .filter((zone) => isPlayed(zone, mission) && zone.kind === "ceasefire-area" && isInForce(zone, at))
    .map((zone) => ({
      zone: zone.zone,
      area: prepareArea(zone.geometry),
      marginMetres: zone.precisionMetres + EDGE_MARGIN,
    }));
}

function middleOf(sources: readonly SourceDescription[]): LonLat {
  const mean = (of: (source: SourceDescription) => number): number =>
    sources.reduce((sum, source) => sum + of(source), 0) / sources.length;
  return { lon: mean((source) => source.lon), lat: mean((source) => source.lat) };
}

function meanHeight(points: readonly SoundPoint[]): number {
  return points.reduce((sum, point) => sum + point.height, 0) / points.length;
}

function demand(isThere: boolean, expected: string, got: number): void {
  if (isThere) return;
  const what = "exercise of this mission";
  throw new FaultError({
    code: "exercise.mission-lacks",
    what,
    where: { field: "sources" },
    expected,
    got: String(got),
  });
}
