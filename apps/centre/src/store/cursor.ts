/** The opaque text by which a client asks for the next page: the place of the last row, so that new rows do not shift it. */
import { FaultError, type Instant } from "@openjmc/model";

export interface PagePlace {
  readonly at: Instant;
  readonly key: string;
}

export function encodeCursor(place: PagePlace): string {
  return Buffer.from(JSON.stringify([place.at, place.key])).toString("base64url");
}

/** Throws `page.cursor-unknown`. */
export function decodeCursor(text: string): PagePlace {
  const value = parsed(text);
  if (Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]) && typeof value[1] === "string")
    return { at: value[0] as number, key: value[1] };
  throw new FaultError({
    code: "page.cursor-unknown",
    what: "cursor of a page",
    expected: "the `next` of the page before",
    got: text.slice(0, 40),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString()) as unknown;
  } catch {
    return undefined;
  }
}
