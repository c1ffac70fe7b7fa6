/** Forms as tables of fields: what officers type, checked and made into the body that is signed. */
import { formatDegrees, formatInstant, type Instant, MICROSECONDS_PER_HOUR, parseInstant } from "@openjmc/model";
import type { WordsKey } from "@openjmc/words";

/** One of a list; `label` as people read it. */
export interface FieldChoice {
  readonly value: string;
  readonly label: string;
}

interface Named {
  /** Where it stands in the body; a dot goes into a part of it. */
  readonly name: string;
  readonly label: WordsKey;
  /** Stands in the label's place where the mission names the field. */
  readonly named?: string;
  readonly hint?: WordsKey;
  readonly optional?: true;
  /** Stands in the body as an empty text where nothing was typed. */
  readonly blank?: true;
}

export type FormField = Named &
  (
    | { readonly as: "text" | "area"; readonly most: number }
    /** One of a list that is signed as its number. */
    | { readonly as: "numbered"; readonly choices: readonly FieldChoice[] }
    | { readonly as: "choice"; readonly choices: readonly FieldChoice[] }
    /** As many of a list as are ticked. None ticked is an empty list, unless one is needed. */
    | { readonly as: "several"; readonly choices: readonly FieldChoice[]; readonly least?: 1 }
    /** A coordinate, signed as a decimal string. */
    | { readonly as: "degrees"; readonly limit: 90 | 180 }
    | { readonly as: "instant" }
    /** A calendar day. */
    | { readonly as: "day" }
    /** A clock that runs out so many hours from now. */
    | { readonly as: "hours" }
    | { readonly as: "number"; readonly least: number; readonly most: number }
    /** Per cent, stated as whole per mille. */
    | { readonly as: "percent" }
    | { readonly as: "place" }
    | { readonly as: "lines"; readonly parts: readonly FormField[]; readonly most: number }
  );

/** What is typed, by field; a place has three, lines are kept as JSON. */
export type FormValues = Readonly<Record<string, string>>;

export type Made = { readonly body: Readonly<Record<string, unknown>> } | { readonly faults: readonly string[] };

/** The body, or the names of the fields that keep it from being one. `now` is the centre's time, from which clocks run. */
export function formBody(fields: readonly FormField[], values: FormValues, now: Instant): Made {
  const body: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const field of fields) {
    const made = fieldValue(field, values, now);
    if (made === "wrong") faults.push(field.name);
    else if (made !== undefined) put(body, field.name.split("."), made.value);
    else if (!field.optional) faults.push(field.name);
  }
  return faults.length > 0 ? { faults } : { body };
}

function put(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (rest.length === 0) body[first!] = value;
  else {
    body[first!] ??= {};
    put(body[first!] as Record<string, unknown>, rest, value);
  }
}

type Value = { readonly value: unknown } | undefined | "wrong";

/** Undefined where nothing was typed. */
function fieldValue(field: FormField, values: FormValues, now: Instant): Value {
  if (field.as === "place") return placeValue(field.name, values);
  const typed = (values[field.name] ?? "").trim();
  if (field.as === "lines") return linesValue(field, typed, now);
  if (field.as === "several") return severalValue(field, typed);
  if (typed === "") return field.blank ? { value: "" } : undefined;
  switch (field.as) {
    case "text":
    case "area":
      return typed.length <= field.most ? { value: typed } : "wrong";
    case "choice":
      return field.choices.some((choice) => choice.value === typed) ? { value: typed } : "wrong";
    case "numbered":
      return field.choices.some((choice) => choice.value === typed) ? { value: Number(typed) } : "wrong";
    case "instant": {
      const parsed = parseInstant(typed);
      return parsed.ok ? { value: formatInstant(parsed.value) } : "wrong";
    }
    case "day":
      return /^\d{4}-\d\d-\d\d$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? { value: typed } : "wrong";
    case "hours": {
      const hours = Number(typed);
      const isClock = hours > 0 && hours <= 24 * 365;
      return isClock ? { value: formatInstant(now + Math.round(hours * MICROSECONDS_PER_HOUR)) } : "wrong";
    }
    case "percent": {
      const percent = Number(typed.replace(",", "."));
      return percent >= 0 && percent <= 100 ? { value: Math.round(percent * 10) } : "wrong";
    }
    case "degrees": {
      const degrees = Number(typed.replace(",", "."));
      return Math.abs(degrees) <= field.limit ? { value: formatDegrees(degrees) } : "wrong";
    }
    case "number": {
      const number = Number(typed);
      return Number.isSafeInteger(number) && number >= field.least && number <= field.most
        ? { value: number }
        : "wrong";
    }
  }
}

/** Ticked values as they are kept among the values. */
export function readTicked(kept: string | undefined): string[] {
  return (kept ?? "").split(",").filter((value) => value !== "");
}

function severalValue(field: FormField & { readonly as: "several" }, kept: string): Value {
  const ticked = readTicked(kept).filter((value) => field.choices.some((choice) => choice.value === value));
  return ticked.length >= (field.least ?? 0) ? { value: ticked } : undefined;
}

const USUAL_METRES = 500;

function placeValue(name: string, values: FormValues): Value {
  const [lonText, latText] = [(values[`${name}.lon`] ?? "").trim(), (values[`${name}.lat`] ?? "").trim()];
  if (lonText === "" && latText === "") return undefined;
  const [lon, lat] = [Number(lonText), Number(latText)];
  const metres = Number((values[`${name}.metres`] ?? "").trim() || USUAL_METRES);
  const isPlace = lonText !== "" && latText !== "" && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && metres >= 0;
  return isPlace
    ? { value: { lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres: Math.round(metres) } }
    : "wrong";
}

/** Lines as they are kept among the values. */
export function readLines(kept: string | undefined): FormValues[] {
  try {
    const lines: unknown = JSON.parse(kept === undefined || kept === "" ? "[]" : kept);
    return Array.isArray(lines) ? (lines as FormValues[]) : [];
  } catch {
    return [];
  }
}

/** Lines in which nothing was typed are none. No line is an empty list, unless at least one is needed. */
function linesValue(field: FormField & { readonly as: "lines" }, kept: string, now: Instant): Value {
  const lines = readLines(kept).filter((line) => Object.values(line).some((typed) => typed.trim() !== ""));
  if (lines.length > field.most) return "wrong";
  const made = lines.map((line) => formBody(field.parts, line, now));
  if (made.some((one) => "faults" in one)) return "wrong";
  if (made.length === 0) return field.optional ? { value: [] } : undefined;
  return { value: made.map((one) => ("body" in one ? one.body : {})) };
}
