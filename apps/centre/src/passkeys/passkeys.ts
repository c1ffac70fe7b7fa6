/**
 * Passkeys of officers (Web Authentication): they open a session at the centre's door. They sign nothing of the record: what an officer
 * states is signed by the session's key or his own, and a passkey that his own key has outlived opens nothing.
 */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Fault, FaultError, type Instant } from "@openjmc/model";
import { readAuthenticatorData } from "./authenticator-data.ts";

/** A passkey as it is kept. */
export interface Passkey {
  /** The authenticator's name for it, base64url. */
  readonly id: string;
  readonly officer: string;
  readonly component: string;
  /** The officer's own key when the passkey was added: it ends with that. */
  readonly keyid: string;
  /** Origin of the console at which it was added: it answers no other page, not even of the same name at another port. */
  readonly origin: string;
  /** Public key, SPKI in base64. */
  readonly publicKey: string;
  readonly name: string;
  readonly addedAt: Instant;
  readonly usedAt?: Instant;
  readonly count: number;
}

/** What a browser brings, base64url. */
export interface Assertion {
  readonly id: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** Where passkeys outlive a restart. */
export interface PasskeyKeeping {
  list(): Iterable<Passkey>;
  put(passkey: Passkey): void;
  delete(id: string): void;
}

/** An officer has a few authenticators, not many. */
const MOST_OF_ONE = 10;

export class Passkeys {
  readonly #byId: Map<string, Passkey>;
  readonly #keeping: PasskeyKeeping;

  constructor(keeping: PasskeyKeeping) {
    this.#keeping = keeping;
    this.#byId = new Map([...keeping.list()].map((one) => [one.id, one]));
  }

  of(component: string, officer: string): readonly Passkey[] {
    return [...this.#byId.values()].filter((one) => one.component === component && one.officer === officer);
  }

  /**
   * Takes a new passkey of an officer. `challenge` is one that was given and has been taken. Errors: `passkey.form`,
   * `passkey.challenge`, `passkey.domain`, `passkey.unverified`, `passkey.known`, `passkey.too-many`.
   */
  add(
    of: Pick<Passkey, "officer" | "component" | "keyid" | "name" | "addedAt">,
    { clientData, authenticatorData }: Pick<Assertion, "clientData" | "authenticatorData">,
    challenge: string,
  ): Passkey {
    const { origin, hostname } = originOf(clientData, "webauthn.create", challenge);
    const data = readAuthenticatorData(Buffer.from(authenticatorData, "base64url"));
    if (!data?.credential) throw refused("form", "a new credential with a key of P-256 or Ed25519");
    if (!data.domainHash.equals(sha256(hostname))) throw refused("domain", hostname);
    if (!data.isVerified) throw refused("unverified", "an authenticator that knows who is there");
    const id = data.credential.id.toString("base64url");
    if (this.#byId.has(id)) throw refused("known", "a new passkey");
    if (this.of(of.component, of.officer).length >= MOST_OF_ONE) throw refused("too-many", `at most ${MOST_OF_ONE}`);
    return this.#put({ ...of, id, origin, count: data.count, publicKey: spkiOf(data.credential.key) });
  }

  /**
   * Whose passkey has answered a challenge that was given and has been taken. Errors: `passkey.unknown`, `passkey.form`,
   * `passkey.challenge`, `passkey.domain`, `passkey.unverified`, `passkey.signature`, `passkey.copied`.
   */
  use({ id, clientData, authenticatorData, signature }: Assertion, challenge: string, now: Instant): Passkey {
    const passkey = this.#byId.get(id);
    if (!passkey) throw refused("unknown", "a passkey that was added here");
    const { origin, hostname } = originOf(clientData, "webauthn.get", challenge);
    const bytes = Buffer.from(authenticatorData, "base64url");
    const data = readAuthenticatorData(bytes);
    if (!data) throw refused("form", "what an authenticator says of itself");
    if (origin !== passkey.origin || !data.domainHash.equals(sha256(hostname))) throw refused("domain", passkey.origin);
    if (!data.isVerified) throw refused("unverified", "an authenticator that knows who is there");
    const signed = Buffer.concat([bytes, sha256(Buffer.from(clientData, "base64url"))]);
    if (!isSigned(passkey, signed, Buffer.from(signature, "base64url")))
      throw refused("signature", "a signature of the passkey");
    // Who counts and does not count on has a copy somewhere (7.2, step 21).
    const counts = data.count > 0 || passkey.count > 0;
    if (counts && data.count <= passkey.count) throw refused("copied", `a count above ${passkey.count}`);
    return this.#put({ ...passkey, count: data.count, usedAt: now });
  }

  /** Forgets an officer's own passkey; nothing where it is not his. */
  remove(component: string, officer: string, id: string): void {
    if (!this.of(component, officer).some((one) => one.id === id)) return;
    this.#byId.delete(id);
    this.#keeping.delete(id);
  }

  #put(passkey: Passkey): Passkey {
    this.#byId.set(passkey.id, passkey);
    this.#keeping.put(passkey);
    return passkey;
  }
}

/** The page that asked the browser, once type and challenge are what they must be (7.1 and 7.2, client data). */
function originOf(text: string, type: string, challenge: string): URL {
  const said = parse(Buffer.from(text, "base64url").toString("utf8"));
  if (said?.type !== type || typeof said.origin !== "string") throw refused("form", `client data of ${type}`);
  if (said.challenge !== Buffer.from(challenge, "utf8").toString("base64url"))
    throw refused("challenge", "the challenge that was given");
  const page = URL.parse(said.origin);
  const isSecure = page?.protocol === "https:" || (page?.protocol === "http:" && page.hostname === "localhost");
  if (!page || !isSecure || said.crossOrigin === true) throw refused("domain", "the console's own page");
  return page;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function isSigned({ publicKey }: Passkey, signed: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  return verify(key.asymmetricKeyType === "ec" ? "sha256" : null, signed, key, signature);
}

const spkiOf = (key: KeyObject): string => key.export({ format: "der", type: "spki" }).toString("base64");
const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

function refused(why: string, expected: string): FaultError {
  const fault: Fault = { code: `passkey.${why}`, what: "passkey", expected };
  return new FaultError(fault);
}
