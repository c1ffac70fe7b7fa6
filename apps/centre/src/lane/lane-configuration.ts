/** What a run of fusion works by, what may change of it while it goes on, and how both stand in the journal. */
import type { FlightJudgeState, JudgedMission, Mission } from "@openjmc/agreement";
import {
  DEFAULT_TRACKER_CONFIGURATION,
  type LocatorConfiguration,
  type TrackerConfiguration,
  type WeatherEstimate,
} from "@openjmc/fusion";
import { aboveSeaLevel } from "@openjmc/geo";
import {
  airSensorKind,
  type CollectionTask,
  type Instant,
  isListeningPost,
  type NotifiedFlight,
  type SeaLevelSkyline,
  type SourceDescription,
} from "@openjmc/model";
import type { JournalRecord } from "../journal/index.ts";
import { skylinesOf } from "../reports/skylines.ts";
import { VERSION } from "../version.ts";
import { fieldModelsOf } from "./field-models.ts";
import { sensorOf } from "./sensor-configuration.ts";
import type { SourceKeys } from "./source-proof.ts";

/** Everything fusion works by; journalled as a `configuration` record, so that a replay works by the same. */
export interface LaneConfiguration {
  readonly tracker: TrackerConfiguration;
  readonly locator: LocatorConfiguration;
  readonly sources: readonly SourceDescription[];
  /** Which source a feed's bytes belong to, where it is one source; arrivals links may carry several stations. */
  readonly feeds: Readonly<
    Record<string, { readonly format: SourceDescription["format"]; readonly sources: readonly string[] }>
  >;
  /** Scenario seconds per wall second. */
  readonly speed: number;
  /** Until when an earlier run of fusion took what came: servers that keep their data are asked for what came since. */
  readonly since?: Instant;
  /** Rules, zones and flights that alerts are judged by. */
  readonly judging: JudgedMission;
  /** What an earlier run had seen of flights in the air when it broke off. */
  readonly flying?: FlightJudgeState;
  /** The program that fused: another version may rightly come to another picture. */
  readonly software: string;
}

/** What may change while fusion goes on; the payload of a `configuration` record. */
export interface LaneChange {
  /** Flights notified through the record, in place of those given before. */
  readonly flights?: readonly NotifiedFlight[];
  readonly judging?: JudgedMission;
  /** When sources that watch on request were to watch, in place of what was known before. */
  readonly tasks?: readonly CollectionTask[];
  /** The run is about to end: what is open is told as far as it has come. */
  readonly ends?: boolean;
  /** No change: what has been seen of the flights in the air, for the run after one that breaks off. */
  readonly flying?: FlightJudgeState;
  /** By source: the keys that its gateway signs with. */
  readonly keys?: Readonly<Record<string, SourceKeys>>;
}

/** Where nobody has said what the weather is: a mild day, and anything near it. */
const UNKNOWN_WEATHER: WeatherEstimate = {
  temperature: 10,
  windEast: 0,
  windNorth: 0,
  temperatureError: 8,
  windError: 4,
};

/** The configuration that a mission's sources ask for. */
export function configureLane(
  mission: Mission,
  feeds: LaneConfiguration["feeds"],
  speed: number,
  weather: WeatherEstimate = UNKNOWN_WEATHER,
): LaneConfiguration {
  const { sources, mapCentre } = mission.view;
  const stations = sources.filter(isListeningPost);
  return {
    tracker: {
      ...DEFAULT_TRACKER_CONFIGURATION,
      centreLon: mapCentre.lon,
      centreLat: mapCentre.lat,
      sensors: sources.flatMap((source) => sensorOf(source, seaLevelSkylineOf(source, mission)) ?? []),
    },
    locator: {
      stations: stations.map((source) => ({
        id: source.id,
        lon: source.lon,
        lat: source.lat,
        height: source.heightMetres,
      })),
      weather,
      models: fieldModelsOf(stations),
      ...(stations.length === 0 ? { origin: { lon: mapCentre.lon, lat: mapCentre.lat } } : {}),
    },
    sources,
    feeds,
    speed,
    judging: judgingOf(mission),
    software: VERSION,
  };
}

/** Only turning radars are asked why they show nothing. */
function seaLevelSkylineOf(source: SourceDescription, mission: Mission): SeaLevelSkyline | undefined {
  const skyline = airSensorKind(source) === "radar" ? skylinesOf(mission).get(source.id) : undefined;
  return skyline && aboveSeaLevel(skyline, source, mission.terrain!);
}

/** What of a mission alerts are judged by. */
export function judgingOf({ view, judgedZones }: Mission): JudgedMission {
  const { rules, flights, heights } = view;
  return { view: { rules, flights, ...(heights === undefined ? {} : { heights }) }, judgedZones };
}

/** What a `fusion-started` record says fusion works by. Throws a `SyntaxError` for what is no JSON. */
export function configurationOf(record: Pick<JournalRecord, "payload">): LaneConfiguration {
  return JSON.parse(new TextDecoder().decode(record.payload)) as LaneConfiguration;
}

/** What a `configuration` record changes. Throws a `SyntaxError` for what is no JSON. */
export function changeOf(record: Pick<JournalRecord, "payload">): LaneChange {
  return JSON.parse(new TextDecoder().decode(record.payload)) as LaneChange;
}
