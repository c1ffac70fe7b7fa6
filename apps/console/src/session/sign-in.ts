/** Signing in: the tab makes a key, the officer's own signer enrols it in the record, the centre gives a token once. */
import type { CentreDescription, Officer, SigningRequest } from "@openjmc/model";
import { bytesToBase64, bytesToHex, partyOf, possessionMessage } from "@openjmc/record";
import { requestSession, waitForSession } from "../api/endpoints.ts";
import { makeSessionKey, type SessionKey } from "./key-store.ts";
import { beginSession } from "./session.ts";

/**
 * Follows a sign-in to its end. `told` gets the request, with its pairing code, at each change; `centre` is described as it stood a
 * moment ago. Throws `FaultError`.
 */
export async function signIn(
  officer: Officer,
  centre: Promise<CentreDescription>,
  told: (request: SigningRequest) => void,
  signal: AbortSignal,
): Promise<SigningRequest> {
  const key = await makeSessionKey();
  const filed = await requestSession(await requestOf(officer, key, await centre));
  told(filed.request);
  let request: SigningRequest = filed.request;
  while (request.state === "waiting" && !signal.aborted) request = await waitForSession(filed, signal);
  told(request);
  if (request.token !== undefined) beginSession({ ...sessionOf(officer, key), token: request.token }, key);
  return request;
}

function sessionOf({ id, component, roles }: Officer, { keyid }: SessionKey) {
  const party = partyOf(roles);
  return { officer: id, component, keyid, ...(party === undefined ? {} : { party }) };
}

/** The request with the proof that this tab holds the key, bound to a recent root of the log. */
async function requestOf(officer: Officer, key: SessionKey, centre: CentreDescription) {
  const publicKey = bytesToHex(key.publicKey);
  const anchor = { size: centre.anchor.size, root: centre.anchor.root };
  const message = possessionMessage({
    origin: centre.origin,
    component: officer.component,
    holder: officer.id,
    anchorRoot: anchor.root,
    publicKey,
  });
  return { officer: officer.id, sessionKey: publicKey, possession: bytesToBase64(await key.sign(message)), anchor };
}
