/** What waits for an officer's own signer: routed by officer, recognised by a short code, signed elsewhere or not at all. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { type Fault, FaultError, type Instant, type SigningRequest } from "@openjmc/model";

/** Requests that wait longer than this (wall time) expire. */
export const REQUEST_LIFETIME_MICROSECONDS = 15 * 60_000_000;
/** So many of one purpose wait for one officer: nobody floods a signer. */
export const MOST_WAITING = 20;

/** A request with what the centre keeps to itself. */
export interface KeptRequest extends SigningRequest {
  /** Of the officer whose signer it waits for. */
  readonly component: string;
  readonly secretHash: string;
  readonly purpose: "session" | "statement";
  readonly sessionKey?: string;
  readonly expiresAt: Instant;
}

const hash = (text: string): Buffer => createHash("sha256").update(text).digest();

export class SigningRequests {
  readonly #requests = new Map<string, KeptRequest>();
  readonly #waiters = new Set<() => void>();
  readonly #wallNow: () => Instant;

  constructor(wallNow: () => Instant) {
    this.#wallNow = wallNow;
  }

  /**
   * Files a request. The secret goes to the asker only; with it, and nothing else, he reads the answer. Errors:
   * `signing.too-many` for statements.
   */
  create(
    draft: Pick<KeptRequest, "component" | "officer" | "payloadType" | "payload" | "purpose" | "createdAt"> & {
      readonly sessionKey?: string;
    },
  ): { readonly request: KeptRequest; readonly secret: string } {
    this.#makeRoom(draft);
    const secret = randomBytes(24).toString("base64url");
    const request: KeptRequest = {
      ...draft,
      id: randomBytes(12).toString("hex"),
      code: String(randomInt(0, 1_000_000)).padStart(6, "0"),
      state: "waiting",
      secretHash: hash(secret).toString("hex"),
      expiresAt: this.#wallNow() + REQUEST_LIFETIME_MICROSECONDS,
    };
    this.#requests.set(request.id, request);
    this.#wake();
    return { request, secret };
  }

  /**
   * Anybody may ask for a session, so a new one of those never is refused for the others: the oldest of the same officer
   * goes. Statements are asked for by the officer himself, who loses none of them.
   */
  #makeRoom({ component, officer, purpose }: Pick<KeptRequest, "component" | "officer" | "purpose">): void {
    const waiting = this.waitingFor(officer).filter(
      (request) => request.component === component && request.purpose === purpose,
    );
    if (waiting.length < MOST_WAITING) return;
    const fault = {
      code: "signing.too-many",
      what: `${purpose} requests of ${officer}`,
      expected: `at most ${MOST_WAITING} waiting`,
    };
    if (purpose === "statement") throw new FaultError(fault);
    this.settle(waiting[0]!.id, { state: "expired", fault });
  }

  get(id: string): KeptRequest | undefined {
    this.#expire();
    return this.#requests.get(id);
  }

  /** The request, if the secret is its own. */
  withSecret(id: string, secret: string): KeptRequest | undefined {
    const request = this.get(id);
    return request && timingSafeEqual(hash(secret), Buffer.from(request.secretHash, "hex")) ? request : undefined;
  }

  /** What waits for an officer, oldest first. */
  waitingFor(officer: string): readonly KeptRequest[] {
    this.#expire();
    return [...this.#requests.values()].filter((request) => request.officer === officer && request.state === "waiting");
  }

  /** Records how a request ended. */
  settle(
    id: string,
    end: Pick<SigningRequest, "state"> &
      Partial<Pick<SigningRequest, "statement" | "index" | "token">> & { readonly fault?: Fault },
  ): void {
    const request = this.#requests.get(id);
    if (!request) return;
    this.#requests.set(id, { ...request, ...end });
    this.#wake();
  }

  /** Forgets a token once it has been fetched. */
  clearToken(id: string): void {
    const request = this.#requests.get(id);
    if (!request) return;
    const { token: _token, ...rest } = request;
    this.#requests.set(id, rest);
  }

  /** Resolves when something changed or after the given milliseconds. */
  changed(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiters.add(done);
    });
  }

  /** Lets everybody who waits go, so that the centre can stop. */
  release(): void {
    this.#wake();
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  #expire(): void {
    const now = this.#wallNow();
    for (const [id, request] of this.#requests) {
      if (request.expiresAt > now) continue;
      if (request.state === "waiting")
        this.#requests.set(id, { ...request, state: "expired", expiresAt: now + REQUEST_LIFETIME_MICROSECONDS });
      else this.#requests.delete(id);
    }
  }
}

/** The request as clients see it. */
export function publicRequest(request: KeptRequest): SigningRequest {
  const { component: _component, secretHash: _secret, purpose: _purpose, ...others } = request;
  const { sessionKey: _key, expiresAt: _expires, ...rest } = others;
  return rest;
}
