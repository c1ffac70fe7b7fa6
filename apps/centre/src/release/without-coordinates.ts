/**
 * Takes positions out of what people wrote: degrees in decimals, with minutes and with seconds, however they are parted; grid
 * references (MGRS, UTM, metric) and plus codes; each from the precision on that is finer than about a kilometre. Rather too much
 * than too little: two long numbers beside one another go, a count and a time stay.
 * GAP: a place told in words ("600 m south-west of the mill") goes through; whoever approves a text for the public must read
 * it. Closed by a review step before free text leaves.
 */
import { parseInstant } from "@openjmc/model";
import { inPlainDigits } from "./plain-digits.ts";

// Gaps are bounded, so that a long run of spaces costs no more than a short one.

/** Quarters of the compass as they follow or lead a number, in English, Turkish and Russian. */
const QUARTER = String.raw`(?:[NSEWKGDB](?![\p{L}\d])|[сю]\.?\s?ш|[вз]\.?\s?д)`;
const LEADING = String.raw`(?<![\p{L}\d])[NSEW]`;
const START = String.raw`(?<![\p{L}\d.,:])`;
const FRACTION = String.raw`(?:[.,]\d+)?`;
const DEGREES = String.raw`(?:[°º]|deg(?:rees?|\.)?|derece|град(?:ус(?:а|ов)?|\.)?)`;
const MINUTES = String.raw`(?:['′’]|min(?:utes?|\.)?|dakika|мин(?:ут[аы]?|\.)?)`;
const PARTED = String.raw`\d{1,3}[\s:-]\s?\d{1,2}[\s:-]\s?\d{1,2}${FRACTION}`;
const SECONDS = String.raw`\s{0,3}\d{1,2}${FRACTION}\s{0,3}(?:["″”]|''|′′|sec(?:onds?|\.)?|saniye|сек(?:унд[аы]?|\.)?)`;
const PLUS = "[23456789CFGHJMPQRVWX]";

const form = (source: string, flags = ""): RegExp => new RegExp(source, `gu${flags}`);

const FORMS: readonly RegExp[] = [
  // Decimal degrees; not the end of a date with dots.
  /(?<!\d\.|\d)[-+]?\d{1,3}(?:\.\d{3,}|,\d{4,})/g,
  // 47,123 39,987
  /(?<![\d.,])\d{1,3},\d{3}(?:\s{1,3}|\s{0,3};\s{0,3})\d{1,3},\d{3}(?![\d,])/g,
  /(?<![\d.,])\d{2,3},\d{3}\s{0,3}[,/]\s{0,3}\d{2,3},\d{3}(?![\d,])/g,
  form(`${START}\\d{1,3}[.,]\\d{3,}\\s?[°º]?\\s?${QUARTER}`),
  form(`${LEADING}\\s?\\d{1,3}[.,]\\d{3,}`),
  // 39° 59.25′, 39°59'15", 39 deg 59.25 min, 39°59.25 N
  form(`\\d{1,3}\\s{0,3}${DEGREES}\\s{0,3}\\d{1,2}${FRACTION}\\s{0,3}${MINUTES}(?:${SECONDS})?`, "i"),
  form(`\\d{1,3}\\s{0,3}${DEGREES}\\s{0,3}\\d{1,2}(?:[.,]\\d+|\\s{1,3}\\d{1,2}${FRACTION}|\\s{0,3}${QUARTER})`),
  /(?<![\p{L}\d])\d{1,3}d\s?\d{1,2}(?:[.,]\d+)?[m'′]/gu,
  // 39 59 15 N, 39-59-15N, N 39 59 15, and two of them without letters
  form(`${START}${PARTED}\\s{0,3}["″”]?\\s{0,3}${QUARTER}`),
  form(`${LEADING}\\s{0,3}${PARTED}(?!\\d)`),
  form(`${START}\\d{1,3} \\d{2} \\d{2}${FRACTION}\\s{0,3}[,;/\\s]\\s{0,3}\\d{1,3} \\d{2} \\d{2}${FRACTION}(?!\\d)`),
  // 39 59.25 N
  form(`${START}\\d{1,3}[\\s-]\\d{1,2}[.,]\\d+\\s{0,3}['′’]?\\s{0,3}${QUARTER}`),
  form(`${LEADING}\\s{0,3}\\d{1,3}[\\s-]\\d{1,2}[.,]\\d+`),
  // 395915N, N395915, 3959.25N, E04707.40, 3959N 04707E
  form(`${START}\\d{6,7}${FRACTION}\\s?${QUARTER}`, "i"),
  form(`${LEADING}\\s?\\d{6,7}${FRACTION}(?![\\p{L}\\d])`, "i"),
  form(`${START}\\d{4,5}[.,]\\d+\\s?${QUARTER}`, "i"),
  form(`${LEADING}\\s?\\d{4,5}[.,]\\d+`, "i"),
  /(?<![\p{L}\d])\d{4}[NS][\s,;/]{0,4}\d{4,5}[EW](?![\p{L}\d])/giu,
  // MGRS
  /\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b/g,
  /\b\d{1,2}[c-hj-np-x][a-hj-np-z]{2}\d{6,10}\b/g,
  // UTM and other metric grids, in either order; X=… Y=…
  /\b\d{6}(?:\.\d+)?\s{0,3}(?:m\s{0,3})?E?[,;\s/]\s{0,3}\d{7}(?!\d)/g,
  /(?<![\p{L}\d.,])\d{7}(?:\.\d+)?\s{0,3}(?:m\s{0,3})?N?[,;\s/]\s{0,3}\d{6,8}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])[XYEN]\s{0,3}[=:]\s{0,3}\d{5,8}(?:[.,]\d+)?/giu,
  // Open location codes
  form(`(?<![\\p{L}\\d+/])(?:${PLUS}{4}|${PLUS}{6}|${PLUS}{8})\\+${PLUS}{2,7}(?![\\p{L}\\d+/=])`, "i"),
];
const LEFT_OUT = "…";

/** The text with every position in it replaced by an ellipsis; the very text where it holds none. A time alone is no position. */
export function withoutCoordinates(text: string): string {
  if (!/\p{N}/u.test(text) || parseInstant(text).ok) return text;
  const plain = inPlainDigits(text);
  const left = leaveOut(plain);
  return left === plain ? text : left;
}

/** Again until nothing more is found: what is left out may have hidden the beginning of another. */
function leaveOut(text: string): string {
  const left = FORMS.reduce((rest, one) => rest.replace(one, LEFT_OUT), text);
  return left === text ? text : leaveOut(left);
}
