const DECLARATION = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/;

/** A document's text by the encoding that it declares; undefined where that is neither UTF-8 nor ISO 8859-1, or wrong. */
export function decodeXmlText(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const isMarked = head.startsWith("\u00ef\u00bb\u00bf");
  const encoding = DECLARATION.exec(isMarked ? head.slice(3) : head)?.[1]?.toLowerCase() ?? "utf-8";
  if (encoding === "iso-8859-1") return new TextDecoder("latin1").decode(bytes);
  if (!["utf-8", "utf8", "us-ascii", "ascii"].includes(encoding)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that may stand as character data or in a value. What no document can hold is left out. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
      .replace(/[&<>"]/g, (character) => ESCAPES[character]!)
      // A reader would make spaces of these in a value, and drop the returns in text.
      .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
