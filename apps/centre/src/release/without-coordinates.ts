/**
 * Takes positions out of what people wrote: decimal degrees, degrees with minutes, and grid references (MGRS, UTM), each from the
 * precision on that is finer than about a kilometre.
 * GAP: a place told in words ("600 m south-west of the mill") goes through; whoever approves a text for the public must read
 * it. Closed by a review step before free text leaves.
 */
import { parseInstant } from "@openjmc/model";

const FORMS = [
  // Not the end of a date with dots.
  /(?<!\d\.|\d)[-+]?\d{1,3}(?:\.\d{3,}|,\d{4,})/g,
  /\d{1,3}\s*[°º]\s*\d{1,2}(?:[.,]\d+)?\s*['′’](?:\s*\d{1,2}(?:[.,]\d+)?\s*(?:["″”]|''))?/g,
  /\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b/g,
  /\b\d{6}(?:\.\d+)?\s*(?:m\s*)?E?[,;\s]\s*\d{7}(?!\d)/g,
];
const LEFT_OUT = "…";

/** The text with every position in it replaced by an ellipsis. A time alone is no position. */
export function withoutCoordinates(text: string): string {
  if (!/\d{2}/.test(text) || parseInstant(text).ok) return text;
  return FORMS.reduce((rest, form) => rest.replace(form, LEFT_OUT), text);
}
