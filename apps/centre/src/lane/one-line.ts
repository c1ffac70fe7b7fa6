/** Half of a character beyond the basic plane, left where a text was cut. */
const HALF_AT_END = /[\ud800-\udbff]$/;

/**
 * Whatever others write stands on one line, without characters that nobody sees, and is no longer than an officer reads: in the form
 * that the record takes (Unicode NFC, no half characters).
 */
export function oneLine(text: string, longest: number): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .normalize("NFC")
    .slice(0, longest)
    .replace(HALF_AT_END, "")
    .trim();
}
