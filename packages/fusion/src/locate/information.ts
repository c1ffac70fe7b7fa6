/** What one event's arrivals say together about the medium at its time and about its stations' clocks; its own place and time are eliminated. */

/** Components of the medium: sound speed in still air, wind east and north (metres a second), seismic slowness (seconds a metre). */
export const MEDIUM_SIZE = 4;

export interface EventInformation {
  readonly knot: number;
  /** Stations concerned, each once. */
  readonly stations: readonly number[];
  /** Information matrix, row by row: the medium's components first, then the stations' terms in that order; and its vector. */
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
}

export interface EventInformationSnapshot {
  readonly knot: number;
  readonly stations: readonly number[];
  readonly matrix: readonly number[];
  readonly vector: readonly number[];
}

export function saveInformation(information: EventInformation | undefined): EventInformationSnapshot | null {
  if (information === undefined) return null;
  const { knot, stations, matrix, vector } = information;
  return { knot, stations: [...stations], matrix: [...matrix], vector: [...vector] };
}

export function restoreInformation(saved: EventInformationSnapshot | null): EventInformation | undefined {
  if (saved === null) return undefined;
  const { knot, stations, matrix, vector } = saved;
  return { knot, stations, matrix: Float64Array.from(matrix), vector: Float64Array.from(vector) };
}
