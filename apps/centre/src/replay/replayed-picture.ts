/** The picture with a span of it fused again from the journal instead of read: what a deep rebuild makes its views of. */
import type { FolderPaths } from "../folder/index.ts";
import { openJournalReader } from "../journal/index.ts";
import { openPictureReader, type PictureLine } from "../picture/index.ts";
import type { LineSource } from "../projection/rebuild.ts";
import type { ReplaySpan } from "./check.ts";
import { startBefore } from "./find-start.ts";
import { type ReplayEvent, replayRuns } from "./runs.ts";

/** Lines outside of the span, and those of runs that cannot be fused again, come from the picture as it lies there. */
export function replayedPicture(paths: FolderPaths, span: ReplaySpan): LineSource {
  return { readFromPosition: (position) => numbered(paths, span, position) };
}

async function* numbered(paths: FolderPaths, span: ReplaySpan, first: number): AsyncGenerator<PictureLine> {
  let position = 0;
  for await (const line of merged(paths, span)) {
    position += 1;
    if (position >= first) yield { ...line, position };
  }
}

type Line = Omit<PictureLine, "position">;

async function* merged(paths: FolderPaths, span: ReplaySpan): AsyncGenerator<Line> {
  const start = span.from === undefined ? 1 : await startBefore(paths.journal, span.from);
  const stored = new StoredLines(openPictureReader(paths.picture).readFromPosition(1));
  const isReplaced = ({ at }: Line): boolean =>
    at >= (span.from ?? at) && at < (span.until ?? Number.POSITIVE_INFINITY);
  for await (const event of replayRuns(openJournalReader(paths.journal), start)) {
    if (event.what === "line" && event.line.at >= (span.until ?? Number.POSITIVE_INFINITY)) break;
    // Whatever stands in a replayed run without coming out of it is left out.
    yield* stored.before(boundaryOf(event), event.what === "started" ? () => false : isReplaced);
    if (event.what === "unreplayable") yield* stored.before(event.lastSequence + 1, () => false);
    if (event.what === "line" && isReplaced(event.line)) yield event.line;
  }
  yield* stored.before(Number.POSITIVE_INFINITY, isReplaced);
}

/** The journal record up to which stored lines have been told when an event comes. */
function boundaryOf(event: ReplayEvent): number {
  switch (event.what) {
    case "started":
      return event.run.firstSequence;
    case "line":
      return event.line.journalSequence + 1;
    case "ended":
      return event.lastSequence + 1;
    case "unreplayable":
      return event.firstSequence;
  }
}

class StoredLines {
  readonly #lines: AsyncIterator<PictureLine>;
  #next: IteratorResult<PictureLine> | undefined;

  constructor(lines: AsyncIterable<PictureLine>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Takes every line caused by a record before `sequence`; gives those that are not left out. */
  async *before(sequence: number, isLeftOut: (line: Line) => boolean): AsyncGenerator<Line> {
    this.#next ??= await this.#lines.next();
    while (!this.#next.done && this.#next.value.journalSequence < sequence) {
      if (!isLeftOut(this.#next.value)) yield this.#next.value;
      this.#next = await this.#lines.next();
    }
  }
}
