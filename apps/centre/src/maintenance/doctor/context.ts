/** What every check of an examination is given. */
import type { FolderPaths } from "../../folder/index.ts";
import type { Finding } from "../finding.ts";

export interface ExaminationContext {
  readonly paths: FolderPaths;
  /** Reads every byte and replays every statement. */
  readonly deep: boolean;
  /** A process is at work in the folder: files may grow while they are looked at. */
  readonly live: boolean;
}

export type Check = (context: ExaminationContext) => AsyncGenerator<Finding>;
