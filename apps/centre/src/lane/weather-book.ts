/**
 * What the air was said to be, by place and time: reports hold until a newer one of the same place, until the time they name, or for two
 * hours. Between places it is weighed by distance.
 */
import type { WeatherEstimate } from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import {
  type HeightCircumstances,
  type Instant,
  type LonLat,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  radiansOf,
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
/** What a barometer and the hour since its report miss, and what the weather does on the way; exceeded one time in twenty. */
const PRESSURE_DOUBT = { hectopascals: 2, perKilometre: 0.03 } as const;
const NO_PRESSURE: HeightCircumstances = {};
const NO_PRESSURES = { from: Number.NEGATIVE_INFINITY, said: [] } as const;
const KILOMETRES_PER_DEGREE = 111.2;
/** Reports nearer than this weigh alike. */
const NEAR_METRES = 10_000;

export class WeatherBook {
  readonly #places = new Map<string, WeatherSaid[]>();
  #nextTold: Instant = Number.NEGATIVE_INFINITY;
  #pressures: { readonly from: Instant; readonly said: readonly WeatherSaid[] } = NO_PRESSURES;

  take(said: WeatherSaid): void {
    const key = `${said.source}|${said.lon}|${said.lat}`;
    const known = this.#places.get(key) ?? [];
    if (known.length === 0 && this.#places.size >= MOST_PLACES) return;
    if (said.seaLevelHectopascals !== undefined) this.#pressures = NO_PRESSURES;
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

  /** The pressure of the nearest place of which it was said; the less sure the farther away that is. */
  pressureAt({ lon, lat }: LonLat, now: Instant): HeightCircumstances {
    let [nearest, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    const [perLon, perLat] = [KILOMETRES_PER_DEGREE * Math.cos(radiansOf(lat)), KILOMETRES_PER_DEGREE];
    for (const said of this.#pressuresOf(now)) {
      const kilometres = Math.hypot((said.lon - lon) * perLon, (said.lat - lat) * perLat);
      if (kilometres < least) [nearest, least] = [said.seaLevelHectopascals, kilometres];
    }
    if (nearest === undefined) return NO_PRESSURE;
    const { hectopascals, perKilometre } = PRESSURE_DOUBT;
    return { seaLevelHectopascals: nearest, pressureDoubtHectopascals: Math.hypot(hectopascals, perKilometre * least) };
  }

  /** Every track is asked about: the reports that hold are looked up once a minute. */
  #pressuresOf(now: Instant): readonly WeatherSaid[] {
    const { from, said } = this.#pressures;
    if (now >= from && now < from + MICROSECONDS_PER_MINUTE) return said;
    const valid = [...this.#places.values()].flatMap((reports) => this.#validOf(reports, now) ?? []);
    const told = valid.filter(({ seaLevelHectopascals }) => seaLevelHectopascals !== undefined);
    this.#pressures = { from: now, said: told };
    return told;
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
