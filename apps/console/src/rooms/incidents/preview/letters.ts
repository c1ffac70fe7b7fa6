/** A file's bytes as letters on the screen, and as nothing else: text as text with what hides in it made visible, all other bytes in hex. */

/** Control characters, and those that turn the direction of reading or show nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;

/** The text, each hidden character by its number; undefined where the bytes are no UTF-8 text. `isPart`: the end may break a letter. */
export function readableText(bytes: Uint8Array, isPart: boolean): string | undefined {
  const text = decode(bytes, isPart);
  if (text === undefined || text.includes("\u0000")) return undefined;
  return text.replaceAll(HIDDEN, (letter) => ("\n\t".includes(letter) ? letter : nameOf(letter)));
}

function decode(bytes: Uint8Array, isPart: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isPart });
  } catch {
    return undefined;
  }
}

const nameOf = (letter: string): string =>
  letter === "\r" ? "" : `‹U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}›`;

const PER_LINE = 16;

/** Offset, sixteen bytes in hex, and those of them that are letters of ASCII. */
export function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += PER_LINE) {
    const row = [...bytes.subarray(offset, offset + PER_LINE)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const ascii = row.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : "."));
    lines.push(`${offset.toString(16).padStart(6, "0")}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${ascii.join("")}`);
  }
  return lines.join("\n");
}
