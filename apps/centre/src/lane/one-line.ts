/** Whatever others write stands on one line, without characters that nobody sees, and is no longer than an officer reads. */
export function oneLine(text: string, longest: number): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, longest)
    .trim();
}
