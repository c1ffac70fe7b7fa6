/** The seals: what the record says of each minute of the journal and the picture is what lies on the disk. Deep examinations only. */
import { isDeepStrictEqual } from "node:util";
import type { RecordingsSealedBody } from "@openjmc/model";
import { readLeaf } from "@openjmc/record";
import { type JournalReader, openJournalReader, sealedBodyOf } from "../../journal/index.ts";
import { openPictureReader, PictureDigests } from "../../picture/index.ts";
import { nodePrimitives } from "../../primitives.ts";
import { readLeaves } from "../../record/index.ts";
import { type RemovedRecordings, readRemoved } from "../../retention/removed.ts";
import { faultOf } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { recordSize } from "./check-record.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("seals");
const TRIES = 5;

export async function* checkSeals(context: ExaminationContext): AsyncGenerator<Finding> {
  if (!context.deep) return;
  const journal = openJournalReader(context.paths.journal);
  const picture = new PictureDigests(openPictureReader(context.paths.picture));
  const { bodies, removed } = await readSeals(context);
  for (const body of bodies) yield* compare(body, removed, journal, picture);
  yield finding("good", "seals.checked", { seals: bodies.length });
}

/** A keeper at work may replace the last bundle by a wider one between two looks: then it is looked at again. */
async function readSeals(
  context: ExaminationContext,
  tries = context.live ? TRIES : 1,
): Promise<{ readonly bodies: readonly RecordingsSealedBody[]; readonly removed: RemovedRecordings }> {
  try {
    const size = (await recordSize(context)) ?? 0;
    return { bodies: [...sealsIn(context.paths.record, size)], removed: readRemoved(context.paths.record, size) };
  } catch (error) {
    if (tries <= 1) throw error;
    return readSeals(context, tries - 1);
  }
}

/** Bodies of all `recordings.sealed` entries, in their order. */
function* sealsIn(recordFolder: string, size: number): Generator<RecordingsSealedBody> {
  for (const bytes of readLeaves(recordFolder, size)) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (leaf.ok && leaf.value.statement.kind === "recordings.sealed")
      yield leaf.value.statement.body as unknown as RecordingsSealedBody;
  }
}

async function* compare(
  body: RecordingsSealedBody,
  removed: RemovedRecordings,
  journal: JournalReader,
  picture: PictureDigests,
): AsyncGenerator<Finding> {
  const values = { from: body.from, first: body.firstSequence, last: body.lastSequence };
  try {
    const rule = removed.ruleFor("journal", body.firstSequence, body.lastSequence);
    const minutes = await journal.digestsOf(body.firstSequence, body.lastSequence);
    const isPictureGone = removed.ruleFor("picture", body.firstSequence, body.lastSequence) !== undefined;
    const lines = isPictureGone ? body.picture : await picture.of(body.firstSequence, body.lastSequence);
    const found = minutes.map((minute) => sealedBodyOf(minute, lines));
    if (minutes.length === 0)
      yield rule === undefined
        ? finding("wrong", "seals.gone", values)
        : finding("notice", "seals.removed", { ...values, rule });
    else if (!isDeepStrictEqual(plain(found), plain([recordingsOf(body)])))
      yield finding("wrong", "seals.differ", values);
  } catch (error) {
    yield finding("wrong", "seals.unreadable", values, faultOf(error, "sealed records"));
  }
}

/**
 * What the journal's records of the span bear out by themselves.
 * GAP: minutes of signed batches are not worked out again, as a minute of a gateway may lie in two of the journal's; what
 * the components' taps say of them stands in the record. Closed by reading the batches of all spans in one go.
 */
function recordingsOf({ signed: _signed, ...body }: RecordingsSealedBody): Omit<RecordingsSealedBody, "signed"> {
  return body;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
