/** A node's link to a centre: it only ever connects out, signs in with its own key, asks and brings. */
import { FaultError } from "@openjmc/model";
import { bytesToBase64, type WitnessKey } from "@openjmc/record";
import { nodeSignInMessage } from "../cosigning/node-sign-in.ts";
import type { Objection } from "./objections.ts";
import type { RecordSource } from "./record-source.ts";

export interface CentreLinkOptions {
  /** Address of the centre. */
  readonly url: string;
  readonly origin: string;
  /** Name in the policy. */
  readonly name: string;
  /** The node's Ed25519 key. */
  readonly key: WitnessKey;
  readonly signal?: AbortSignal;
}

/** What the centre answered, apart from what a node finds out by itself: it says nothing of the node's own state. */
export class CentreAnswer extends FaultError {}

/** The longest silence: before an answer begins, and between two parts of it, however long it is. */
const PATIENCE_MILLISECONDS = 30_000;
const MAXIMUM_NOTE_ANSWER = 1_000_000;

export class CentreLink implements RecordSource {
  readonly #options: CentreLinkOptions;
  readonly #base: string;
  #token: string | undefined;

  constructor(options: CentreLinkOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/$/, "");
  }

  /** The checkpoint to cosign next, once it reaches beyond `after`; undefined when nothing came in time. */
  async nextCheckpoint(after: number, seconds: number): Promise<Uint8Array | undefined> {
    const response = await this.#ask(`/api/v1/cosigning/checkpoint?after=${after}&wait=${seconds}`);
    if (response.status === 204) return undefined;
    return bytesOf(await this.#good(response));
  }

  /** The latest checkpoint as everybody is shown it. */
  async publishedCheckpoint(): Promise<Uint8Array> {
    return bytesOf(await this.#good(await this.#ask("/record/checkpoint")));
  }

  /** Brings a note with this node's cosignatures. */
  async bring(note: Uint8Array): Promise<void> {
    const body = Buffer.from(note);
    const headers = { "content-type": "text/plain; charset=utf-8" };
    await this.#good(await this.#ask("/api/v1/cosigning/cosignatures", { method: "POST", headers, body }));
  }

  /** Tells the centre, and with it everybody at it, what this node has against the record. */
  async object(objections: readonly Objection[], isForked: boolean): Promise<void> {
    const body = JSON.stringify({ objections: objections.slice(-50), isForked });
    const headers = { "content-type": "application/json" };
    await this.#good(await this.#asNode("/api/v1/cosigning/objections", { method: "POST", headers, body }));
  }

  async file(path: string, fromByte = 0): Promise<Uint8Array | undefined> {
    const headers: Record<string, string> = fromByte > 0 ? { range: `bytes=${fromByte}-` } : {};
    const response = await this.#asNode(`/record/${path}`, { headers });
    if (response.status === 404) return undefined;
    // There is nothing behind that byte.
    if (response.status === 416) return new Uint8Array(0);
    const bytes = await bytesOf(await this.#good(response));
    return response.status === 206 ? bytes : bytes.subarray(fromByte);
  }

  async attachment(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const response = await this.#asNode(`/api/v1/attachments/${sha256}`);
    if (response.status === 404) return undefined;
    return bodyOf(await this.#good(response));
  }

  /** A minute's recordings, as the journal has them; undefined where the centre does not have or give them. */
  async recordings(firstSequence: number, lastSequence: number): Promise<AsyncIterable<Uint8Array> | undefined> {
    const response = await this.#asNode(`/api/v1/recordings/${firstSequence}/${lastSequence}`);
    if (response.status === 404) return undefined;
    return bodyOf(await this.#good(response));
  }

  /** What the centre says of itself to its components. */
  async describe<T>(): Promise<T> {
    return jsonOf<T>(await this.#good(await this.#asNode("/api/v1/centre")));
  }

  /** Asks as the node that it is; signs in when there is no session or it is over. */
  async #asNode(path: string, init: RequestInit = {}): Promise<Response> {
    for (let again = false; ; again = true) {
      this.#token ??= await this.#signIn();
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.#token}` };
      const response = await this.#ask(path, { ...init, headers });
      if (response.status !== 401 || again) return response;
      this.#token = undefined;
    }
  }

  async #signIn(): Promise<string> {
    const { origin, name, key } = this.#options;
    const post = async <T>(path: string, body: object): Promise<T> => {
      const headers = { "content-type": "application/json" };
      const response = await this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
      return jsonOf<T>(await this.#good(response));
    };
    const { challenge } = await post<{ challenge: string }>("/api/v1/cosigning/challenges", {});
    const signature = bytesToBase64(await key.signer.sign(nodeSignInMessage(origin, name, challenge)));
    return (await post<{ token: string }>("/api/v1/cosigning/sessions", { name, challenge, signature })).token;
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const address = `${this.#base}${path}`;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
    const { signal } = this.#options;
    try {
      return await fetch(address, {
        ...init,
        signal: signal ? AbortSignal.any([patience.signal, signal]) : patience.signal,
      });
    } catch (error) {
      throw unreachable(address, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #good(response: Response): Promise<Response> {
    if (response.ok) return response;
    const body = await jsonOf<{ code?: string; what?: string }>(response).catch(() => undefined);
    const where = { source: response.url };
    throw new CentreAnswer(
      body?.code
        ? ({ what: "centre's answer", ...body, code: body.code } as never)
        : { code: "centre.failed", what: "centre's answer", where, got: `${response.status}` },
    );
  }
}

function unreachable(address: string, error: unknown): FaultError {
  return new FaultError({
    code: "centre.unreachable",
    what: "centre",
    where: { source: address },
    expected: "a running centre at this address",
    cause: String((error as Error).cause ?? error),
  });
}

/** What comes, as it comes. A connection that breaks or falls silent on the way is a centre out of reach, as before its answer. */
async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await nextOf(reader, response.url);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>, address: string) {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("nothing more came")), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    throw unreachable(address, error);
  } finally {
    clearTimeout(timer);
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const isNote = response.headers.get("content-type")?.startsWith("text/plain");
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bodyOf(response)) {
    length += part.length;
    if (isNote && length > MAXIMUM_NOTE_ANSWER)
      throw new FaultError({ code: "note.too-long", what: "centre's answer", got: `${length} bytes` });
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Throws `centre.failed` for what is no JSON. */
async function jsonOf<T>(response: Response): Promise<T> {
  const bytes = await bytesOf(response);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch (error) {
    const where = { source: response.url };
    const cause = (error as Error).message;
    throw new FaultError({ code: "centre.failed", what: "centre's answer", where, expected: "JSON", cause });
  }
}
