/**
 * Jamming of satellite navigation, as one receiver sees it: most of the aircraft it hears say at the same time that their
 * positions have become poor.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";

/** Accuracy category (NACp, DO-260B table 2-71) below which a position is called poor: 0.5 nautical miles and worse. */
const POOR_ACCURACY_CATEGORY = 6;
const WINDOW = 30 * MICROSECONDS_PER_SECOND;
const FEWEST_AIRCRAFT = 3;
const SHARE = 0.6;

export class JammingWatch {
  readonly #heard = new Map<string, { readonly at: Instant; readonly isPoor: boolean }>();

  /** One position report with its accuracy category. */
  note(icao: string, accuracyCategory: number, at: Instant): void {
    this.#heard.set(icao, { at, isPoor: accuracyCategory < POOR_ACCURACY_CATEGORY });
  }

  /** Whether most aircraft of the last half minute report poorly. */
  isJammed(now: Instant): boolean {
    let poor = 0;
    for (const [icao, { at, isPoor }] of this.#heard) {
      if (now - at > WINDOW) this.#heard.delete(icao);
      else if (isPoor) poor += 1;
    }
    return poor >= FEWEST_AIRCRAFT && poor >= SHARE * this.#heard.size;
  }
}
