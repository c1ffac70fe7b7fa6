/**
 * Webhooks as the Standard Webhooks specification signs them (v1a, Ed25519): id, time and body under the centre's machine key.
 * The id is the message's, so that one who gets it twice knows. Redirects are not followed.
 */
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { isIP } from "node:net";
import type { Signer } from "@openjmc/record";
import { isPublicAddress, lookupPublic } from "./public-address.ts";
import type { Sent } from "./sent.ts";

export interface WebhookOptions {
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly signer: Signer;
  /** Seconds since 1970, wall time. */
  readonly now: number;
  readonly signal: AbortSignal;
}

const TIMEOUT_MILLISECONDS = 20_000;

/** Posts it once. Never throws: what went wrong is in the answer. */
export async function sendWebhook(id: string, body: string, options: WebhookOptions): Promise<Sent> {
  const url = new URL(options.url);
  const refused = refusalOf(url, options.allowPrivate);
  if (refused !== undefined) return { isAccepted: false, detail: refused };
  const signed = new TextEncoder().encode(`${id}.${options.now}.${body}`);
  const signature = Buffer.from(await options.signer.sign(signed)).toString("base64");
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "user-agent": "OpenJMC",
    "webhook-id": id,
    "webhook-timestamp": String(options.now),
    "webhook-signature": `v1a,${signature}`,
  };
  return post(url, body, headers, options);
}

/** Error: what is told of an address that is not gone to. */
function refusalOf(url: URL, allowPrivate: boolean): string | undefined {
  if (allowPrivate) return undefined;
  if (url.protocol !== "https:") return "plain HTTP is refused";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) !== 0 && !isPublicAddress(host) ? "an address inside, refused" : undefined;
}

function post(
  url: URL,
  body: string,
  headers: Record<string, string | number>,
  options: WebhookOptions,
): Promise<Sent> {
  const request = url.protocol === "https:" ? requestTls : requestPlain;
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ isAccepted: false, detail: plainDetail(error.message) });
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]);
    const sending = request(
      url,
      {
        method: "POST",
        headers,
        signal,
        agent: false,
        ...(options.allowPrivate ? {} : { lookup: lookupPublic as never }),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        // What they answer is not read: an acknowledgement is a status, an answer is a person's.
        response.destroy();
        resolve({ isAccepted: status >= 200 && status < 300, detail: `HTTP ${status}` });
      },
    );
    sending.on("error", fail);
    sending.end(body);
  });
}

/** What may stand in the record of another's words: one short line of plain letters. */
export function plainDetail(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 200);
}
