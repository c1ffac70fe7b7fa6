/** Looks into a file of the evidence without running any of it: as much of it as a screen shows, by its bytes and not by its name. */
import { readAttachmentPart } from "../../../api/endpoints.ts";
import { type ImageHead, imageHead } from "./image-head.ts";
import { hexLines, readableText } from "./letters.ts";

export interface Preview {
  /** Bytes that were looked at, of so many. */
  readonly shown: number;
  readonly whole: number;
  /** Whether the bytes have the hash of the record; undefined where only a part was read. */
  readonly hasItsHash?: boolean;
  readonly head?: ImageHead;
  readonly picture?: ImageBitmap;
  readonly isTooLarge?: true;
  /** What is shown where no picture is. */
  readonly letters?: string;
}

const FIRST_BYTES = 64 * 1024;
/** A picture is decoded whole or not at all. */
const LARGEST_PICTURE_BYTES = 48 * 1024 * 1024;
/** Decoded, a pixel takes four bytes: a small file can claim any number of them. */
const MOST_PIXELS = 64_000_000;
const SHOWN_IN_HEX = 512;

/** Throws `FaultError` as every reading of the centre does. */
export async function readPreview(sha256: string): Promise<Preview> {
  const first = await readAttachmentPart(sha256, FIRST_BYTES);
  const head = imageHead(first.bytes);
  const isSmall = first.whole <= LARGEST_PICTURE_BYTES;
  const { bytes, whole } = head && isSmall ? await readAttachmentPart(sha256, LARGEST_PICTURE_BYTES) : first;
  const isPart = bytes.length < whole;
  const hash = isPart ? {} : { hasItsHash: (await sha256Of(bytes)) === sha256 };
  const base = { shown: bytes.length, whole, ...hash, ...(head ? { head } : {}) };
  if (!head) return { ...base, letters: lettersOf(bytes, isPart) };
  if (!isSmall || head.width * head.height > MOST_PIXELS)
    return { ...base, isTooLarge: true, letters: lettersOf(bytes, isPart) };
  const picture = await drawn(bytes, head);
  return picture ? { ...base, picture } : { ...base, letters: lettersOf(bytes, isPart) };
}

const lettersOf = (bytes: Uint8Array, isPart: boolean): string =>
  readableText(bytes.subarray(0, FIRST_BYTES), isPart || bytes.length > FIRST_BYTES) ??
  hexLines(bytes.subarray(0, SHOWN_IN_HEX));

/** Pixels, and nothing else of the file: no metadata, no second format behind the first, no page. */
async function drawn(bytes: Uint8Array<ArrayBuffer>, { mediaType }: ImageHead): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(new Blob([bytes], { type: mediaType }));
  } catch {
    // What only begins like a picture is shown by its bytes.
    return undefined;
  }
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
