/** A 24-bit address as six lower-case hexadecimal digits. */
export function formatIcao(icao: number): string {
  return icao.toString(16).padStart(6, "0");
}

/** Reads six hexadecimal digits; undefined for anything else. */
export function parseIcao(text: string): number | undefined {
  return /^[0-9a-fA-F]{6}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}
