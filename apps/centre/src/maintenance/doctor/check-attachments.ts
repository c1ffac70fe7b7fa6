/** The attachments: how many there are, and in a deep examination whether each still has the hash that is its name. */
import { stat } from "node:fs/promises";
import { Attachments } from "../../attachments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("attachments");

export async function* checkAttachments(context: ExaminationContext): AsyncGenerator<Finding> {
  const directory = context.paths.attachments;
  if ((await stat(directory).catch(() => undefined)) === undefined) return;
  const attachments = new Attachments({ directory });
  let files = 0;
  let bytes = 0;
  for await (const attachment of attachments.list()) {
    files += 1;
    bytes += attachment.bytes;
    if (context.deep && !(await attachments.check(attachment.sha256)))
      yield finding("wrong", "attachments.wrong", { sha256: attachment.sha256 });
  }
  yield finding("good", "attachments.good", { files, bytes });
}
