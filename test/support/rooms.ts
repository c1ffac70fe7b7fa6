/** Rooms in tests: a component's node in this process, and an officer's page that seals and asks. */
import { FaultError, formatInstant } from "@openjmc/model";
import type { SealedPromise, Signer } from "@openjmc/record";
import { openEpochs } from "../../apps/centre/src/room/epoch-keys.ts";
import { nodeOfficer, roomFolderOf } from "../../apps/centre/src/room/found-room.ts";
import type { RoomNode } from "../../apps/centre/src/room/room-node.ts";
import { serveRoom } from "../../apps/centre/src/room/serve-room.ts";
import { askRoom as ask, sealAct as seal } from "../../apps/centre/src/signer/seal-act.ts";
import { openSigner } from "../../apps/centre/src/signer/signer-folder.ts";
import type { TapWatch } from "../../apps/centre/src/tap/tap-watch.ts";
import { ulid } from "./acts.ts";
import { PASSPHRASE } from "./centre.ts";

export interface TestRoom {
  readonly node: RoomNode;
  readonly folder: string;
  /** What went wrong at the node, as it was told. */
  readonly troubles: string[];
  stop(): Promise<void>;
}

/** Opens a component's node against a served centre and waits until its line is open. */
export async function openTestRoom(
  url: string,
  signerFolder: string,
  component: string,
  tap?: TapWatch,
): Promise<TestRoom> {
  const stop = new AbortController();
  const ready = Promise.withResolvers<RoomNode>();
  const troubles: string[] = [];
  const folder = roomFolderOf(signerFolder);
  const served = serveRoom({
    url,
    room: component,
    folder,
    epochs: openEpochs(folder, component, PASSPHRASE),
    officer: nodeOfficer(component),
    signer: openSigner(signerFolder, nodeOfficer(component), PASSPHRASE),
    signal: stop.signal,
    ...(tap ? { tap } : {}),
    onReady: (node) => ready.resolve(node),
    onTrouble: (what, problem) =>
      troubles.push(`${what}: ${problem instanceof FaultError ? problem.fault.code : String(problem)}`),
  });
  return {
    node: await ready.promise,
    folder,
    troubles,
    stop: async () => {
      stop.abort();
      await served;
    },
  };
}

/** What an officer's page holds: who speaks, the token, the key that signs. */
export interface Page {
  readonly url: string;
  readonly officer: string;
  readonly token: string;
  readonly signer: Signer;
}

const clientOf = (page: Page) => ({
  officer: page.officer,
  component: page.officer[0]!,
  get: <T>(path: string) => getJson<T>(page, path),
  post: <T>(path: string, body: unknown) => postJson<T>(page, path, body),
  attach: (content: Uint8Array) => storeBytes(page, content),
});

/** Asks the node of the officer's component through the centre. Throws the fault that came back. */
export function askRoom<T>(page: Page, asked: object, room = page.officer[0]!): Promise<T> {
  return ask<T>(clientOf(page), page.signer, asked, room);
}

export interface SealedAct {
  readonly kind: string;
  readonly subject: string;
  readonly body: object;
  readonly promise?: SealedPromise;
}

/** Seals an act as the console does: key to the node, ciphertext to the attachments, then the entry. */
export function sealAct(page: Page, { promise, ...act }: SealedAct) {
  return seal(clientOf(page), page.signer, act, promise);
}

export async function storeBytes(page: Page, content: Uint8Array): Promise<{ readonly sha256: string }> {
  const headers = { "content-type": "application/octet-stream", authorization: `Bearer ${page.token}` };
  return answered(
    await fetch(`${page.url}/api/v1/attachments`, { method: "POST", headers, body: new Uint8Array(content) }),
  );
}

/** A conclusion to be sealed, open at the latest so many seconds from the centre's now. */
export async function sealConclusion(page: Page, incident: string, text: string, seconds = 3600) {
  const now = (await getJson<{ now: number }>(page, "/api/v1/anchor")).now;
  const deadline = formatInstant(now + seconds * 1_000_000);
  const body = { incident, text, language: "en" };
  const promise = { kind: "conclusion.stated", incident, deadline };
  return sealAct(page, { kind: "conclusion.stated", subject: ulid(), body, promise });
}

export async function getJson<T>(page: Page, path: string): Promise<T> {
  return answered(await fetch(`${page.url}${path}`, { headers: { authorization: `Bearer ${page.token}` } }));
}

async function postJson<T>(page: Page, path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${page.token}` };
  return answered(await fetch(`${page.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T;
  if (!response.ok) throw new FaultError(body as never);
  return body;
}
