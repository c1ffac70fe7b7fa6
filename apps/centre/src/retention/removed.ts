/** Recordings that the record says were removed, and under which rule. */
import { readLeaf } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";

/** Body of `recordings.removed` (machine): one segment, by journal records, with the hash that its file had. */
export interface RecordingsRemovedBody {
  readonly rule: string;
  readonly what: "journal" | "picture";
  readonly from: string;
  readonly until: string;
  /** Journal records whose bytes, or whose lines of the picture, were in it. */
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly file: string;
  readonly sha256: string;
}

export class RemovedRecordings {
  readonly bodies: readonly RecordingsRemovedBody[];

  constructor(bodies: readonly RecordingsRemovedBody[]) {
    this.bodies = bodies;
  }

  /** The rule under which a run of journal records, or what the picture made of them, was removed as a whole. */
  ruleFor(what: RecordingsRemovedBody["what"], first: number, last: number): string | undefined {
    return this.bodies.find((one) => one.what === what && one.firstSequence <= first && last <= one.lastSequence)?.rule;
  }
}

/** Reads all `recordings.removed` entries of a record. */
export function readRemoved(recordFolder: string, size: number): RemovedRecordings {
  const bodies: RecordingsRemovedBody[] = [];
  for (const bytes of readLeaves(recordFolder, size)) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (leaf.ok && leaf.value.statement.kind === "recordings.removed")
      bodies.push(leaf.value.statement.body as unknown as RecordingsRemovedBody);
  }
  return new RemovedRecordings(bodies);
}
