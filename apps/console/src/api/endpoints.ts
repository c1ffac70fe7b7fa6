/** The centre's API as the console uses it, one function per request. */
import type {
  AgreementView,
  AlarmFigures,
  AppendedAnswer,
  CentreDescription,
  CosigningView,
  DocketView,
  EventAccounts,
  EventRow,
  Fault,
  Histogram,
  HitLine,
  Instant,
  ObligationChange,
  PasskeyRow,
  PasskeySession,
  PortalView,
  ReconciliationSheet,
  SessionRequestBody,
  SightingPreview,
  SigningRequest,
  SigningRequestAnswer,
  Supposition,
  TallyPreview,
  TallyWord,
  TrackPoint,
  TrackRow,
  ViewName,
  ViewPage,
  WhatIfView,
} from "@openjmc/model";
import type { RoomAnnouncement, RoomQuestion } from "@openjmc/record";
import { shortInstant } from "../url/view-state.ts";
import { ask, askForResponse } from "./centre.ts";

const API = "api/v1";

/** What a statement must carry so that it can be proved not to have been made earlier. */
export interface AnchorAnswer {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly now: Instant;
}

export interface PictureAt {
  readonly at: Instant;
  readonly tracks: readonly TrackRow[];
  readonly events: readonly EventRow[];
}

export interface StoredAttachment {
  readonly sha256: string;
  readonly bytes: number;
}

function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? "" : `?${search}`;
}

export const describeCentre = (): Promise<CentreDescription> => ask(`${API}/centre`);

export const readCosigning = (): Promise<CosigningView> => ask(`${API}/cosigning`);

export const requestSession = (request: SessionRequestBody): Promise<SigningRequestAnswer> =>
  ask(`${API}/sessions/requests`, { method: "POST", body: request });

export const waitForSession = (filed: SigningRequestAnswer, signal: AbortSignal): Promise<SigningRequest> =>
  ask(`${API}/sessions/requests/${filed.request.id}?wait=20`, withSecret(filed, signal));

function withSecret(filed: SigningRequestAnswer, signal: AbortSignal) {
  return { headers: { "X-Request-Secret": filed.secret }, signal };
}

/** What a browser's authenticator has answered, base64url. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

export const askPasskeyChallenge = (): Promise<{ readonly challenge: string }> =>
  ask(`${API}/passkeys/challenges`, { method: "POST", body: {} });

export const openWithPasskey = (
  answer: PasskeyAnswer & { readonly challenge: string; readonly keyids: readonly string[] },
): Promise<PasskeySession> => ask(`${API}/passkeys/sessions`, { method: "POST", body: answer });

export const listPasskeys = (): Promise<readonly PasskeyRow[]> => ask(`${API}/passkeys`);

export const storePasskey = (
  made: Pick<PasskeyAnswer, "clientData" | "authenticatorData"> & { readonly challenge: string; readonly name: string },
): Promise<PasskeyRow> => ask(`${API}/passkeys`, { method: "POST", body: made });

export const removePasskey = (id: string): Promise<void> =>
  ask(`${API}/passkeys/${encodeURIComponent(id)}`, { method: "DELETE" });

export const endSession = (): Promise<void> => ask(`${API}/sessions/current`, { method: "DELETE" });

export const readView = <Row>(
  view: ViewName,
  page: {
    readonly from?: Instant;
    readonly until?: Instant;
    readonly limit?: number;
    readonly after?: string;
    readonly tag?: string;
    /** Words as a person asks for them; in views that are searched. */
    readonly words?: string;
  } = {},
): Promise<ViewPage<Row>> =>
  ask(
    `${API}/views/${view}${query({
      limit: page.limit,
      after: page.after,
      tag: page.tag,
      words: page.words === "" ? undefined : page.words,
      from: page.from === undefined ? undefined : shortInstant(page.from),
      until: page.until === undefined ? undefined : shortInstant(page.until),
    })}`,
  );

export const readRow = <Row>(view: ViewName, key: string): Promise<Row> =>
  ask(`${API}/views/${view}/${encodeURIComponent(key)}`);

export const pictureTicket = (): Promise<{ readonly ticket: string }> => ask(`${API}/picture/ticket`);

