/** Whether the page that an archive brings for verifying is one that the centre has stated in the record. */
import type { Story } from "../verify/story.ts";

/** `stated`: some entry names its hash. `other`: entries name pages, and not this one: it may be of a later version, or of anybody's. */
export type PageVerdict = "stated" | "other";

/** Undefined where the archive brings no page, or no entry that is given names any. `sha256`: of the page, hexadecimal. */
export function judgePage(sha256: string | undefined, story: Pick<Story, "told"> | undefined): PageVerdict | undefined {
  const named = (story?.told ?? []).map(({ statement }) => statement.body.verifierPageSha256);
  const pages = named.filter((name) => typeof name === "string");
  if (sha256 === undefined || pages.length === 0) return undefined;
  return pages.includes(sha256) ? "stated" : "other";
}
