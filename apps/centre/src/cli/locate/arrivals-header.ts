/** Header of a file of arrivals → what the locator is told of the stations, the weather and the onsets. */
import { DEFAULT_MODELS, type LocatorModels, PHASES, type PhaseModel, type PlaneConfiguration } from "@openjmc/fusion";
import { bad, type Fault, good, type Result } from "@openjmc/model";

/** A file's header: the configuration, and how its station numbers map to the configuration's. */
export interface ArrivalsHeader {
  readonly configuration: PlaneConfiguration;
  readonly stationIndex: ReadonlyMap<number, number>;
  /** One-sigma bearing error, radians; NaN where arrivals bring no bearing. */
  readonly bearingError: number;
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
  const sensors = header.sensors;
  const weather = header.met as Fields | undefined;
  const onsets = header.pick_sd as Fields | undefined;
  if (!Array.isArray(sensors) || sensors.length === 0 || !sensors.every(isSensor))
    return bad(
      fault("header.incomplete", "sensors with numbers id, x, y in metres", JSON.stringify(sensors)?.slice(0, 60)),
    );
  if (typeof weather !== "object" || weather === null || !isNumber(weather.T) || !isPair(weather.wind))
    return bad(
      fault("header.incomplete", "met with T in degrees Celsius and wind [east, north]", JSON.stringify(weather)),
    );
  if (typeof onsets !== "object" || onsets === null)
    return bad(fault("header.incomplete", "pick_sd by phase, in seconds", JSON.stringify(onsets)));
  const stations = sensors.map(({ id, x, y }) => ({ id: String(id), east: x, north: y }));
  return good({
    configuration: {
      stations,
      weather: {
        temperature: weather.T,
        windEast: weather.wind[0],
        windNorth: weather.wind[1],
        temperatureError: numberOr(weather.sd_T, 1),
        windError: numberOr(weather.sd_wind, 1),
      },
      models: modelsOf(header, onsets),
    },
    stationIndex: new Map(sensors.map(({ id }, index) => [id, index])),
    bearingError: numberOr(header.az_sd, Number.NaN),
  });
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