export const pictureAt = (time: Instant, signal?: AbortSignal): Promise<PictureAt> =>
  ask(`${API}/picture/at${query({ time: shortInstant(time) })}`, signal === undefined ? {} : { signal });

export const trackPoints = (id: string, from: Instant, until: Instant): Promise<readonly TrackPoint[]> =>
  ask(
    `${API}/tracks/${encodeURIComponent(id)}/points${query({ from: shortInstant(from), until: shortInstant(until) })}`,
  );

export const histogram = (from: Instant, until: Instant, bins: number): Promise<Histogram> =>
  ask(`${API}/histogram${query({ from: shortInstant(from), until: shortInstant(until), bins })}`);

export const readAccounts = (event: string): Promise<EventAccounts> =>
  ask(`${API}/events/${encodeURIComponent(event)}/accounts`);

export const readAnchor = (): Promise<AnchorAnswer> => ask(`${API}/anchor`);

export const appendStatement = (envelope: unknown): Promise<AppendedAnswer> =>
  ask(`${API}/statements`, { method: "POST", body: envelope });

export const requestSignature = (payloadType: string, payload: string): Promise<SigningRequestAnswer> =>
  ask(`${API}/signing-requests`, { method: "POST", body: { payloadType, payload } });

export const requestCountersignature = (findingKey: string): Promise<SigningRequestAnswer> =>
  ask(`${API}/findings/${encodeURIComponent(findingKey)}/countersign-request`, { method: "POST", body: {} });

export const requestActCountersignature = (statement: string): Promise<SigningRequestAnswer> =>
  ask(`${API}/joint-acts/${statement}/countersign-request`, { method: "POST", body: {} });

export const waitForSignature = (filed: SigningRequestAnswer, signal: AbortSignal): Promise<SigningRequest> =>
  ask(`${API}/signing-requests/${filed.request.id}?wait=20`, withSecret(filed, signal));

export const storeAttachment = (file: Blob, name: string): Promise<StoredAttachment> =>
  ask(`${API}/attachments`, {
    method: "POST",
    raw: file,
    headers: { "Content-Type": file.type || "application/octet-stream", "X-Filename": encodeURIComponent(name) },
  });

export const readAnnouncement = (room: string): Promise<RoomAnnouncement> =>
  ask(`${API}/rooms/${encodeURIComponent(room)}`);

export const askLine = (
  room: string,
  question: RoomQuestion,
): Promise<{ readonly sealed?: string; readonly fault?: Fault }> =>
  ask(`${API}/rooms/${encodeURIComponent(room)}/line`, { method: "POST", body: question });

export const readAttachment = async (sha256: string): Promise<Blob> =>
  (await askForResponse(`${API}/attachments/${sha256}`)).blob();

