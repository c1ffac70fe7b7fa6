/** The watch: who belongs to a component, who stands watch when, who is there, and how a watch was handed over. */
import type { EntryMark } from "./case.ts";
import type { Instant } from "./instant.ts";

/** What a member of a component can do on the roster. */
export const DUTIES = [
  "duty-officer",
  "head-of-component",
  "deputy-head",
  "liaison-officer",
  "analyst",
  "operator",
  "engineer",
  "interpreter",
  "medic",
  "support",
] as const;
export type Duty = (typeof DUTIES)[number];

/** Length of a watch, where a bill says nothing else. */
export const WATCH_HOURS = 8;

/** One member by role name; people's names are kept by their own component. */
export interface RosterPerson {
  readonly id: string;
  readonly duties: readonly Duty[];
  readonly rank: string;
  readonly languages: readonly string[];
  /** First and last day of the posting, in the mission's time zone. */
  readonly from: string;
  readonly until?: string;
  /** The officer whose key this person holds; most hold none. */
  readonly officer?: string;
}

/** Body of `roster.imported`: the whole roster, which takes the place of the one before. */
export interface RosterBody {
  readonly people: readonly RosterPerson[];
  readonly note: string;
}

/** Body of `watch.planned`: a component's watches, one after the other. */
export interface WatchPlanBody {
  readonly hours: number;
  readonly watches: readonly {
    readonly starts: string;
    readonly officer: string;
    readonly others: readonly string[];
  }[];
}

export const PRESENCES = ["present", "absent", "relieved"] as const;
export type PresenceCode = (typeof PRESENCES)[number];

/** Body of `presence.stated`: a component's own word on one of its own. */
export interface PresenceBody {
  readonly person: string;
  readonly presence: PresenceCode;
  readonly at: string;
  readonly reason: string;
}

export const OPEN_ITEM_KINDS = ["alert", "incident", "finding", "allegation", "visit"] as const;

/** Body of `handover.signed`: what one watch leaves to the next; holds once both duty officers have signed it. */
export interface HandoverBody {
  readonly from: string;
  readonly until: string;
  /** Per component: who hands over, and who takes over. */
  readonly officers: readonly { readonly component: string; readonly outgoing: string; readonly incoming: string }[];
  /** Everything that was open at `asOf`. */
  readonly openItems: readonly { readonly kind: (typeof OPEN_ITEM_KINDS)[number]; readonly id: string }[];
  readonly asOf: string;
  readonly system: {
    readonly entries: number;
    readonly sealed: number;
    readonly sources: readonly { readonly id: string; readonly state: string }[];
    readonly troubles: readonly string[];
  };
  readonly note: string;
  readonly deadline: string;
}

/** Somebody on a watch. `by`: from whose word or act the presence is known. */
export interface WatchMember {
  readonly id: string;
  readonly presence: PresenceCode | "unknown";
  readonly by: "stated" | "signed-in" | "nobody";
  readonly since?: Instant;
  readonly reason?: string;
}

/** A component's watch. */
export interface WatchSpan {
  readonly from: Instant;
  readonly until: Instant;
  readonly officer: WatchMember;
  readonly others: readonly WatchMember[];
}

/** A component's side of the watch. */
/** A watch as it is planned. */
export interface PlannedSpan {
  readonly from: Instant;
  readonly until: Instant;
  readonly officer: string;
  readonly others: readonly string[];
}

export interface ComponentWatch {
  readonly component: string;
  readonly people: readonly RosterPerson[];
  readonly rosterBy?: EntryMark;
  readonly watch?: WatchSpan;
  readonly next?: WatchSpan;
  /** Watches of the bill that are not over, earliest first, the newest bill for each time. */
  readonly bill: readonly PlannedSpan[];
  /** Members of this watch who are there. */
  readonly presentCount: number;
  readonly isOfficerPresent: boolean;
}

/** An act whose signer did not stand watch at the time that the act claims. */
export interface OutsideAct {
  readonly index: number;
  readonly kind: string;
  readonly component: string;
  readonly role: string;
  readonly claimedAt: Instant;
  readonly why: "not-on-watch" | "not-on-roster";
}

export type JointActState = "proposed" | "joint" | "split" | "one-sided" | "withdrawn";

/** What became of a joint act that is not a finding. */
export interface JointActRow {
  readonly id: string;
  readonly kind: string;
  readonly statement: string;
  readonly state: JointActState;
  readonly signedBy: readonly EntryMark[];
  readonly closing?: { readonly text: string; readonly mark: EntryMark };
}

export interface HandoverRow extends JointActRow {
  readonly body: HandoverBody;
}

/**
 * Who could act now. `both`: both duty officers are there; `single`: one is, so joint acts wait and the other's heads are
 * called; `none`: neither is; `unplanned`: no bill covers this time.
 */
export type WatchRule = "both" | "single" | "none" | "unplanned";

/** `GET /api/v1/watch`. */
export interface WatchView {
  readonly at: Instant;
  readonly known: Instant;
  readonly rule: WatchRule;
  /** Components whose watch has one member present, so that nobody looks over the other's shoulder. */
  readonly alone: readonly string[];
  readonly components: readonly ComponentWatch[];
  /** Latest first. */
  readonly handovers: readonly HandoverRow[];
  /** Of the seven days before, latest first. */
  readonly outside: readonly OutsideAct[];
}
