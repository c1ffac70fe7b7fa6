/**
 * Heights above one reference as heights above another, by way of mean sea level, and how far they may be off. A doubt is what is
 * exceeded one time in twenty; doubts of several causes are added as independent ones.
 */
import type { HeightCircumstances, HeightReference } from "@openjmc/model";

export interface ConvertedHeight {
  readonly metres: number;
  readonly doubtMetres: number;
}

/** Mean sea level lies between 106 m below and 85 m above the ellipsoid (EGM96; NASA TP-1998-206861). */
const UNKNOWN_GEOID_METRES = 106;
/** Of a stated height of the geoid, where nothing is said of how it varies over the area. */
const GEOID_DOUBT_METRES = 10;
const STANDARD_HECTOPASCALS = 1013.25;
/** Pressures at sea level of middle latitudes, two standard deviations over a year. */
const UNKNOWN_HECTOPASCALS = 20;
const PRESSURE_DOUBT_HECTOPASCALS = 2;
/**
 * A pressure altitude is true where the air is as warm as in the standard atmosphere: it is off by four hundredths for each ten
 * degrees (ICAO Doc 8168, volume I, part III, section 1, chapter 4), and fifteen degrees are usual.
 */
const WARMTH_SHARE = 0.06;
/** The standard atmosphere below 11 km (ISO 2533): altitude = SCALE × (1 − (pressure / standard)^EXPONENT). */
const [SCALE_METRES, EXPONENT] = [44_330.77, 0.190263] as const;

/** Undefined where a height above the ground is asked, or told, of a place whose ground is not known. */
export function convertHeight(
  metres: number,
  from: HeightReference,
  to: HeightReference,
  known: HeightCircumstances,
): ConvertedHeight | undefined {
  if (from === to) return { metres, doubtMetres: 0 };
  const [lower, upper] = [seaLevelAbove(from, metres, known), seaLevelAbove(to, metres, known)];
  if (lower === undefined || upper === undefined) return undefined;
  return {
    metres: metres - lower.metres + upper.metres,
    doubtMetres: Math.hypot(lower.doubtMetres, upper.doubtMetres),
  };
}

/** How much higher the same place is told above this reference than above mean sea level. */
function seaLevelAbove(
  reference: HeightReference,
  metres: number,
  known: HeightCircumstances,
): ConvertedHeight | undefined {
  switch (reference) {
    case "msl":
      return { metres: 0, doubtMetres: 0 };
    case "ellipsoid": {
      const { geoidMetres, geoidDoubtMetres = GEOID_DOUBT_METRES } = known;
      if (geoidMetres === undefined) return { metres: 0, doubtMetres: UNKNOWN_GEOID_METRES };
      return { metres: geoidMetres, doubtMetres: geoidDoubtMetres };
    }
    case "pressure":
      return pressureAbove(metres, known);
    case "ground": {
      const { groundMetres, groundDoubtMetres = 0 } = known;
      return groundMetres === undefined ? undefined : { metres: -groundMetres, doubtMetres: groundDoubtMetres };
    }
  }
}

/** Where the pressure at sea level is low, the standard atmosphere calls the same place higher. */
function pressureAbove(metres: number, known: HeightCircumstances): ConvertedHeight {
  const { seaLevelHectopascals, pressureDoubtHectopascals = PRESSURE_DOUBT_HECTOPASCALS } = known;
  const hectopascals = seaLevelHectopascals ?? STANDARD_HECTOPASCALS;
  const doubt = seaLevelHectopascals === undefined ? UNKNOWN_HECTOPASCALS : pressureDoubtHectopascals;
  const perHectopascal = (SCALE_METRES * EXPONENT) / STANDARD_HECTOPASCALS;
  return {
    metres: SCALE_METRES * (1 - (hectopascals / STANDARD_HECTOPASCALS) ** EXPONENT),
    doubtMetres: Math.hypot(perHectopascal * doubt, WARMTH_SHARE * Math.abs(metres)),
  };
}
