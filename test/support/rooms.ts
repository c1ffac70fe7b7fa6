/** Rooms in tests: a component's node in this process, and an officer's page that seals and asks. */
import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from "node:crypto";
import { type AppendedAnswer, FaultError, formatInstant } from "@openjmc/model";
import {
  type AskingPair,
  type RoomAnnouncement,
  type SealedPromise,
  type Signer,
  sealEntry,
  sealQuestion,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { nodeCipher } from "../../apps/centre/src/room/cipher.ts";
import { openEpochs } from "../../apps/centre/src/room/epoch-keys.ts";
import { nodeOfficer, roomFolderOf } from "../../apps/centre/src/room/found-room.ts";
import type { RoomNode } from "../../apps/centre/src/room/room-node.ts";
import { serveRoom } from "../../apps/centre/src/room/serve-room.ts";
import { openSigner } from "../../apps/centre/src/signer/signer-folder.ts";
import type { TapWatch } from "../../apps/centre/src/tap/tap-watch.ts";
import { anchorOf, postStatement, ulid } from "./acts.ts";
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

function askingPair(): AskingPair {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const prefix = Buffer.from("302a300506032b656e032100", "hex");
  return {
    publicKey: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(prefix.length)),
    agree: async (other) => {
      const key = createPublicKey({ key: Buffer.concat([prefix, other]), format: "der", type: "spki" });
      return new Uint8Array(diffieHellman({ privateKey, publicKey: key }));
    },
  };
}

/** Asks the node of the officer's component through the centre. Throws the fault that came back. */
export async function askRoom<T>(page: Page, asked: object, room = page.officer[0]!): Promise<T> {
  const announcement = await getJson<RoomAnnouncement>(page, `/api/v1/rooms/${room}`);
  const sealed = await sealQuestion(nodePrimitives, nodeCipher, page.signer, announcement, askingPair(), asked);
  const answer = await postJson<{ sealed?: string; fault?: never }>(
    page,
    `/api/v1/rooms/${room}/line`,
    sealed.question,
  );
  if (answer.sealed === undefined) throw new FaultError(answer.fault!);
  const opened = unwrap(await sealed.open(answer.sealed)) as { ok: boolean; value: T; fault: never };
  if (!opened.ok) throw new FaultError(opened.fault);
  return opened.value;
}

export interface SealedAct {
  readonly kind: string;
  readonly subject: string;
  readonly body: object;
  readonly promise?: SealedPromise;
}

/** Seals an act as the console does: key to the node, ciphertext to the attachments, then the entry. */
export async function sealAct(page: Page, act: SealedAct): Promise<AppendedAnswer & { readonly key: Uint8Array }> {
  const anchor = await anchorOf(page.url, page.token);
  const component = page.officer[0]!;
  const now = (await getJson<{ now: number }>(page, "/api/v1/anchor")).now;
  const statementOf = (kind: string, body: object, refs: { rel: string; sha256: string }[]) => ({
    ...{ origin: anchor.origin, kind, component, role: page.officer, subject: act.subject, revision: 0 },
    ...{ at: formatInstant(now), refs, anchor: { size: anchor.size, root: anchor.root }, body },
  });
  const inner = await signStatement(nodePrimitives.sha256, page.signer, statementOf(act.kind, act.body, []));
  const { epoch } = await getJson<RoomAnnouncement>(page, `/api/v1/rooms/${component}`);
  const entropy = { key: bytes(32), salt: bytes(32), nonce: bytes(12) };
  const place = { origin: anchor.origin, room: component, epoch };
  const sealed = await sealEntry(nodePrimitives, nodeCipher, place, inner, entropy);
  const { commitment, ciphertext } = sealed.body;
  await askRoom(page, { do: "keep", commitment, epoch, key: Buffer.from(entropy.key).toString("base64") });
  await storeBytes(page, sealed.ciphertext);
  const body = { ...sealed.body, ...(act.promise ? { promise: act.promise } : {}) };
  const draft = statementOf("sealed", body, [{ rel: "ciphertext", sha256: ciphertext }]);
  const leaf = await signStatement(nodePrimitives.sha256, page.signer, draft);
  const response = await postStatement(page.url, page.token, new TextDecoder().decode(leaf));
  if (response.status !== 201) throw new FaultError((await response.json()) as never);
  return { ...((await response.json()) as AppendedAnswer), key: entropy.key };
}

export async function storeBytes(page: Page, content: Uint8Array): Promise<void> {
  const headers = { "content-type": "application/octet-stream", authorization: `Bearer ${page.token}` };
  await fetch(`${page.url}/api/v1/attachments`, { method: "POST", headers, body: new Uint8Array(content) });
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

const bytes = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
