/** What the record holds of a contingent's declarations. */
import type { EntryMark, Instant, PostRow, RotationRow, StrengthBody } from "@openjmc/model";

export interface RecordedStrength {
  readonly body: StrengthBody;
  readonly from: Instant;
  readonly until: Instant;
  readonly mark: EntryMark;
}

export interface ContingentState {
  readonly strengths: RecordedStrength[];
  readonly posts: PostRow[];
  readonly rotations: RotationRow[];
}

export function emptyContingent(): ContingentState {
  return { strengths: [], posts: [], rotations: [] };
}
