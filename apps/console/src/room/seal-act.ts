/**
 * Sealing what an officer states: it is signed as ever, encrypted in this page under a key of its own, and the key goes to
 * the component's own node before anything is recorded. The centre gets the ciphertext and the commitment.
 */
import { type AppendedAnswer, FaultError } from "@openjmc/model";
import { bytesToBase64, plainSha256, type SealedPromise, sealEntry, signStatement } from "@openjmc/record";
import { readAnchor, storeAttachment } from "../api/endpoints.ts";
import { session, sessionKey } from "../session/session.ts";
import { type Act, draftOf, newSubject, state } from "../sign/statement.ts";
import { announcedRoom, askRoom } from "./ask-room.ts";
import { webCipher } from "./web-crypto.ts";

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

/** Throws `FaultError`; nothing is recorded then. `promise`: what may be known of it beforehand. */
export async function sealAct(act: Act, promise?: SealedPromise): Promise<AppendedAnswer> {
  const key = await sessionKey();
  if (key === undefined) throw new FaultError({ code: "key.missing", what: "session key" });
  const anchor = await readAnchor();
  const subject = act.subject ?? newSubject(anchor.now);
  const inner = await signStatement(plainSha256, key, draftOf({ ...act, subject }, session.get()!, anchor));
  const { origin, room, epoch } = await announcedRoom();
  const entropy = { key: random(32), salt: random(32), nonce: random(12) };
  const sealed = await sealEntry({ sha256: plainSha256 }, webCipher, { origin, room, epoch }, inner, entropy);
  const { commitment, ciphertext } = sealed.body;
  await askRoom({ do: "keep", commitment, epoch, key: bytesToBase64(entropy.key) });
  await storeAttachment(new Blob([sealed.ciphertext as Uint8Array<ArrayBuffer>]), "sealed");
  const body = promise === undefined ? sealed.body : { ...sealed.body, promise };
  return state({ kind: "sealed", subject, body, refs: [{ rel: "ciphertext", sha256: ciphertext }] });
}
