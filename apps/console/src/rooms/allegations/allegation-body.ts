/** The form of an allegation. What the party has not said stays out: nothing is filled in for it. */
import {
  type AllegationBody,
  type CountUnit,
  formatDegrees,
  formatInstant,
  type ObservationKind,
  parseInstant,
} from "@openjmc/model";

export interface AllegationFields {
  readonly accuser: string;
  readonly accused: string;
  readonly via: AllegationBody["via"];
  readonly what: string;
  readonly observation: ObservationKind | "";
  readonly number: string;
  readonly unit: CountUnit;
  readonly occurredAt: string;
  readonly lon: string;
  readonly lat: string;
  readonly uncertaintyMetres: string;
  readonly harm: string;
  readonly basis: string;
  readonly language: string;
}

export const FIRST_ALLEGATION: Omit<AllegationFields, "accuser" | "language"> = {
  accused: "",
  via: "hotline",
  what: "",
  observation: "",
  number: "",
  unit: "explosion",
  occurredAt: "",
  lon: "",
  lat: "",
  uncertaintyMetres: "1000",
  harm: "",
  basis: "",
};

export type AllegationFault = "accuser" | "occurredAt" | "place" | "number";

export function allegationBody(
  fields: AllegationFields,
): { readonly body: AllegationBody } | { readonly faults: readonly AllegationFault[] } {
  const occurred = fields.occurredAt.trim() === "" ? undefined : parseInstant(fields.occurredAt.trim());
  const placed = fields.lon.trim() !== "" || fields.lat.trim() !== "";
  const lon = Number(fields.lon);
  const lat = Number(fields.lat);
  const number = Number(fields.number);
  const faults: AllegationFault[] = [];
  if (fields.accuser === "") faults.push("accuser");
  if (occurred?.ok === false) faults.push("occurredAt");
  if (placed && !(fields.lon.trim() !== "" && fields.lat.trim() !== "" && Math.abs(lon) <= 180 && Math.abs(lat) <= 90))
    faults.push("place");
  if (fields.number.trim() !== "" && !(Number.isInteger(number) && number >= 0 && number <= 1_000_000))
    faults.push("number");
  if (faults.length > 0) return { faults };
  const text = (name: "accused" | "harm" | "basis") =>
    fields[name].trim() === "" ? {} : { [name]: fields[name].trim() };
  return {
    body: {
      accuser: fields.accuser,
      ...text("accused"),
      via: fields.via,
      what: fields.what.trim(),
      ...(fields.observation === "" ? {} : { observation: fields.observation }),
      ...(fields.number.trim() === "" ? {} : { count: { number, unit: fields.unit, qualifier: "about" as const } }),
      ...(occurred?.ok ? { occurredAt: formatInstant(occurred.value) } : {}),
      ...(placed
        ? {
            place: {
              lon: formatDegrees(lon),
              lat: formatDegrees(lat),
              uncertaintyMetres: Math.max(0, Math.round(Number(fields.uncertaintyMetres)) || 0),
            },
          }
        : {}),
      ...text("harm"),
      ...text("basis"),
      language: fields.language,
    },
  };
}
