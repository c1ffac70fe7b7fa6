/** A file as it came → its words. Runs in the thread that looks into files. */
import { FaultError } from "@openjmc/model";
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
  const letters = decodeText(bytes, said, tally);
  if (mediaType === "text/plain") return finished(letters, tally);
  const page = extractHtml(letters);
  return { ...page, neutralised: [...tally.list(), ...page.neutralised] };
}

export function faultIn(error: unknown): FaultError["fault"] {
  if (error instanceof FaultError) return error.fault;
  return { code: "text.unreadable", what: "file", cause: String((error as Error).message ?? error).slice(0, 200) };
}
