/** Journal or picture: closed segments as they are, the open one up to its last whole record. */
import { basename } from "node:path";
import { copySegment, listSegments, type SegmentKind } from "../../segments/index.ts";
import { findingsOf } from "../finding.ts";
import type { CopyPart } from "./part.ts";

export function copySegments(kind: SegmentKind): CopyPart {
  return async (part) => {
    let segments = 0;
    let last = 0;
    for (const name of await listSegments(part.paths[kind], kind)) {
      const copy = await copySegment(part.paths[kind], name);
      try {
        await part.put(`${kind}/${basename(copy.file)}`, copy.chunks);
      } finally {
        await copy.close();
      }
      segments += 1;
      last = copy.lastSequence ?? last;
    }
    return findingsOf(kind)("good", "backup.segments", { segments, last });
  };
}
