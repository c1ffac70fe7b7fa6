import type { Random } from "../random/random.ts";
import type { Arrival } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import { noiseAt } from "./hearing.ts";
import type { Station } from "./station.ts";

const wind = new Float64Array(2);

/** What a station picks where nothing went off: gusts mostly, more of them in more wind. Rate per minute: 0.3 + 0.15·wind. */
export function drawGusts(
  station: Station,
  atmosphere: Atmosphere,
  startSeconds: number,
  durationSeconds: number,
  random: Random,
): Arrival[] {
  const arrivals: Arrival[] = [];
  let seconds = startSeconds;
  for (;;) {
    atmosphere.wind(station.point.east, station.point.north, 10, seconds, wind);
    seconds += random.exponential(60 / (0.3 + 0.15 * Math.hypot(wind[0]!, wind[1]!)));
    if (seconds > startSeconds + durationSeconds - 5) return arrivals;
    arrivals.push(drawGust(station, atmosphere, seconds, random));
  }
}

function drawGust(station: Station, atmosphere: Atmosphere, seconds: number, random: Random): Arrival {
  const signalToNoise = 8 + random.exponential(4);
  const gust: Arrival = {
    seconds,
    levelDecibel: noiseAt(station, atmosphere, seconds) + signalToNoise,
    signalToNoise,
    frequencyHertz: random.between(2, 45),
    durationMilliseconds: random.between(120, 900),
    cause: { kind: "wind" },
  };
  const azimuth = random.between(0, 2 * Math.PI);
  return station.bearingError === undefined ? gust : { ...gust, backAzimuth: azimuth };
}
