/** What the record holds of a mission's life; its joint steps stand among the joint acts. */
import type { AnnotationRow, EntryMark, Instant, ParticipationBody } from "@openjmc/model";

export interface RecordedParticipation extends ParticipationBody {
  readonly component: string;
  readonly since: Instant;
  readonly mark: EntryMark;
}

export interface LifeState {
  foundedAt?: Instant;
  /** Codes of the components that founded it. */
  components: readonly string[];
  /** `annotations`: a log beside a closed one, in which only annotations are made. */
  purpose?: string;
  succeeds?: { readonly origin: string; readonly size: number; readonly root: string };
  /** Statements of steps, in the order of the log. */
  readonly steps: Set<string>;
  readonly participations: RecordedParticipation[];
  /** When people of each component acted, in the order of the log. */
  readonly actedAt: Map<string, Instant[]>;
  readonly annotations: AnnotationRow[];
}

export function emptyLife(): LifeState {
  return { components: [], steps: new Set(), participations: [], actedAt: new Map(), annotations: [] };
}
