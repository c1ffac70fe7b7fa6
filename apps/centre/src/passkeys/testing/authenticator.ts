/** An authenticator as the standard has it, in software, with knobs to turn it wrong. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const url = (bytes: string | Buffer): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** As an authenticator encodes its key: a CBOR map of small integers and byte strings. */
function coseOf(key: KeyObject): Buffer {
  const jwk = key.export({ format: "jwk" });
  const bytes = (value: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, "base64url")]);
  return jwk.kty === "EC"
    ? Buffer.concat([
        Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
        bytes(jwk.x!),
        Buffer.from([0x22]),
        bytes(jwk.y!),
      ])
    : Buffer.concat([Buffer.from([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21]), bytes(jwk.x!)]);
}

/** One with one credential, for a page of this origin; `challenge` may be given anew with `client`. */
export function makeAuthenticator(origin: string, challenge: string, kind: "ec" | "ed25519" = "ec") {
  const { publicKey, privateKey } =
    kind === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  const id = randomBytes(16);
  const dataOf = (
    { domain = new URL(origin).hostname, flags = 0x05, count = 0 } = {},
    credential = Buffer.alloc(0),
  ): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    return Buffer.concat([
      sha256(domain),
      Buffer.from([flags | (credential.length > 0 ? 0x40 : 0)]),
      counter,
      credential,
    ]);
  };
  const clientOf = (type: string, more: object = {}): string =>
    url(JSON.stringify({ type, challenge: url(challenge), origin, crossOrigin: false, ...more }));
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(publicKey)]);
  return {
    id: url(id),
    made: (data = {}, client = {}) => ({
      clientData: clientOf("webauthn.create", client),
      authenticatorData: url(dataOf(data, credential)),
    }),
    answer: (data = {}, client: object = {}) => {
      const bytes = dataOf(data);
      const clientData = clientOf("webauthn.get", client);
      const signed = Buffer.concat([bytes, sha256(Buffer.from(clientData, "base64url"))]);
      const signature = url(sign(kind === "ec" ? "sha256" : null, signed, privateKey));
      return { id: url(id), clientData, authenticatorData: url(bytes), signature };
    },
  };
}
