/** Asking the centre: one function through which every request goes, and faults as they come back. */
import { type Fault, FaultError } from "@openjmc/model";
import { createStore } from "../state/store.ts";
import { takeAhead } from "./ahead.ts";

/** The tab's bearer token, while there is a session. */
export const token = createStore<string | undefined>(undefined);

/** Called when the centre no longer knows the session. */
let onSessionLost: () => void = () => {};

export function whenSessionIsLost(act: () => void): void {
  onSessionLost = act;
}

export interface Question {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it stands. */
  readonly raw?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends a request; gives the answer if it is a good one. Throws `FaultError`: the centre's own fault, or `network.unreachable`. */
export async function askForResponse(path: string, question: Question = {}): Promise<Response> {
  const headers = new Headers(question.headers);
  const held = token.get();
  if (held !== undefined) headers.set("Authorization", `Bearer ${held}`);
  if (question.body !== undefined) headers.set("Content-Type", "application/json");
  const response = await send(path, question, headers);
  if (response.ok) return response;
  const fault = await faultOf(response, path);
  if (response.status === 401 && held !== undefined && held === token.get()) onSessionLost();
  throw new FaultError(fault);
}

/** Sends a request and reads its JSON answer. Throws `FaultError`. */
export async function ask<T>(path: string, question: Question = {}): Promise<T> {
  const response = await askForResponse(path, question);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new FaultError({ code: "answer.unreadable", what: path, cause: String(error) });
  }
}

async function send(path: string, question: Question, headers: Headers): Promise<Response> {
  const body = question.raw ?? (question.body === undefined ? null : JSON.stringify(question.body));
  const asked = headers.has("Authorization") ? undefined : takeAhead(path);
  try {
    if (asked !== undefined && body === null) return await asked;
    return await fetch(path, {
      method: question.method ?? "GET",
      headers,
      body,
      cache: "no-store",
      ...(question.signal === undefined ? {} : { signal: question.signal }),
    });
  } catch (error) {
    if (question.signal?.aborted) throw error;
    throw new FaultError({ code: "network.unreachable", what: path });
  }
}

async function faultOf(response: Response, path: string): Promise<Fault> {
  try {
    const answer = (await response.json()) as Partial<Fault> & { readonly fault?: Fault };
    const fault = answer.fault ?? answer;
    if (typeof fault.code === "string" && typeof fault.what === "string") return fault as Fault;
  } catch {
    // Not JSON: a proxy's page, or nothing. Told below by its status.
  }
  return { code: "answer.unreadable", what: path, got: `${response.status}` };
}

/** The fault inside whatever was thrown. */
export function faultIn(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return { code: "program.failed", what: "console", cause: error instanceof Error ? error.message : String(error) };
}
