/** Fills what follows from an arrival's measurements alone, once, so that the search need not. */
import { type ArrivalStore, CLASS_STRIDE } from "./arrivals.ts";
import type { Evidence } from "./evidence.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import { AIR_WAVE } from "./travel.ts";

/** Deviations of amplitude and frequency within which a class is thought possible in a first search. */
const TOLERANCE = 2.8;

export function deriveArrival(store: ArrivalStore, number: number, network: Network, evidence: Evidence): void {
  const place = number & store.mask;
  const phase = store.channel[place]! % PHASE_COUNT;
  const offset = place * CLASS_STRIDE;
  const amplitude = store.amplitude[place]!;
  const logFrequency = store.logFrequency[place]!;
  store.bearingEast[place] = Math.sin(store.backAzimuth[place]!);
  store.bearingNorth[place] = Math.cos(store.backAzimuth[place]!);
  store.clutter[place] = evidence.clutter(phase, amplitude, logFrequency);
  for (let index = 0; index < evidence.classCount - 1; index++) {
    const [mean, scatter] = evidence.spectrumOf(index);
    const heard = phase !== AIR_WAVE || !(Math.abs(logFrequency - mean) > TOLERANCE * scatter);
    store.nearest[offset + index] = 0;
    store.farthest[offset + index] = heard ? network.phases[phase]!.maximumRange : -1;
    if (!heard || Number.isNaN(amplitude)) continue;
    const [nearest, farthest] = evidence.distancesOf(index, phase, amplitude, TOLERANCE);
    store.nearest[offset + index] = nearest;
    store.farthest[offset + index] = farthest;
  }
}
