/** What is taken for a network in open country, where sources and air are told of roughly. */
import { DEFAULT_MODELS, DEFAULT_SIGNATURES, type LocatorModels, type SourceSignature } from "./configuration.ts";

/** Natural logarithms of frequency; decibels. */
interface Width {
  readonly pitch: number;
  readonly level: number;
}

/**
 * What sources sound like where nobody has measured them, one kilometre away: orders of magnitude for families of weapons, each as wide
 * as calibres, charges and directions of fire make it. Families overlap: a gun that fires and a shell that lands are mostly not told apart
 * by their sound, and then neither is named.
 */
export const FIELD_SIGNATURES: readonly SourceSignature[] = [
  family("mortar", 0.25, 32, { A: 114, P: 54 }, { pitch: 0.3, level: 4 }),
  family("artillery", 0.3, 14, { A: 123, P: 62 }, { pitch: 0.35, level: 4 }),
  family("mlrs", 0.08, 20, { A: 122, P: 64 }, { pitch: 0.4, level: 4 }),
  family("impact", 0.2, 10, { A: 125, P: 66 }, { pitch: 0.35, level: 4 }),
  family("demolition", 0.04, 4, { A: 136, P: 75 }, { pitch: 0.4, level: 5 }),
  { ...family("autocannon", 0.1, 80, { A: 116, P: 50 }, { pitch: 0.3, level: 4 }), role: "firing" },
];

/** Its role and its rounds' flight are those that are known of its class. */
function family(
  what: string,
  probability: number,
  frequency: number,
  level: SourceSignature["level"],
  width: Width,
): SourceSignature {
  const known = DEFAULT_SIGNATURES.find((one) => one.what === what);
  return { ...known, what, probability, frequency, level, frequencySpread: width.pitch, levelSpread: width.level };
}

/**
 * The wind differs from place to place, so that two paths of one event disagree by some ten-thousandths of their travel times about any
 * one wind.
 */
export const FIELD_MODELS: LocatorModels = {
  ...DEFAULT_MODELS,
  phases: { ...DEFAULT_MODELS.phases, A: { ...DEFAULT_MODELS.phases.A!, pathError: 0.0004 } },
  signatures: FIELD_SIGNATURES,
};
