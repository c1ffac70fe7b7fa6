/** What the routes lean on. The composition root fills it; tests may fill it with less. */

import type { Mission } from "@openjmc/agreement";
import type {
  AppendedAnswer,
  EventRow,
  Fault,
  Histogram,
  Instant,
  Result,
  StreamEvent,
  TrackPoint,
  TrackRow,
  ViewName,
} from "@openjmc/model";
import type { Leaf, RecordedBody } from "@openjmc/record";
import type { AttachmentStore } from "../attachments/attachment-store.ts";
import type { Clock } from "../clock.ts";
import type { Cosigning } from "../cosigning/index.ts";
import type { EscalationContext } from "../escalation/forms.ts";
import type { Passkeys } from "../passkeys/passkeys.ts";
import type { PressDesk } from "../press/press-desk.ts";
import type { Registrar } from "../registrar/registrar.ts";
import type { ReleaseRule } from "../release/gate.ts";
import type { Editions } from "../reports/editions.ts";
import type { FinalRequest, RenderedReport, ReportRequest } from "../reports/requests.ts";
import type { RoomLines } from "../room-line/room-lines.ts";
import type { KeyUses } from "../sessions/key-uses.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { SigningRequests } from "../signing/requests.ts";
import type { PictureHub } from "./picture-hub.ts";
import type { StreamHub } from "./stream-hub.ts";

/** One page of a view as the store gives it. */
export interface PageQuery {
  readonly view: ViewName;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly tag?: string;
  readonly after?: string;
  readonly limit: number;
  readonly newestFirst: boolean;
  /** Words as a person asks for them, in any language; in views that are searched. */
  readonly words?: string;
  /** West, south, east and north in degrees: rows placed within. */
  readonly box?: readonly [number, number, number, number];
}

/** Reading side of the projection. */
export interface ViewReader {
  page(query: PageQuery): Promise<{ readonly rows: readonly unknown[]; readonly next?: string }>;
  get(view: ViewName, key: string): Promise<unknown>;
  trackPoints(track: string, from: Instant, until: Instant): Promise<readonly TrackPoint[]>;
  pictureAt(at: Instant): Promise<{ readonly tracks: readonly TrackRow[]; readonly events: readonly EventRow[] }>;
  histogram(from: Instant, until: Instant, bins: number): Promise<Histogram>;
}

/** Drafts of an officer's forms. */
export interface DraftStore {
  get(officer: string, name: string): string | undefined;
  put(officer: string, name: string, text: string): void;
  delete(officer: string, name: string): void;
}

export interface ApiContext {
  readonly version: string;
  readonly name: string;
  readonly origin: string;
  readonly exercise: boolean;
  readonly clock: Clock;
  readonly wallNow: () => Instant;
  readonly mission: () => Mission;
  readonly registrar: Registrar;
  readonly views: ViewReader;
  readonly hub: StreamHub;
  readonly pictureHub: PictureHub;
  /** Uses of officers' keys, to be told to their holders. */
  readonly keyUses: KeyUses;
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly requests: SigningRequests;
  readonly attachments: AttachmentStore;
  readonly press: PressDesk;
  readonly drafts: DraftStore;
  /** Passes on what pages and their components' nodes say to each other. */
  readonly roomLines: RoomLines;
  readonly report: (request: ReportRequest) => Promise<Result<RenderedReport>>;
  readonly finalReport: (request: FinalRequest) => Promise<Result<RenderedReport>>;
  /** Reports whose bytes are kept and named in the record. */
  readonly editions: Pick<Editions, "freeze">;
  /** Flashes and escalations in the forms in which they leave. */
  readonly escalation: EscalationContext;
  readonly recordFolder: string;
  readonly consoleFolder: string | undefined;
  readonly releaseRule: () => ReleaseRule;
  readonly metrics: () => Promise<string>;
  /** Told of each refused request, by its code. */
  readonly onRefusal: (code: string) => void;
  /** What keeps the centre from taking acts or frames now; empty when it takes them. */
  readonly hindrances: () => readonly Fault[];
  /** What officers and operators must know is wrong with the centre: its hindrances, and what it could not do. */
  readonly troubles: () => readonly Fault[];
  /** Journal records that no entry seals yet. */
  readonly unsealed: () => number;
  /** Size of the record that the components have cosigned. */
  readonly sealedSize: () => number;
  readonly cosigning: Cosigning;
  /** Receipt of an entry; undefined beyond the record's end. */
  readonly receipt: (index: number) => Promise<Uint8Array | undefined>;
  /** Journal records as they lie on the disk, each with its link. */
  readonly recordedBodies: (first: number, last: number) => AsyncIterable<RecordedBody>;
  readonly publish: (event: StreamEvent) => void;
  readonly leafAt: (index: number) => Promise<Leaf | undefined>;
  readonly submit: (leaf: Uint8Array) => Promise<Result<AppendedAnswer>>;
}
