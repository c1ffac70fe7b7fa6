import type { Random } from "../random/random.ts";

/**
 * The air over the exercise area: temperature and wind that differ from place to place and change with time and height.
 * Positions are metres east and north in the scenario's frame, heights metres above ground, times seconds since the start.
 * It is made of slow waves and never of the uniform wind that a locator would assume.
 */
export interface Atmosphere {
  /** Degrees Celsius. */
  temperature(east: number, north: number, height: number, seconds: number): number;
  /** Metres per second towards east and north, written to `out[0]`, `out[1]`. */
  wind(east: number, north: number, height: number, seconds: number, out: Float64Array): void;
  /** Change of temperature with height near the ground, kelvin per metre: positive at an inversion. */
  readonly lapse: number;
}

/** What a weather report would say at an instant: the area's mean at two metres (temperature) and ten metres (wind). */
export interface WeatherReport {
  readonly temperatureCelsius: number;
  readonly windEast: number;
  readonly windNorth: number;
  /** Standard deviations of the report's own error and of what the place at hand may differ by. */
  readonly temperatureError: number;
  readonly windError: number;
}

/** One travelling wave of a field: amplitude · sin(kx·east + ky·north + rate·seconds + phase). */
interface Wave {
  readonly amplitude: number;
  readonly east: number;
  readonly north: number;
  readonly rate: number;
  readonly phase: number;
}

/** Draws the air of one scenario. */
export function createAtmosphere(random: Random): Atmosphere {
  const speed = random.between(0.3, 2.5);
  const bearing = random.between(0, 2 * Math.PI);
  const meanEast = speed * Math.sin(bearing);
  const meanNorth = speed * Math.cos(bearing);
  const shear = random.between(0.08, 0.15);
  const lapse = random.between(-0.004, 0.008);
  const warmth = random.between(3, 20);
  const eastWaves = drawWaves(random, 0.12 + 0.06 * speed, 4);
  const northWaves = drawWaves(random, 0.12 + 0.06 * speed, 4);
  const warmthWaves = drawWaves(random, 0.5, 3);
  return {
    lapse,
    temperature: (east, north, height, seconds) =>
      warmth + lapse * Math.min(height, 400) + sumOf(warmthWaves, east, north, seconds),
    wind: (east, north, height, seconds, out) => {
      const growth = 1 + shear * Math.log(Math.max(1, height) / 10);
      out[0] = growth * (meanEast + sumOf(eastWaves, east, north, seconds));
      out[1] = growth * (meanNorth + sumOf(northWaves, east, north, seconds));
    },
  };
}

/** The report that a met office would give for `seconds`: the truth in the middle of the area with an error of its own. */
export function reportWeather(atmosphere: Atmosphere, seconds: number, random: Random): WeatherReport {
  const wind = new Float64Array(2);
  atmosphere.wind(0, 0, 10, seconds, wind);
  const temperatureError = 1.5;
  const windError = 1.2;
  return {
    temperatureCelsius: atmosphere.temperature(0, 0, 2, seconds) + random.normal(0, 1),
    windEast: wind[0]! + random.normal(0, 0.8),
    windNorth: wind[1]! + random.normal(0, 0.8),
    temperatureError,
    windError,
  };
}

/** Waves 15 to 60 km long that pass in 15 to 90 minutes. */
function drawWaves(random: Random, amplitude: number, count: number): Wave[] {
  return Array.from({ length: count }, () => {
    const direction = random.between(0, 2 * Math.PI);
    const number = (2 * Math.PI) / random.between(15_000, 60_000);
    return {
      amplitude: amplitude * random.between(0.5, 1),
      east: number * Math.sin(direction),
      north: number * Math.cos(direction),
      rate: ((random.chance(0.5) ? 1 : -1) * 2 * Math.PI) / random.between(900, 5400),
      phase: random.between(0, 2 * Math.PI),
    };
  });
}

function sumOf(waves: readonly Wave[], east: number, north: number, seconds: number): number {
  let sum = 0;
  for (const wave of waves)
    sum += wave.amplitude * Math.sin(wave.east * east + wave.north * north + wave.rate * seconds + wave.phase);
  return sum;
}

/** Speed of sound in dry still air, m/s (ideal gas: 331.3 √(1 + T/273.15); e.g. Pierce, "Acoustics", 1981). */
export function soundSpeed(celsius: number): number {
  return 331.3 * Math.sqrt(1 + celsius / 273.15);
}