/** The first bytes of a file, and how many the whole has. */
export const readAttachmentPart = async (
  sha256: string,
  most: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly whole: number }> => {
  const answer = await askForResponse(`${API}/attachments/${sha256}`, { headers: { Range: `bytes=0-${most - 1}` } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, whole: Number(/\/(\d+)$/.exec(answer.headers.get("content-range") ?? "")?.[1] ?? bytes.length) };
};

/** What a report is asked for with. */
export interface ReportChoice {
  readonly kind: "daily" | "weekly" | "periodic" | "thematic" | "spot";
  readonly date: string;
  readonly from: string;
  readonly theme: string;
  readonly incident: string;
  readonly format: string;
  readonly language: string;
  readonly audience: "component" | "public";
}

/** The report as its readers see it: of everybody's edition the very bytes that everybody gets. */
export const readReport = async (choice: ReportChoice): Promise<Blob> => {
  const { kind, format, language, audience } = choice;
  const path = kind !== "spot" && audience === "public" ? `${API}/public/reports/${kind}` : `${API}/reports/${kind}`;
  const answer = await askForResponse(`${path}${query({ ...partsOf(choice), format, language })}`);
  return answer.blob();
};

/** Keeps a report's bytes for approval. */
export const freezeReport = (choice: ReportChoice): Promise<{ readonly sha256: string; readonly bytes: number }> => {
  const { kind, format, language, audience } = choice;
  const body = { kind, date: "", ...partsOf(choice), format, language, audience };
  return ask(`${API}/reports/editions`, { method: "POST", body });
};

/** Only what its kind asks for. */
function partsOf({ kind, date, from, theme, incident }: ReportChoice): Record<string, string> {
  if (kind === "spot") return { incident };
  if (kind === "daily" || kind === "weekly") return { date };
  return { date, from, ...(kind === "thematic" ? { theme } : {}) };
}

/** What one recipient would read of a flash or an escalation. */
export interface OutgoingPreview {
  readonly recipient: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
}

export const previewOutgoing = (
  kind: string,
  body: object,
): Promise<{ readonly previews: readonly OutgoingPreview[] }> =>
  ask(`${API}/escalations/preview`, { method: "POST", body: { kind, body } });

/** The card that is read out by voice, as PDF. */
export const readCard = async (id: string, recipient: string): Promise<Blob> =>
  (await askForResponse(`${API}/escalations/${id}/card${query({ recipient, format: "pdf" })}`)).blob();

export const readPortal = (): Promise<PortalView> => ask(`${API}/portal`);

export const readPortalAnchor = (): Promise<AnchorAnswer> => ask(`${API}/portal/anchor`);

export const storePartyFile = (file: Blob, name: string): Promise<StoredAttachment> =>
  ask(`${API}/portal/files`, {
    method: "POST",
    raw: file,
    headers: { "Content-Type": "application/octet-stream", "X-Filename": encodeURIComponent(name) },
  });

export const appendPartyStatement = (envelope: unknown): Promise<AppendedAnswer> =>
  ask(`${API}/portal/statements`, { method: "POST", body: envelope });

export const readHits = (): Promise<readonly HitLine[]> => ask(`${API}/warnings/hits`);

export const readAlarms = (): Promise<AlarmFigures> => ask(`${API}/alarms`);

export const readDocket = (): Promise<DocketView> => ask(`${API}/docket`);

export const readSheet = (first: string, second: string): Promise<ReconciliationSheet> =>
  ask(`${API}/lists/${encodeURIComponent(first)}/against/${encodeURIComponent(second)}`);

/** A table that is read before anything is signed. `zone`: offset of times that name none. */
export interface TableText {
  readonly text: string;
  readonly zone?: string;
  readonly words?: readonly TallyWord[];
}

export const previewSightings = (table: TableText): Promise<SightingPreview> =>
  ask(`${API}/imports/sightings`, { method: "POST", body: table });

export const previewList = (table: TableText): Promise<TallyPreview> =>
  ask(`${API}/imports/lists`, { method: "POST", body: table });

export const readDraft = (name: string): Promise<unknown> => ask(`${API}/drafts/${encodeURIComponent(name)}`);

export const writeDraft = (name: string, draft: unknown): Promise<void> =>
  ask(`${API}/drafts/${encodeURIComponent(name)}`, { method: "PUT", body: draft });

export const dropDraft = (name: string): Promise<void> =>
  ask(`${API}/drafts/${encodeURIComponent(name)}`, { method: "DELETE" });

/** A file of the record's own folder (`checkpoint`, `tile/…`). Throws `FaultError` where the centre has none. */
export async function readRecordFile(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await askForResponse(`record/${path}`)).arrayBuffer());
}

/** Obligations and terms; times in whole seconds, so that a running clock asks no more than once for each. */
export const readAgreement = (at: Instant, known: Instant | undefined): Promise<AgreementView> =>
  ask(
    `${API}/agreement${query({ at: shortInstant(at), known: known === undefined ? undefined : shortInstant(known) })}`,
  );

export const readHistory = (
  provision: string,
  at: Instant,
  known?: Instant,
): Promise<{ readonly changes: readonly ObligationChange[] }> =>
  ask(
    `${API}/agreement/history${query({ provision, at: shortInstant(at), known: known === undefined ? undefined : shortInstant(known) })}`,
  );

export const readWhatIf = ({ kind, ...supposed }: Supposition, at: Instant): Promise<WhatIfView> => {
  const told = Object.fromEntries(Object.entries(supposed).map(([name, value]) => [name, String(value)]));
  return ask(`${API}/agreement/what-if${query({ suppose: kind, ...told, at: shortInstant(at) })}`);
};

export const readAgreementCalendar = (language: string): Promise<Response> =>
  askForResponse(`${API}/agreement/calendar.ics${query({ language })}`);
