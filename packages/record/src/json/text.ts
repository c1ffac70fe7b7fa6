/** What characters signed text may hold: none that hide, reorder or spell the same thing twice. */
import { refuse, shown } from "../fault.ts";

const PLAIN = /^[\x20-\x7e]*$/;
// C0 but tab and line feed, DEL, C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
// Embeddings, overrides and isolates reorder what is shown. Plain direction marks, which languages need, are not here.
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/;
const INVISIBLE = /[\u200b\u2060\ufeff]/;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/;

/** Free text: NFC, tab and line feed the only controls. Errors: `json.control-character`, `json.not-nfc`. */
export function checkText(text: string, field: string): void {
  if (PLAIN.test(text)) return;
  if (!text.isWellFormed()) refuse("json.not-json", "text", { where: { field }, expected: "no lone surrogates" });
  if (CONTROL.test(text)) refuse("json.control-character", "text", { where: { field }, got: shown(text) });
  if (REORDERING.test(text) || INVISIBLE.test(text)) {
    refuse("json.bidi-control", "text", {
      where: { field },
      expected: "no reordering or invisible characters",
      got: codes(text),
    });
  }
  if (text.normalize("NFC") !== text) {
    refuse("json.not-nfc", "text", { where: { field }, expected: "Unicode NFC", got: shown(text) });
  }
}

/** An identifier: up to 128 letters, digits and `._:/-` of ASCII, so that no two look alike. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}

function codes(text: string): string {
  const found = [...text].filter((letter) => REORDERING.test(letter) || INVISIBLE.test(letter));
  return found.map((letter) => `U+${letter.codePointAt(0)!.toString(16).toUpperCase()}`).join(" ");
}
