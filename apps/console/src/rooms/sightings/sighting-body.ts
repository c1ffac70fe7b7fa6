/** The form of a sighting, checked and made into the body that is signed. */
import {
  type CountQualifier,
  type CountUnit,
  type Direction,
  formatDegrees,
  formatInstant,
  type Means,
  type ObservationKind,
  type PlaceBody,
  parseInstant,
  type SightingBody,
  type Visibility,
  type Weapon,
} from "@openjmc/model";

/** What the officer types; numbers as typed. The observer stays from one sighting to the next. */
export interface SightingFields {
  readonly observerLon: string;
  readonly observerLat: string;
  readonly observerUncertaintyMetres: string;
  readonly occurredAt: string;
  readonly timeUncertaintySeconds: string;
  readonly means: Means;
  readonly observation: ObservationKind;
  readonly number: string;
  readonly unit: CountUnit;
  readonly qualifier: CountQualifier;
  readonly bearingDegrees: string;
  readonly bearingUncertaintyDegrees: string;
  readonly rangeMetres: string;
  readonly rangeUncertaintyMetres: string;
  /** Where the thing itself was, if the observer can say. */
  readonly placeLon: string;
  readonly placeLat: string;
  readonly placeUncertaintyMetres: string;
  readonly direction: Direction;
  readonly weapon: Weapon;
  readonly visibility: Visibility;
  readonly remark: string;
}

export const FIRST_SIGHTING: Omit<SightingFields, "occurredAt"> = {
  observerLon: "",
  observerLat: "",
  observerUncertaintyMetres: "50",
  timeUncertaintySeconds: "30",
  means: "heard",
  observation: "explosion",
  number: "1",
  unit: "explosion",
  qualifier: "exact",
  bearingDegrees: "",
  bearingUncertaintyDegrees: "5",
  rangeMetres: "",
  rangeUncertaintyMetres: "",
  placeLon: "",
  placeLat: "",
  placeUncertaintyMetres: "",
  direction: "undetermined",
  weapon: "not-known",
  visibility: "good",
  remark: "",
};

export type SightingFault = "observer" | "place" | "occurredAt" | "number" | "bearingDegrees" | "rangeMetres";

/** The unit in which each kind of observation is counted unless the observer says otherwise. */
export const USUAL_UNIT: Partial<Record<ObservationKind, CountUnit>> = {
  explosion: "explosion",
  impact: "explosion",
  burst: "burst",
  shot: "shot",
  projectile: "object",
  "muzzle-flash": "object",
  tracer: "object",
  flare: "object",
  overflight: "flight",
  movement: "object",
  crossing: "person",
  detention: "person",
};

export function sightingBody(
  fields: SightingFields,
): { readonly body: SightingBody } | { readonly faults: readonly SightingFault[] } {
  const occurred = parseInstant(fields.occurredAt.trim());
  const observer = placeOf(fields.observerLon, fields.observerLat, fields.observerUncertaintyMetres, 50);
  const isPlaced = fields.placeLon.trim() !== "" || fields.placeLat.trim() !== "";
  const place = isPlaced ? placeOf(fields.placeLon, fields.placeLat, fields.placeUncertaintyMetres, 500) : undefined;
  const number = whole(fields.number, 0, 1_000_000);
  const bearing = optionalWhole(fields.bearingDegrees, 0, 359);
  const range = optionalWhole(fields.rangeMetres, 0, 100_000);
  const faults: SightingFault[] = [];
  if (observer === undefined) faults.push("observer");
  if (isPlaced && place === undefined) faults.push("place");
  if (!occurred.ok) faults.push("occurredAt");
  if (number === undefined) faults.push("number");
  if (bearing === "wrong") faults.push("bearingDegrees");
  if (range === "wrong") faults.push("rangeMetres");
  if (faults.length > 0 || observer === undefined || !occurred.ok || number === undefined) return { faults };
  if (bearing === "wrong" || range === "wrong") return { faults };
  return {
    body: {
      observer,
      occurredAt: formatInstant(occurred.value),
      timeUncertaintySeconds: whole(fields.timeUncertaintySeconds, 0, 86_400) ?? 60,
      means: fields.means,
      observation: fields.observation,
      count: { number, unit: fields.unit, qualifier: fields.qualifier },
      ...(bearing === undefined
        ? {}
        : { bearingDegrees: bearing, bearingUncertaintyDegrees: whole(fields.bearingUncertaintyDegrees, 0, 180) ?? 5 }),
      ...(range === undefined
        ? {}
        : {
            rangeMetres: range,
            rangeUncertaintyMetres: whole(fields.rangeUncertaintyMetres, 0, 100_000) ?? Math.round(range / 2),
          }),
      ...(place === undefined ? {} : { place }),
      direction: fields.direction,
      weapon: fields.weapon,
      visibility: fields.visibility,
      remark: fields.remark.trim(),
    },
  };
}

function placeOf(lonText: string, latText: string, metres: string, usual: number): PlaceBody | undefined {
  const [lon, lat] = [Number(lonText), Number(latText)];
  if (lonText.trim() === "" || latText.trim() === "") return undefined;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return undefined;
  return { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres: whole(metres, 0, 200_000) ?? usual };
}

function whole(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function optionalWhole(text: string, least: number, most: number): number | undefined | "wrong" {
  return text.trim() === "" ? undefined : (whole(text, least, most) ?? "wrong");
}
