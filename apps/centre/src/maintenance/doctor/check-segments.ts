/** Journal and picture: each segment opens, its index fits, its records are whole and follow one another. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  faultOf,
  listSegments,
  loadBlock,
  type OpenedSegment,
  openSegment,
  type SegmentKind,
  type SegmentName,
  segmentFileName,
} from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import type { ExaminationContext } from "./context.ts";

export function checkSegments(kind: SegmentKind): (context: ExaminationContext) => AsyncGenerator<Finding> {
  return (context) => new SegmentsCheck(kind, context).run();
}

class SegmentsCheck {
  readonly #kind: SegmentKind;
  readonly #context: ExaminationContext;
  readonly #finding: ReturnType<typeof findingsOf>;
  readonly #directory: string;
  #lastSequence = 0;
  #records = 0;
  #segments = 0;

  constructor(kind: SegmentKind, context: ExaminationContext) {
    this.#kind = kind;
    this.#context = context;
    this.#finding = findingsOf(kind);
    this.#directory = context.paths[kind];
  }

  async *run(): AsyncGenerator<Finding> {
    const names = await listSegments(this.#directory, this.#kind);
    const first = names[0]?.firstSequence ?? 0;
    this.#lastSequence = first - 1;
    for (const name of names) yield* this.#checkOne(name);
    yield* this.#checkOthers();
    const values = { segments: this.#segments, records: this.#records, first, last: Math.max(0, this.#lastSequence) };
    yield this.#records === 0
      ? this.#finding("good", "segments.empty")
      : this.#finding("good", "segments.good", values);
  }

  async *#checkOne(name: SegmentName): AsyncGenerator<Finding> {
    try {
      const segment = await openSegment(this.#directory, name);
      try {
        yield* this.#follow(segment);
        await this.#load(segment, name);
        yield* this.#checkTail(segment, name);
      } finally {
        await segment.close();
      }
      this.#segments += 1;
    } catch (error) {
      const fault = faultOf(error, "segment", join(this.#directory, segmentFileName(name)));
      yield this.#finding("wrong", "segments.damaged", { file: segmentFileName(name) }, fault);
    }
  }

  async *#follow(segment: OpenedSegment): AsyncGenerator<Finding> {
    for (const block of segment.blocks) {
      if (block.firstSequence > this.#lastSequence + 1)
        yield this.#finding("notice", "segments.gap", { from: this.#lastSequence + 1, until: block.firstSequence - 1 });
      this.#lastSequence = block.lastSequence;
      this.#records += block.records;
    }
  }

  /** The first and last block tell of most damage; all of them are read in a deep examination. */
  async #load(segment: OpenedSegment, name: SegmentName): Promise<void> {
    const ends = segment.blocks.filter((_, index) => index === 0 || index === segment.blocks.length - 1);
    for (const block of this.#context.deep ? segment.blocks : ends)
      await loadBlock(segment, block, join(this.#directory, segmentFileName(name)));
  }

  async *#checkTail(segment: OpenedSegment, name: SegmentName): AsyncGenerator<Finding> {
    if (this.#context.live || segment.closed) return;
    const last = segment.blocks.at(-1);
    const size = (await stat(join(this.#directory, segmentFileName(name)))).size;
    const torn = last === undefined ? 0 : size - last.offset - last.bytes;
    if (torn > 0) yield this.#finding("notice", "segments.torn", { file: segmentFileName(name), bytes: torn });
  }

  async *#checkOthers(): AsyncGenerator<Finding> {
    const files = await readdir(this.#directory).catch(() => []);
    for (const file of files.sort()) {
      if (file.endsWith(".torn")) yield this.#finding("notice", "segments.kept-tail", { file });
      else if (!isSegmentFile(file, this.#kind)) yield this.#finding("notice", "folder.unknown-file", { name: file });
    }
  }
}

function isSegmentFile(file: string, kind: SegmentKind): boolean {
  return file.endsWith(`.${kind}`) || file.endsWith(`.${kind}.zst`) || file.endsWith(`.${kind}.zst.tmp`);
}
