/**
 * Sealing what an officer states, at the officer's own signer: signed as ever, encrypted under a key of its own, the key given to
 * the component's node over its private line, and only then the ciphertext's promise recorded. The centre gets nothing to read.
 */
import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from "node:crypto";
import { type AppendedAnswer, type Fault, FaultError } from "@openjmc/model";
import {
  type AskingPair,
  bytesToBase64,
  type RoomAnnouncement,
  type SealedPromise,
  type Signer,
  sealEntry,
  sealQuestion,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { nodeCipher } from "../room/cipher.ts";
import { type ActDraft, type AnchorAnswer, statementOf } from "./acts.ts";
import type { CentreClient } from "./centre-client.ts";

export type SealingClient = Pick<CentreClient, "officer" | "component" | "get" | "post" | "attach">;

/** DER of an X25519 public key before its 32 bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");

/** Throws `FaultError`: the centre's, the node's; nothing is recorded then. The key is the caller's to forget. */
export async function sealAct(
  client: SealingClient,
  signer: Signer,
  draft: ActDraft & { readonly subject: string },
  promise?: SealedPromise,
): Promise<AppendedAnswer & { readonly key: Uint8Array }> {
  const anchor = await client.get<AnchorAnswer>("/api/v1/anchor");
  const sign = (made: ActDraft): Promise<Uint8Array> =>
    signStatement(nodePrimitives.sha256, signer, statementOf(anchor, client, made));
  const inner = await sign(draft);
  const { epoch } = await client.get<RoomAnnouncement>(`/api/v1/rooms/${client.component}`);
  const entropy = { key: random(32), salt: random(32), nonce: random(12) };
  const place = { origin: anchor.origin, room: client.component, epoch };
  const sealed = await sealEntry(nodePrimitives, nodeCipher, place, inner, entropy);
  const { commitment, ciphertext } = sealed.body;
  await askRoom(client, signer, { do: "keep", commitment, epoch, key: bytesToBase64(entropy.key) });
  await client.attach(sealed.ciphertext);
  const body = { ...sealed.body, ...(promise ? { promise } : {}) };
  const leaf = await sign({
    ...{ kind: "sealed", subject: draft.subject, body },
    refs: [{ rel: "ciphertext", sha256: ciphertext }],
  });
  const answer = await client.post<AppendedAnswer>("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf)));
  return { ...answer, key: entropy.key };
}

/** Asks a component's node, through the centre, in words that only the node can read. Throws the node's or the centre's fault. */
export async function askRoom<T>(
  client: Pick<CentreClient, "component" | "get" | "post">,
  signer: Signer,
  asked: object,
  room: string = client.component,
): Promise<T> {
  const announcement = await client.get<RoomAnnouncement>(`/api/v1/rooms/${room}`);
  const sealed = await sealQuestion(nodePrimitives, nodeCipher, signer, announcement, askingPair(), asked);
  const answer = await client.post<{ readonly sealed?: string; readonly fault?: Fault }>(
    `/api/v1/rooms/${room}/line`,
    sealed.question,
  );
  if (answer.sealed === undefined) throw new FaultError(answer.fault!);
  const opened = unwrap(await sealed.open(answer.sealed)) as { ok: boolean; value: T; fault: Fault };
  if (!opened.ok) throw new FaultError(opened.fault);
  return opened.value;
}

function askingPair(): AskingPair {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  return {
    publicKey: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX.length)),
    agree: async (other) => {
      const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, other]), format: "der", type: "spki" });
      return new Uint8Array(diffieHellman({ privateKey, publicKey: key }));
    },
  };
}

const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));
