/**
 * A PDF → its words, page after page, by the pdf.js that `unpdf` brings. Nothing in it is run: scripts, forms and files within are
 * never opened. Runs only in the thread that looks into files.
 * GAP: words that a PDF paints invisibly (text rendering mode 3) come out with the others. Closed by walking the page's operators
 * for the mode of each word.
 */
import { constants, inflateSync } from "node:zlib";
import { getDocumentProxy } from "unpdf";
import { type Extraction, refuseText, Tally } from "./extraction.ts";
import { MOST_CHARACTERS, MOST_PDF_PAGES, MOST_UNPACKED_BYTES } from "./limits.ts";
import { finished } from "./plain.ts";

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Errors: `text.pdf-broken`, `text.pdf-locked`, `text.unpacks-too-large`, `text.too-long`, and those of `finished`. */
export async function extractPdf(bytes: Uint8Array): Promise<Extraction> {
  requireModest(bytes);
  const tally = new Tally();
  const pdf = await open(bytes);
  try {
    if (pdf.numPages > MOST_PDF_PAGES)
      return refuseText("too-long", `at most ${MOST_PDF_PAGES} pages`, `${pdf.numPages}`);
    const text = await wordsOf(pdf, tally);
    return finished(text, tally, await toldOf(pdf));
  } finally {
    await pdf.loadingTask.destroy().catch(() => undefined);
  }
}

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      enableXfa: false,
      maxImageSize: 1,
      verbosity: 0,
    } as never);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "PasswordException") return refuseText("pdf-locked", "a PDF without a password", "one that is locked");
    return refuseText("pdf-broken", "a PDF that can be read", "one that cannot", message);
  }
}

async function wordsOf(pdf: Document, tally: Tally): Promise<string> {
  const pages: string[] = [];
  let letters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pageOf(pdf, number);
    letters += page.length;
    if (letters > MOST_CHARACTERS) return refuseText("too-long", `at most ${MOST_CHARACTERS} letters`, "more");
    if (page.trim() === "") tally.add("image-only-page");
    pages.push(page);
  }
  return pages.join("\n\n");
}

async function pageOf(pdf: Document, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
  } catch (error) {
    return refuseText("pdf-broken", `a page ${number} that can be read`, "one that cannot", (error as Error).message);
  }
}

async function toldOf(pdf: Document): Promise<{ title?: string }> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = String((info as { Title?: unknown }).Title ?? "")
    .replace(/\s+/g, " ")
    .trim();
  return title === "" ? {} : { title: title.slice(0, 300) };
}

/** Packed once more within: more often than this nobody packs a page's words. */
const MOST_LAYERS = 3;

/** Unpacks every packed part with a limit beforehand: what pdf.js unpacks stays in memory whole. Errors: `text.unpacks-too-large`. */
function requireModest(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MOST_UNPACKED_BYTES;
  for (let at = file.indexOf("stream"); at >= 0; at = file.indexOf("stream", at + 6)) {
    if (file.toString("latin1", Math.max(0, at - 3), at) === "end") continue;
    let start = at + 6;
    if (file[start] === 0x0d) start += 1;
    if (file[start] === 0x0a) start += 1;
    const found = file.indexOf("endstream", start);
    left -= unpackedBytes(file.subarray(start, found < 0 ? file.length : found), left, MOST_LAYERS);
  }
}

function unpackedBytes(packed: Buffer, left: number, layers: number): number {
  // zlib's header: method 8, and both bytes together a multiple of 31 (RFC 1950).
  const isPacked = packed.length > 2 && (packed[0]! & 0x0f) === 8 && ((packed[0]! << 8) | packed[1]!) % 31 === 0;
  if (!isPacked || layers === 0) return 0;
  const unpacked = inflated(packed, left);
  return unpacked === undefined ? 0 : unpacked.length + unpackedBytes(unpacked, left - unpacked.length, layers - 1);
}

/** Undefined where it is broken, or not packed by this method: pdf.js says so where it matters. */
function inflated(packed: Buffer, left: number): Buffer | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, left), finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      return refuseText("unpacks-too-large", `at most ${MOST_UNPACKED_BYTES} bytes unpacked`, "more");
    return undefined;
  }
}
