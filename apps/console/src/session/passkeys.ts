/** Passkeys in this browser (Web Authentication): they open the door again; what is stated is signed by the watch's key. */
import { FaultError, type PasskeyRow } from "@openjmc/model";
import { bytesToBase64, partyOf } from "@openjmc/record";
import { askPasskeyChallenge, openWithPasskey, storePasskey } from "../api/endpoints.ts";
import { keptKeyids } from "./key-store.ts";
import { beginSession, type Session } from "./session.ts";

/** ECDSA with P-256, and Ed25519: what the centre takes. */
const ALGORITHMS = [-7, -8].map((alg) => ({ type: "public-key" as const, alg }));
const CHALLENGE_MILLISECONDS = 60_000;

/** Browsers give no passkeys to bare addresses: the centre must have a name. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && !/^[\d.]+$|:/.test(location.hostname);
}

/** Opens a session with whichever passkey the officer chooses. Throws `FaultError`. */
export async function signInWithPasskey(): Promise<void> {
  const { challenge } = await askPasskeyChallenge();
  const made = await given(
    navigator.credentials.get({
      publicKey: { challenge: bytesOf(challenge), userVerification: "required", timeout: CHALLENGE_MILLISECONDS },
    }),
  );
  const response = made.response as AuthenticatorAssertionResponse;
  const opened = await openWithPasskey({
    ...{ challenge, id: base64url(made.rawId), keyids: await keptKeyids() },
    ...{ clientData: base64url(response.clientDataJSON), authenticatorData: base64url(response.authenticatorData) },
    signature: base64url(response.signature),
  });
  const { officer, component, token, keyid = "" } = opened;
  const party = partyOf(opened.roles);
  beginSession({ officer, component, token, keyid, ...(party === undefined ? {} : { party }) });
}

/** Makes a passkey of the signed-in officer and has the centre keep it. Throws `FaultError`. */
export async function addPasskey({ officer, component }: Session, name: string): Promise<PasskeyRow> {
  const { challenge } = await askPasskeyChallenge();
  const made = await given(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(challenge),
        rp: { name: document.title },
        user: { id: bytesOf(`${component}/${officer}`), name: officer, displayName: officer },
        pubKeyCredParams: ALGORITHMS,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
        timeout: CHALLENGE_MILLISECONDS,
      },
    }),
  );
  const response = made.response as AuthenticatorAttestationResponse;
  const [clientData, authenticatorData] = [response.clientDataJSON, response.getAuthenticatorData()].map(base64url);
  return storePasskey({ challenge, name, clientData: clientData!, authenticatorData: authenticatorData! });
}

/** An officer who turns away, or an authenticator that is not there, is told alike. */
async function given(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const made = await asked.catch(() => null);
  if (made === null) throw new FaultError({ code: "passkey.cancelled", what: "passkey" });
  return made as PublicKeyCredential;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function base64url(bytes: ArrayBuffer): string {
  return bytesToBase64(new Uint8Array(bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
