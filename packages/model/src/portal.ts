/** What a party's liaison officer sees: his party's own items, without positions. */
import type { CollectionAnswer, SortieAnswer } from "./air.ts";
import type { PlaceBody } from "./case.ts";
import type { AllegationAnswer, AllegationClock, AllegationOutcome } from "./docket.ts";
import type { EscalationOutcome, FlashEvent } from "./escalation.ts";
import type { CoordinationRow, NoticeRow, ProtestRow } from "./influence.ts";
import type { Instant } from "./instant.ts";

/** The receipt of something that the party stated: where it stands in the log that both components hold. */
export interface PortalReceipt {
  readonly index: number;
  readonly statement: string;
  readonly recordedAt: Instant;
}

/** An allegation of the party or against it. `supportedBy` and the incident are the components' own. */
export interface PortalAllegation {
  readonly id: string;
  readonly role: "accuser" | "accused";
  readonly accuser: string;
  readonly accused?: string;
  readonly what: string;
  readonly language: string;
  /** RFC 3339, as alleged. */
  readonly occurred?: string;
  readonly hasPlace: boolean;
  readonly harm?: string;
  readonly basis?: string;
  readonly state: "incomplete" | "received" | "admitted" | "in-incident" | "ended";
  readonly missing: readonly string[];
  readonly asked: readonly { readonly what: string; readonly until: Instant }[];
  readonly due?: { readonly clock: AllegationClock; readonly at: Instant };
  readonly answers: readonly Pick<AllegationAnswer, "by" | "position" | "text" | "language">[];
  readonly outcome?: AllegationOutcome;
  /** The party's own, with the receipt of each; what the other side hands in is not told. */
  readonly files: readonly PortalFile[];
  readonly receipt: PortalReceipt;
}

/** A file that the party handed in. */
export interface PortalFile {
  /** SHA-256 of its bytes. */
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly receipt: PortalReceipt;
}

/** How much a party may hand in through the portal: a file's bytes, and all of them within a day. */
export interface PartyFileLimits {
  readonly mostBytes: number;
  readonly mostBytesPerDay: number;
}

/** Where a mission says nothing. */
const USUAL_PARTY_FILES: PartyFileLimits = { mostBytes: 200e6, mostBytesPerDay: 2e9 };

/** The limits that hold in a mission. */
export const partyFileLimitsOf = ({ partyFiles }: { readonly partyFiles?: PartyFileLimits }): PartyFileLimits =>
  partyFiles ?? USUAL_PARTY_FILES;

export interface PortalProtest {
  readonly id: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly facts: string;
  readonly demand: string;
  readonly language: string;
  readonly answers: readonly Pick<ProtestRow["answers"][number], "by" | "text" | "language">[];
  readonly receipt: PortalReceipt;
}

export interface PortalRequest {
  readonly id: string;
  readonly from: string;
  readonly of: string;
  readonly what: string;
  readonly deadline: Instant;
  readonly replies: readonly Pick<CoordinationRow["replies"][number], "reply" | "text" | "repliedAt" | "isLate">[];
  readonly receipt: PortalReceipt;
}

export interface PortalNotice {
  readonly id: string;
  readonly subject: NoticeRow["subject"];
  readonly by: string;
  readonly title: string;
  readonly route: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly acknowledgedBy: readonly string[];
  readonly receipt: PortalReceipt;
}

/** Word that lives are in danger: the same for every party, its place no finer than for everybody outside. */
export interface PortalFlash {
  readonly id: string;
  readonly number: string;
  readonly event: FlashEvent;
  readonly headline: string;
  readonly text: string;
  readonly instruction: string;
  readonly language: string;
  readonly area: string;
  readonly place?: PlaceBody;
  readonly expires: string;
  /** Components that have signed it: with one alone it is that one's word. */
  readonly components: readonly string[];
  readonly standing: "one-sided" | "joint" | "split" | "withdrawn";
  readonly ended?: { readonly outcome: EscalationOutcome; readonly reason: string };
  /** Parties that have said that they have it. */
  readonly answeredBy: readonly string[];
  readonly receipt: PortalReceipt;
}

/** A window of silence for which the party's guarantee is asked. */
export interface PortalSilence {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly area: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly guarantees: readonly { readonly side: string; readonly given: "yes" | "no" | undefined }[];
  readonly receipt: PortalReceipt;
}

/** A sortie for which the party's clearance is asked, or a line of the collection plan for which its consent is. No place of either. */
export interface PortalLeave {
  readonly id: string;
  readonly kind: "sortie" | "collection";
  readonly by: string;
  readonly title: string;
  readonly purpose: string;
  readonly zones: readonly string[];
  readonly starts: Instant;
  readonly ends: Instant;
  readonly floorMetres?: number;
  readonly ceilingMetres?: number;
  /** What the party has answered last. */
  readonly answer?: SortieAnswer | CollectionAnswer;
  readonly note?: string;
  readonly receipt: PortalReceipt;
}

/** `GET /api/v1/portal`. */
export interface PortalView {
  readonly party: string;
  readonly officer: string;
  readonly component: string;
  readonly allegations: readonly PortalAllegation[];
  readonly protests: readonly PortalProtest[];
  readonly requests: readonly PortalRequest[];
  readonly notices: readonly PortalNotice[];
  readonly flashes: readonly PortalFlash[];
  readonly silences: readonly PortalSilence[];
  readonly leaves: readonly PortalLeave[];
  readonly limits: PartyFileLimits;
}
