const BYTE_TEXT = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** `bytes[start, start + length)` as lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array, start = 0, length = bytes.length - start): string {
  let text = "";
  for (let index = start; index < start + length; index += 1) text += BYTE_TEXT[bytes[index]!];
  return text;
}

/** Reads hexadecimal text of either case; undefined where it is not hexadecimal or of odd length. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}
