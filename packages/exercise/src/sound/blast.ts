import type { ObservationKind } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import type { SoundPath } from "./path.ts";

export const BLAST_CLASSES = ["howitzer", "tank-gun", "mortar-120", "mortar-82", "impact", "autocannon"] as const;
/** What makes a bang in an exercise. */
export type BlastClass = (typeof BLAST_CLASSES)[number];

/** How one class sounds: level at ten metres (dB re 20 µPa, peak), its spread, and its dominant frequency's range in hertz. */
interface BlastSound {
  readonly level: number;
  readonly levelSpread: number;
  readonly lowest: number;
  readonly highest: number;
  readonly observation: ObservationKind;
}

// Orders of magnitude for unsuppressed weapons; measured values scatter by more than the spread within a class.
const SOUNDS: Readonly<Record<BlastClass, BlastSound>> = {
  howitzer: { level: 167, levelSpread: 2.5, lowest: 8, highest: 20, observation: "shot" },
  "tank-gun": { level: 164, levelSpread: 2.5, lowest: 14, highest: 35, observation: "shot" },
  "mortar-120": { level: 158, levelSpread: 2.5, lowest: 22, highest: 45, observation: "shot" },
  "mortar-82": { level: 152, levelSpread: 2.5, lowest: 35, highest: 70, observation: "shot" },
  impact: { level: 166, levelSpread: 3, lowest: 6, highest: 16, observation: "explosion" },
  autocannon: { level: 158, levelSpread: 2, lowest: 60, highest: 110, observation: "shot" },
};

/** The sound of one event at its source; all rounds of a burst share it but for a decibel or so. */
export interface Blast {
  readonly class: BlastClass;
  /** Peak level at ten metres, dB re 20 µPa. */
  readonly levelDecibel: number;
  readonly frequencyHertz: number;
}

export function drawBlast(kind: BlastClass, random: Random): Blast {
  const sound = SOUNDS[kind];
  return {
    class: kind,
    levelDecibel: random.normal(sound.level, sound.levelSpread),
    frequencyHertz: random.between(sound.lowest, sound.highest),
  };
}

/** What a person would write down of it. */
export function observationOf(kind: BlastClass): ObservationKind {
  return SOUNDS[kind].observation;
}

/**
 * Mean level at the end of a path, dB: spherical spreading, what ground and hills take, absorption by the air (about
 * f^1.3 in this band; after ISO 9613-1), and the shadow of sound that is bent upwards, which deepens with distance to 20 dB.
 */
export function levelAfter(blast: Blast, path: SoundPath): number {
  const distance = Math.max(10, path.distanceMetres);
  const kilometres = distance / 1000;
  const spreading = 20 * Math.log10(distance / 10);
  const ground = 6 * Math.log10(1 + kilometres);
  const absorption = 0.8 * (blast.frequencyHertz / 200) ** 1.3 * kilometres;
  const shadow = path.gradient < 0 ? Math.min(20, -path.gradient * 60 * kilometres) : 0;
  return blast.levelDecibel - spreading - ground - absorption - shadow;
}
