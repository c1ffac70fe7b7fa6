/** Which part of a file a request asks for (RFC 9110 section 14): one range of bytes, so that a file too large for a page is looked into. */
import type { PartOfFile } from "../attachments/attachment-store.ts";

/** Undefined where the whole file is asked for, or in a way that is not understood; `outside` where nothing lies there. */
export function partAsked(header: string | undefined, length: number): PartOfFile | "outside" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const start = from === "" ? Math.max(0, length - Number(to)) : Number(from);
  const end = from === "" || to === "" ? length - 1 : Math.min(Number(to), length - 1);
  return start > end ? "outside" : { start, end };
}
