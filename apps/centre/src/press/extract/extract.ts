/** A file as it came → its words. Runs in the thread that looks into files. */
import { FaultError } from "@openjmc/model";
import { pageOfArchive } from "./archive.ts";
import { decodeText } from "./decode.ts";
import { type Extraction, refuseText, Tally } from "./extraction.ts";
import { extractHtml } from "./html.ts";
import { LARGEST_FILE_BYTES } from "./limits.ts";
import { type MediaType, mediaTypeOf } from "./media-type.ts";
import { extractPdf } from "./pdf.ts";
import { finished } from "./plain.ts";

export interface Extracted extends Extraction {
  readonly mediaType: MediaType;
}

/** `said`: the sender's media type. Errors: `text.*`, each with what was expected and what came. */
export async function extract(bytes: Uint8Array, said: string): Promise<Extracted> {
  if (bytes.byteLength > LARGEST_FILE_BYTES)
    return refuseText("too-large", `at most ${LARGEST_FILE_BYTES} bytes`, String(bytes.byteLength));
  const mediaType = mediaTypeOf(bytes, said);
  return { mediaType, ...(await wordsOf(bytes, mediaType, said)) };
}

async function wordsOf(bytes: Uint8Array, mediaType: MediaType, said: string): Promise<Extraction> {
  if (mediaType === "application/pdf") return extractPdf(bytes);
  const tally = new Tally();
  if (mediaType === "multipart/related") return wordsOfArchive(bytes, tally);
  const letters = decodeText(bytes, said, tally);
  if (mediaType === "text/plain") return finished(letters, tally);
  const page = extractHtml(letters);
  return { ...page, neutralised: joined([...tally.list(), ...page.neutralised]) };
}

function wordsOfArchive(bytes: Uint8Array, tally: Tally): Extraction {
  const { letters, isPage, address, retrievedAt } = pageOfArchive(bytes, tally);
  const captured = retrievedAt === undefined ? {} : { retrievedAt };
  if (!isPage) return { ...finished(letters, tally), ...captured };
  const page = extractHtml(letters, address);
  return { ...page, ...captured, neutralised: joined([...tally.list(), ...page.neutralised]) };
}

/** One line for each kind. */
function joined(counts: Extraction["neutralised"]): Extraction["neutralised"] {
  const tally = new Tally();
  for (const { what, count } of counts) tally.add(what, count);
  return tally.list();
}

export function faultIn(error: unknown): FaultError["fault"] {
  if (error instanceof FaultError) return error.fault;
  return { code: "text.unreadable", what: "file", cause: String((error as Error).message ?? error).slice(0, 200) };
}
