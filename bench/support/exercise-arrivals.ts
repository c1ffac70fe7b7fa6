/** An hour of an exercise as the locator would have it: arrivals in the order in which they came, weather as reported, and the truth. */
import { createScenario, type FireRecord } from "@openjmc/exercise";
import { type ArrivalMessage, decodeArrival } from "@openjmc/formats";
import type { LocatorConfiguration, StationArrival } from "@openjmc/fusion";
import { FaultError, type Instant } from "@openjmc/model";
import { defaultMission, MISSIONS_FOLDER } from "../../apps/centre/src/cli/default-mission.ts";
import { estimateOf } from "../../apps/centre/src/exercise/weather.ts";
import { readMission } from "../../apps/centre/src/mission/read.ts";

export interface HeardArrival {
  readonly receivedAt: Instant;
  readonly arrival: StationArrival;
}

export interface ExerciseArrivals {
  readonly arrivals: readonly HeardArrival[];
  readonly fire: readonly FireRecord[];
  readonly configuration: Pick<LocatorConfiguration, "stations" | "weather">;
}

/** The air is left to one receiver: it is not what is asked about. */
export function exerciseArrivals(seed: string, hours = 1): ExerciseArrivals {
  const read = readMission(`${MISSIONS_FOLDER}/${defaultMission()}`, { exercise: true });
  if (!read.ok) throw new FaultError(read.faults[0]!);
  const { view } = read.value;
  const { startsAt, episodeSeconds } = view.exerciseSetting!;
  const stations = view.sources.filter(({ format }) => format === "arrivals");
  const receiver = view.sources.find(({ means }) => means === "ads-b")!;
  const mission = { ...view, sources: [...stations, receiver] };
  const scenario = createScenario({ seed, mission, startsAt, durationSeconds: episodeSeconds });
  const names = new Set(stations.map(({ id }) => id));
  const decoder = new TextDecoder();
  const arrivals: HeardArrival[] = [];
  const fire: FireRecord[] = [];
  for (const item of scenario.play()) {
    if (item.at > startsAt + hours * 3_600_000_000) break;
    if (item.kind === "truth" && item.record.type === "fire") fire.push(item.record);
    if (item.kind !== "bytes" || !names.has(item.source)) continue;
    for (const line of decoder.decode(item.bytes).split("\n")) {
      const message = decodeArrival(line);
      if (message.ok && message.value.kind === "arrival")
        arrivals.push({ receivedAt: item.at, arrival: arrivalOf(message.value, arrivals.length) });
    }
  }
  return {
    arrivals,
    fire,
    configuration: {
      stations: stations.map(({ id, lon, lat, heightMetres }) => ({ id, lon, lat, height: heightMetres })),
      weather: estimateOf(scenario.weatherAt(startsAt)),
    },
  };
}

function arrivalOf(message: Extract<ArrivalMessage, { kind: "arrival" }>, frame: number): StationArrival {
  const { station, at, amplitudeDecibels, frequency, backAzimuth, backAzimuthError, clock } = message;
  return {
    ...{ frame, station, at, phase: "A", amplitudeDb: amplitudeDecibels, frequencyHz: frequency },
    ...(backAzimuth === undefined ? {} : { backAzimuth }),
    ...(backAzimuthError === undefined ? {} : { backAzimuthError }),
    clockErrorUs: clock.errorMicroseconds,
  };
}
