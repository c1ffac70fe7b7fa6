/** A statement before it is recorded, and what a decision on it may lean on besides the desk's state. */
import type { Mission } from "@openjmc/agreement";
import type { EscalationPlan } from "@openjmc/model";
import type { RecordedEntry } from "./entry.ts";

/** What the decision may lean on besides the state. */
export interface DecisionContext {
  readonly provisions: ReadonlySet<string>;
  readonly authenticLanguages: readonly string[];
  readonly parties: ReadonlySet<string>;
  /** Instruments of the agreement, with who signed each. */
  readonly signatories: ReadonlyMap<string, readonly string[]>;
  /** Amendments that the mission's own files hold. */
  readonly amendments: ReadonlySet<string>;
  /** Sources of the mission; where they are not given, none is refused. */
  readonly sources?: ReadonlySet<string>;
  /** States, bodies, parties and components, each of which may have said something; where not given, none is refused. */
  readonly speakers?: ReadonlySet<string>;
  /** Provisions that state numbers, with what each counts. */
  readonly strengths?: ReadonlyMap<string, readonly string[]>;
  /** The mission itself, for conditions that turn on its texts. */
  readonly mission?: Mission;
  /** How word leaves the centre; without it nothing is escalated. */
  readonly plan?: EscalationPlan;
  /** Journal records that no entry seals yet. */
  readonly unsealed?: () => number;
  /** Whether the centre may say who did it, and from which probability on; without it nobody is named. */
  readonly attribution?: {
    readonly rule: "allowed" | "forbidden";
    readonly threshold: number;
    /** Kinds of events with a threshold of their own. */
    readonly thresholds?: Readonly<Record<string, number>>;
  };
}

/** A statement that has not been recorded yet. */
export type Draft = Pick<RecordedEntry, "kind" | "component" | "subject" | "claimedAt" | "body"> & {
  /** Whoever signs. */
  readonly role?: string;
};
