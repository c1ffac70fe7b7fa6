/**
 * What the air was said to be, by place and time: reports hold until a newer one of the same place, until the time they name, or for two
 * hours. Between places it is weighed by distance.
 */
import type { WeatherEstimate } from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import {
  type Instant,
  type LonLat,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  type WeatherRow,
} from "@openjmc/model";

export type WeatherSaid = Omit<WeatherRow, "id">;

const LIFE = 2 * MICROSECONDS_PER_HOUR;
/** Reports held for one place: a day of forecasts by the quarter hour. */
const MOST_PER_PLACE = 200;
const MOST_PLACES = 500;
/** How often the locator is told. */
const PERIOD = 10 * MICROSECONDS_PER_MINUTE;
/** What a thermometer and a vane near the ground miss of the air along a path of sound, one sigma; more with every kilometre away. */
const OWN_ERROR = { degrees: 1, metresPerSecond: 1.5 } as const;
const FURTHER_ERROR = { degrees: 0.02, metresPerSecond: 0.03 } as const;
/** Reports nearer than this weigh alike. */
const NEAR_METRES = 10_000;

export class WeatherBook {
  readonly #places = new Map<string, WeatherSaid[]>();
  #nextTold: Instant = Number.NEGATIVE_INFINITY;

  take(said: WeatherSaid): void {
    const key = `${said.source}|${said.lon}|${said.lat}`;
    const known = this.#places.get(key) ?? [];
    if (known.length === 0 && this.#places.size >= MOST_PLACES) return;
    const others = known.filter((each) => each.at !== said.at);
    this.#places.set(key, [...others, said].sort((one, other) => one.at - other.at).slice(-MOST_PER_PLACE));
  }

  /** The air at a place and time as far as anybody said; undefined where nobody did. */
  at(place: LonLat, now: Instant): WeatherEstimate | undefined {
    const valid = [...this.#places.values()].flatMap((reports) => this.#validOf(reports, now) ?? []);
    if (valid.length === 0) return undefined;
    const near = valid.map((said) => ({ said, metres: distanceBetween(place, said) }));
    const weights = near.map(({ metres }) => 1 / (metres * metres + NEAR_METRES * NEAR_METRES));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (of: (said: WeatherSaid) => number): number =>
      near.reduce((sum, { said }, index) => sum + (weights[index]! / whole) * of(said), 0);
    const nearest = near.reduce((one, other) => (other.metres < one.metres ? other : one));
    const kilometres = nearest.metres / 1000;
    return {
      temperature: mean((said) => said.temperature),
      windEast: mean((said) => said.windEast),
      windNorth: mean((said) => said.windNorth),
      temperatureError: Math.hypot(
        nearest.said.temperatureError ?? 0,
        OWN_ERROR.degrees,
        FURTHER_ERROR.degrees * kilometres,
      ),
      windError: Math.hypot(
        nearest.said.windError ?? 0,
        OWN_ERROR.metresPerSecond,
        FURTHER_ERROR.metresPerSecond * kilometres,
      ),
    };
  }

  /** The same, but only where the locator is due to be told again. */
  due(place: LonLat, now: Instant): WeatherEstimate | undefined {
    if (now < this.#nextTold) return undefined;
    const estimate = this.at(place, now);
    if (estimate !== undefined) this.#nextTold = now + PERIOD;
    return estimate;
  }

  /** The newest that has begun and not ended. */
  #validOf(reports: readonly WeatherSaid[], now: Instant): WeatherSaid | undefined {
    return reports.findLast((said) => said.at <= now && now < (said.until ?? said.at + LIFE));
  }
}
