/** The signer's link to a centre: it only ever connects out. */
import { type AppendedAnswer, type Fault, FaultError, type SigningRequest } from "@openjmc/model";
import { bytesToBase64, canonicalize, type Json, type Signer, unwrap, utf8 } from "@openjmc/record";
import { signerSignInMessage } from "../signing/sign-in-message.ts";
import { Receipts } from "./receipts.ts";

const STATEMENTS = "/api/v1/statements";

/** An officer's link to a centre, signed in with the officer's own key. */
export interface CentreClient {
  readonly officer: string;
  readonly component: string;
  readonly origin: string;
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put(path: string, body: unknown): Promise<void>;
  /** Stores a file at the centre; the answer names it by its hash. */
  attach(bytes: Uint8Array): Promise<{ readonly sha256: string }>;
  /** A file of the record or an attachment, as it is. */
  bytes(path: string): Promise<Uint8Array>;
  /** What waits for the officer; waits up to `seconds` for the first. */
  waiting(seconds: number, signal?: AbortSignal): Promise<readonly SigningRequest[]>;
  bring(request: SigningRequest, leaf: Uint8Array): Promise<AppendedAnswer>;
  decline(request: SigningRequest): Promise<void>;
}

/** One question to a centre, answered as JSON. Throws the centre's fault, `centre.unreachable`, `centre.failed`. */
export async function callCentre<T>(url: string, init: RequestInit): Promise<T> {
  const response = await send(url, init);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** A good answer. Throws the centre's fault for any other. */
async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new FaultError({
      code: "centre.unreachable",
      what: "centre",
      where: { source: url },
      expected: "a running centre at this address",
      cause: String((error as Error).cause ?? error),
    });
  }
  if (response.ok) return response;
  const fault = (await response.json().catch(() => undefined)) as Fault | undefined;
  throw new FaultError(
    fault?.code
      ? fault
      : { code: "centre.failed", what: "centre's answer", where: { source: url }, got: `${response.status}` },
  );
}

const json = (body: unknown, token?: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
  body: JSON.stringify(body ?? {}),
});

/**
 * Signs in. `pinnedOrigin`: the log that this signer signs for; another one is refused before anything is signed.
 * Errors: `centre.unreachable`, `origin.wrong`, `session.*`.
 */
export async function connectToCentre(options: {
  readonly url: string;
  readonly officer: string;
  readonly signer: Signer;
  readonly pinnedOrigin?: string;
  /** Signer folder in which receipts of what is sent are kept. */
  readonly receiptsIn?: string;
  /** Told when a receipt could not be had or is no good: the act is recorded all the same. */
  readonly onReceiptTrouble?: (problem: unknown) => void;
}): Promise<CentreClient> {
  const base = options.url.replace(/\/$/, "");
  const { challenge, origin } = await callCentre<{ challenge: string; origin: string }>(
    `${base}/api/v1/signer/challenges`,
    json({}),
  );
  if (options.pinnedOrigin !== undefined && origin !== options.pinnedOrigin)
    throw new FaultError({
      code: "origin.wrong",
      what: "centre",
      where: { source: base },
      expected: options.pinnedOrigin,
      got: origin,
    });
  const signature = bytesToBase64(await options.signer.sign(signerSignInMessage(origin, options.officer, challenge)));
  const session = await callCentre<{ token: string; component: string }>(
    `${base}/api/v1/signer/sessions`,
    json({ officer: options.officer, challenge, signature }),
  );
  const { token, component } = session;
  const headers = { authorization: `Bearer ${token}` };
  const receipts = options.receiptsIn === undefined ? undefined : new Receipts(base, options.receiptsIn, origin);
  const withReceipt = async <T>(answer: Promise<T>, leaf: Uint8Array): Promise<T> => {
    const given = await answer;
    await receipts?.keep((given as AppendedAnswer).index, leaf).catch(options.onReceiptTrouble);
    return given;
  };
  return {
    officer: options.officer,
    component,
    origin,
    get: (path, signal) => callCentre(`${base}${path}`, { headers, ...(signal ? { signal } : {}) }),
    post: (path, body) => {
      const answer = callCentre<never>(`${base}${path}`, json(body, token));
      return path === STATEMENTS ? withReceipt(answer, utf8(unwrap(canonicalize(body as Json)))) : answer;
    },
    attach: (bytes) =>
      callCentre(`${base}/api/v1/attachments`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/octet-stream" },
        body: bytes as Uint8Array<ArrayBuffer>,
      }),
    put: (path, body) => callCentre(`${base}${path}`, { ...json(body, token), method: "PUT" }),
    bytes: async (path) => new Uint8Array(await (await send(`${base}${path}`, { headers })).arrayBuffer()),
    waiting: async (seconds, signal) => {
      void receipts?.refresh().catch(options.onReceiptTrouble);
      const address = `${base}/api/v1/signer/requests?wait=${seconds}`;
      const asked = { headers, ...(signal ? { signal } : {}) };
      return (await callCentre<{ requests: readonly SigningRequest[] }>(address, asked)).requests;
    },
    bring: (request, leaf) => {
      const address = `${base}/api/v1/signer/requests/${request.id}/signature`;
      return withReceipt(callCentre(address, json({ leaf: bytesToBase64(leaf) }, token)), leaf);
    },
    decline: (request) => callCentre(`${base}/api/v1/signer/requests/${request.id}/refusal`, json({}, token)),
  };
}
