/** Shapes that travel between the centre and its clients (console, signer, scripts), besides the view rows. */
import type { Fault } from "./fault.ts";
import type { Instant } from "./instant.ts";
import type { MissionView } from "./mission.ts";

/** `GET /api/v1/centre`: what a client must know before it signs in. */
export interface CentreDescription {
  readonly name: string;
  readonly version: string;
  readonly origin: string;
  readonly exercise: boolean;
  /** Centre's clock now, and how fast it runs against wall time (1 outside exercises). */
  readonly now: Instant;
  readonly speed: number;
  readonly mission: MissionView;
  readonly record: { readonly size: number; readonly root: string };
  /** How much of the record is sealed by cosigners. */
  readonly sealedSize: number;
  /** A recent point of the log for statements to anchor to. */
  readonly anchor: { readonly size: number; readonly root: string };
}

/** `POST /api/v1/sessions/requests` → an officer asks for a session; the officer's signer must enrol the session key. */
export interface SessionRequestBody {
  readonly officer: string;
  /** Raw 32-byte Ed25519 public key of the session, 64 lower-case hexadecimal digits. */
  readonly sessionKey: string;
  /**
   * Proof that the tab holds the key: its signature over the record package's `possessionMessage` with this anchor's root,
   * standard padded base64.
   */
  readonly possession: string;
  /** A recent point of the log, as `GET /api/v1/centre` gives it under `record`. */
  readonly anchor: { readonly size: number; readonly root: string };
}

/** A passkey of the signed-in officer, as `GET /api/v1/passkeys` lists it. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly addedAt: Instant;
  readonly usedAt?: Instant;
}

/** `POST /api/v1/passkeys/sessions`: a session that a passkey has opened. */
export interface PasskeySession {
  readonly token: string;
  readonly officer: string;
  readonly component: string;
  readonly roles: readonly string[];
  /** Which of the keys that the browser still holds signs; without one, what is stated needs the officer's signer. */
  readonly keyid?: string;
}

/** State of a session request or of a signing request; `payload` is exactly what the signer signs (base64 of JCS bytes). */
export interface SigningRequest {
  readonly id: string;
  /** Six digits shown on both screens, so that the officer knows which request is his. */
  readonly code: string;
  readonly officer: string;
  readonly payloadType: string;
  readonly payload: string;
  readonly createdAt: Instant;
  readonly state: "waiting" | "signed" | "declined" | "refused" | "expired";
  /** Statement id and log index once signed and recorded. */
  readonly statement?: string;
  readonly index?: number;
  /** The session's bearer token: given once, only to the client that asked, only for session requests. */
  readonly token?: string;
  readonly fault?: Fault;
}

/** Answer to an accepted statement. */
export interface AppendedAnswer {
  readonly statement: string;
  readonly index: number;
  readonly recordedAt: Instant;
}

/** Answer to a session or signing request: the request, and the secret with which only the asker reads how it ended. */
export interface SigningRequestAnswer {
  readonly request: SigningRequest;
  readonly secret: string;
}

/** One event of `GET /api/v1/stream` (server-sent events; `id:` carries the log index for resumption). */
export type StreamEvent =
  | {
      readonly type: "row";
      readonly view: ViewName;
      readonly key: string;
      readonly row: unknown;
      readonly index: number;
    }
  /** Every few seconds. `troubles`: what is wrong with the centre now. */
  | { readonly type: "clock"; readonly now: Instant; readonly speed: number; readonly troubles: readonly Fault[] }
  /** The client is too far behind to be told each change: read the views anew, then go on from the id of this event. */
  | { readonly type: "reset" }
  | { readonly type: "record"; readonly size: number; readonly root: string; readonly sealedSize: number };

export const VIEW_NAMES = [
  "sources",
  "coverage",
  "collection",
  "sorties",
  "flown",
  "tracks",
  "events",
  "event-versions",
  "cues",
  "preferences",
  "weather",
  "alerts",
  "holds",
  "incidents",
  "findings",
  "sightings",
  "allegations",
  "officers",
  "entries",
  "flights",
  "reports",
  "hotline",
  "warnings",
  "coordination",
  "notices",
  "protests",
  "escalations",
  "matters",
  "lists",
  "texts",
  "claims",
  "adoptions",
  "ties",
] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** `GET /api/v1/views/{view}`: one page of rows, newest first unless the view says otherwise. */
export interface ViewPage<Row> {
  readonly view: ViewName;
  readonly rows: readonly Row[];
  /** Log index that this page is as new as: resume the stream from here. */
  readonly index: number;
  readonly next?: string;
}

/** `GET /api/v1/histogram?from&until&bins`: counts per bin for the clock's slider. */
export interface Histogram {
  readonly from: Instant;
  readonly until: Instant;
  readonly events: readonly number[];
  readonly alerts: readonly number[];
  readonly sightings: readonly number[];
}
