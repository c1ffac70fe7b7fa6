/** Raw requests to a centre as a client that follows no rules might make them. */
import { bytesToBase64, type Signer } from "@openjmc/record";
import { signerSignInMessage } from "../../apps/centre/src/signing/sign-in-message.ts";

const JSON_HEADERS = { "content-type": "application/json" };

/** Signs an officer in with the officer's own key; answers the bearer token. */
export async function tokenOf(url: string, officer: string, signer: Signer): Promise<string> {
  const challenge = await postJson(`${url}/api/v1/signer/challenges`, {});
  const { challenge: text, origin } = (await challenge.json()) as { challenge: string; origin: string };
  const signature = bytesToBase64(await signer.sign(signerSignInMessage(origin, officer, text)));
  const session = await postJson(`${url}/api/v1/signer/sessions`, { officer, challenge: text, signature });
  return ((await session.json()) as { token: string }).token;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(body) });
}

/** One path of the OpenAPI document with one method. */
export interface Operation {
  readonly method: string;
  readonly path: string;
}

/** Every operation that the OpenAPI document lists. */
export async function operationsOf(url: string): Promise<readonly Operation[]> {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

/** A counter or gauge with these labels as `/metrics` has it now; 0 where there is none. */
export async function metric(
  url: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split("\n")
    .find((one) => new RegExp(`^${name}[ {]`).test(one) && wanted.every((part) => one.includes(part)));
  return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(" ") + 1));
}

/** Bad frames of a source by kind. */
export async function badFrames(url: string, source: string): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.matchAll(/^jmc_source_bad_frames_total\{source="([^"]*)",kind="([^"]*)"\} (\d+)$/gm);
  return Object.fromEntries(
    [...found].filter((match) => match[1] === source).map((match) => [match[2]!, Number(match[3])]),
  );
}
