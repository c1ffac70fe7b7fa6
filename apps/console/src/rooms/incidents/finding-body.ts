/** The form of a finding, checked and made into the body that is signed. */
import {
  type CountQualifier,
  type CountUnit,
  type FindingBody,
  type FindingRow,
  formatDegrees,
  formatInstant,
  type IncidentRow,
  type Instant,
  type Means,
  MICROSECONDS_PER_HOUR,
  type MissionView,
  type ObservationKind,
  parseInstant,
} from "@openjmc/model";
import { type FormField, type FormValues, formBody } from "../../forms/form-body.ts";
import { extraValues } from "./finding-extra.ts";

/** What the officer writes; texts as typed. */
export interface FindingFields {
  readonly question: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly occurredAt: string;
  readonly lon: string;
  readonly lat: string;
  readonly uncertaintyMetres: string;
  readonly observation: ObservationKind;
  readonly number: string;
  readonly unit: CountUnit;
  readonly qualifier: CountQualifier;
  readonly means: readonly Means[];
  readonly provision: string;
  readonly judgement: FindingBody["judgement"];
  readonly unknowns: string;
  readonly deadlineHours: string;
  /** What `extraFields` ask for. */
  readonly extra: FormValues;
}

/** What the record already says of the incident, as far as a form can begin with it. */
export interface KnownFacts {
  readonly observation?: ObservationKind;
  readonly number?: number;
  readonly unit?: CountUnit;
  readonly means: readonly Means[];
  readonly provision?: string;
  readonly uncertaintyMetres?: number;
}

/** The form as it first stands: from the standing proposal when there is one, else from what is known. */
export function firstFields(
  incident: IncidentRow,
  mission: MissionView,
  known: KnownFacts,
  standing: FindingRow | undefined,
): FindingFields {
  if (standing !== undefined) return fieldsOf(standing.proposal, mission);
  const observation = known.observation ?? "explosion";
  return {
    question: incident.title,
    texts: Object.fromEntries(mission.authenticLanguages.map((language) => [language, ""])),
    occurredAt: formatInstant(incident.occurredAt),
    lon: incident.lon === undefined ? "" : incident.lon.toFixed(4),
    lat: incident.lat === undefined ? "" : incident.lat.toFixed(4),
    uncertaintyMetres: String(Math.max(50, Math.ceil((known.uncertaintyMetres ?? 500) / 50) * 50)),
    observation,
    number: String(known.number ?? 1),
    unit: known.unit ?? mission.reportUnit[observation] ?? "explosion",
    qualifier: "exact",
    means: known.means,
    provision: known.provision ?? "",
    judgement: "recorded",
    unknowns: "",
    deadlineHours: String(mission.lapseHours),
    extra: {},
  };
}

function fieldsOf(body: FindingBody, mission: MissionView): FindingFields {
  return {
    question: body.question,
    texts: body.texts,
    occurredAt: body.occurredAt,
    lon: body.place === undefined ? "" : String(Number(body.place.lon)),
    lat: body.place === undefined ? "" : String(Number(body.place.lat)),
    uncertaintyMetres: String(body.place?.uncertaintyMetres ?? 500),
    observation: body.observation,
    number: String(body.count.number),
    unit: body.count.unit,
    qualifier: body.count.qualifier,
    means: body.means,
    provision: body.provision,
    judgement: body.judgement,
    unknowns: body.unknowns,
    deadlineHours: String(mission.lapseHours),
    extra: extraValues(body),
  };
}

export type FieldFault =
  | "question"
  | "texts"
  | "occurredAt"
  | "place"
  | "number"
  | "means"
  | "provision"
  | "deadlineHours"
  | "extra";

/**
 * The body, or which fields keep it from being one. `now` is the centre's time, from which the deadline runs; `further` are the
 * fields of the further facts.
 */
export function findingBody(
  incident: string,
  fields: FindingFields,
  languages: readonly string[],
  now: Instant,
  further: readonly FormField[] = [],
): { readonly body: FindingBody } | { readonly faults: readonly FieldFault[] } {
  const occurred = parseInstant(fields.occurredAt.trim());
  const hours = Number(fields.deadlineHours);
  const place = placeOf(fields);
  const number = Number(fields.number);
  const extra = formBody(further, fields.extra, now);
  const faults: FieldFault[] = [];
  if (fields.question.trim() === "") faults.push("question");
  if (languages.some((language) => (fields.texts[language] ?? "").trim() === "")) faults.push("texts");
  if (!occurred.ok) faults.push("occurredAt");
  if (place === "wrong") faults.push("place");
  if (!Number.isSafeInteger(number) || number < 0 || fields.number.trim() === "") faults.push("number");
  if (fields.means.length === 0) faults.push("means");
  if (fields.provision === "") faults.push("provision");
  if (!(hours > 0 && hours <= 24 * 365)) faults.push("deadlineHours");
  if ("faults" in extra) faults.push("extra");
  if (faults.length > 0 || !occurred.ok || place === "wrong" || "faults" in extra) return { faults };
  return {
    body: {
      incident,
      question: fields.question.trim(),
      texts: Object.fromEntries(languages.map((language) => [language, fields.texts[language]!.trim()])),
      occurredAt: formatInstant(occurred.value),
      ...(place === undefined ? {} : { place }),
      observation: fields.observation,
      count: { number, unit: fields.unit, qualifier: fields.qualifier },
      means: fields.means,
      provision: fields.provision,
      judgement: fields.judgement,
      unknowns: fields.unknowns.trim(),
      ...extra.body,
      deadline: formatInstant(now + Math.round(hours * MICROSECONDS_PER_HOUR)),
    },
  };
}

function placeOf(fields: FindingFields): FindingBody["place"] | "wrong" {
  if (fields.lon.trim() === "" && fields.lat.trim() === "") return undefined;
  const lon = Number(fields.lon);
  const lat = Number(fields.lat);
  const uncertaintyMetres = Math.round(Number(fields.uncertaintyMetres));
  const sane =
    fields.lon.trim() !== "" &&
    fields.lat.trim() !== "" &&
    Math.abs(lon) <= 180 &&
    Math.abs(lat) <= 90 &&
    uncertaintyMetres >= 0;
  return sane ? { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres } : "wrong";
}
