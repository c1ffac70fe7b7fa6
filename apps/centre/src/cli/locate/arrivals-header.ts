/** Header of a file of arrivals → what the locator is told of the stations, the weather and the onsets. */
import {
  DEFAULT_MODELS,
  type LocatorModels,
  PHASES,
  type PhaseModel,
  type PlaneConfiguration,
  type WeatherEstimate,
} from "@openjmc/fusion";
import { createLocalFrame } from "@openjmc/geo";
import { bad, type Fault, good, type LonLat, type Result } from "@openjmc/model";

/** A file's header: the configuration, and how its station numbers map to the configuration's. */
export interface ArrivalsHeader {
  readonly configuration: PlaneConfiguration;
  readonly stationIndex: ReadonlyMap<number, number>;
  /** One-sigma bearing error, radians; NaN where arrivals bring no bearing. */
  readonly bearingError: number;
  /** Where each station stands on the globe, which far arrays need; undefined where the header does not tell. */
  readonly places: readonly LonLat[] | undefined;
}

type Fields = Record<string, unknown>;

/** Reads the first line. Errors: `header.malformed`, `header.incomplete`. */
export function parseArrivalsHeader(line: string): Result<ArrivalsHeader> {
  let header: Fields;
  try {
    header = JSON.parse(line) as Fields;
  } catch (problem) {
    return bad(fault("header.malformed", "a JSON object", line.slice(0, 60), (problem as Error).message));
  }
  if (typeof header !== "object" || header === null)
    return bad(fault("header.malformed", "a JSON object", line.slice(0, 60)));
  const onsets = header.pick_sd as Fields | undefined;
  const sensors = sensorsOf(header);
  if (sensors === undefined)
    return bad(
      fault(
        "header.incomplete",
        "sensors with numbers id and x, y in metres or lon, lat in degrees",
        JSON.stringify(header.sensors)?.slice(0, 60),
      ),
    );
  if (typeof onsets !== "object" || onsets === null)
    return bad(fault("header.incomplete", "pick_sd by phase, in seconds", JSON.stringify(onsets)));
  const weather = weatherOf(header, onsets);
  if (weather === undefined)
    return bad(
      fault("header.incomplete", "met with T in degrees Celsius and wind [east, north]", JSON.stringify(header.met)),
    );
  const stations = sensors.map(({ id, x, y }) => ({ id: String(id), east: x, north: y }));
  return good({
    configuration: { stations, weather, models: modelsOf(header, onsets) },
    stationIndex: new Map(sensors.map(({ id }, index) => [id, index])),
    bearingError: numberOr(header.az_sd, Number.NaN),
    places: placesOf(header, sensors),
  });
}

interface Sensor {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly place?: LonLat;
}

/** The sensors in one plane: as the header has them, or about the middle of their places on the globe. */
function sensorsOf({ sensors }: Fields): readonly Sensor[] | undefined {
  if (!Array.isArray(sensors) || sensors.length === 0) return undefined;
  if (sensors.every(isSensor)) return sensors.map(({ id, x, y }) => ({ id, x, y }));
  if (!sensors.every(isPlaced)) return undefined;
  const mean = (of: (each: Placed) => number): number =>
    sensors.reduce((sum, each) => sum + of(each), 0) / sensors.length;
  const frame = createLocalFrame("arrivals", { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) }, 0);
  const local = new Float64Array(3);
  return sensors.map(({ id, lon, lat }) => {
    frame.toLocal(lon, lat, 0, local);
    return { id, x: local[0]!, y: local[1]!, place: { lon, lat } };
  });
}

/** Where the sensors stand on the globe: as they say, or as the plane's origin gives it. */
function placesOf({ origin }: Fields, sensors: readonly Sensor[]): LonLat[] | undefined {
  const told = sensors.flatMap(({ place }) => place ?? []);
  if (told.length === sensors.length) return told;
  if (!isPair(origin)) return undefined;
  const frame = createLocalFrame("arrivals", { lon: origin[0], lat: origin[1] }, 0);
  const surface = new Float64Array(3);
  return sensors.map(({ x, y }) => {
    frame.toSurface(x, y, surface);
    return { lon: surface[0]!, lat: surface[1]! };
  });
}

/** What the air over the sensors is said to be. Far arrays alone need none: the air that carries those sounds is high above. */
function weatherOf({ met }: Fields, onsets: Fields): WeatherEstimate | undefined {
  const weather = (met ?? {}) as Fields;
  if (isNumber(weather.T) && isPair(weather.wind))
    return {
      temperature: weather.T,
      windEast: weather.wind[0],
      windNorth: weather.wind[1],
      temperatureError: numberOr(weather.sd_T, 1),
      windError: numberOr(weather.sd_wind, 1),
    };
  if (met !== undefined || isNumber(onsets.A) || isNumber(onsets.P)) return undefined;
  return { temperature: 15, windEast: 0, windNorth: 0, temperatureError: 15, windError: 10 };
}

function modelsOf(header: Fields, onsets: Fields): LocatorModels {
  const phases: Partial<Record<(typeof PHASES)[number], PhaseModel>> = {};
  for (const phase of PHASES) {
    const model = DEFAULT_MODELS.phases[phase];
    if (model === undefined || !isNumber(onsets[phase])) continue;
    const speed = phase === "P" ? numberOr(header.vP, model.speed) : model.speed;
    phases[phase] = { ...model, speed, timeError: onsets[phase] };
  }
  return {
    ...DEFAULT_MODELS,
    phases,
    falseFraction: numberOr(header.false_fraction, DEFAULT_MODELS.falseFraction),
    detectionProbability: numberOr(header.p_detect, DEFAULT_MODELS.detectionProbability),
    bearingError: numberOr(header.az_sd, DEFAULT_MODELS.bearingError),
    deadTime: numberOr(header.deadtime, DEFAULT_MODELS.deadTime),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function numberOr(value: unknown, otherwise: number): number {
  return isNumber(value) ? value : otherwise;
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isNumber);
}

function isSensor(value: unknown): value is { readonly id: number; readonly x: number; readonly y: number } {
  const { id, x, y } = (value ?? {}) as Fields;
  return isNumber(id) && isNumber(x) && isNumber(y);
}

interface Placed extends LonLat {
  readonly id: number;
}

function isPlaced(value: unknown): value is Placed {
  const { id, lon, lat } = (value ?? {}) as Fields;
  return isNumber(id) && isNumber(lon) && isNumber(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function fault(code: string, expected: string, got: string | undefined, cause?: string): Fault {
  return {
    code,
    what: "header of arrivals",
    where: { line: 1 },
    expected,
    got: got ?? "nothing",
    ...(cause === undefined ? {} : { cause }),
  };
}
