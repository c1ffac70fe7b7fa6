import { AircraftState } from "./aircraft-state.ts";

/** Addresses heard lately, bounded in number and in age. */
export class AircraftTable {
  readonly #states = new Map<number, AircraftState>();
  readonly #maximumAircraft: number;
  readonly #lifetime: number;
  #sweptAt = Number.NEGATIVE_INFINITY;

  /** @param lifetime µs without a word after which an address is forgotten. */
  constructor(maximumAircraft: number, lifetime: number) {
    this.#maximumAircraft = maximumAircraft;
    this.#lifetime = lifetime;
  }

  get size(): number {
    return this.#states.size;
  }

  /** The state of an address heard within the lifetime, else undefined. */
  find(icao: number, at: number): AircraftState | undefined {
    const state = this.#states.get(icao);
    return state !== undefined && Math.abs(at - state.heardAt) <= this.#lifetime ? state : undefined;
  }

  /** The state of an address, fresh where it has not been heard within the lifetime. */
  findOrAdd(icao: number, at: number): AircraftState {
    const known = this.find(icao, at);
    if (known !== undefined) return known;
    this.#sweep(at);
    const state = new AircraftState(icao);
    state.heardAt = at;
    this.#states.set(icao, state);
    return state;
  }

  /** Forgets what is too old; where that is not enough, what has been in the table longest. */
  #sweep(at: number): void {
    if (Math.abs(at - this.#sweptAt) >= this.#lifetime || this.#states.size >= this.#maximumAircraft) {
      this.#sweptAt = at;
      for (const [icao, state] of this.#states) {
        if (Math.abs(at - state.heardAt) > this.#lifetime) this.#states.delete(icao);
      }
    }
    for (const icao of this.#states.keys()) {
      if (this.#states.size < this.#maximumAircraft) break;
      this.#states.delete(icao);
    }
  }
}
