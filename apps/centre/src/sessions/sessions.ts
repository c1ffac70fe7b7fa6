/** Sessions: a bearer token per tab, given once the officer's own key has enrolled the tab's session key in the record. */
import { createHash, randomBytes } from "node:crypto";
import type { Instant } from "@openjmc/model";

/** Who speaks. `expiresAt` is wall time: sessions never follow a scenario's clock. */
export interface Session {
  readonly officer: string;
  readonly component: string;
  readonly roles: readonly string[];
  readonly keyid: string;
  readonly expiresAt: Instant;
}

/** A watch in wall time: no session outlives it. */
export const LONGEST_SESSION_MICROSECONDS = 8 * 3_600_000_000;

/**
 * How long a session's key is enrolled for, in the clock's time: a watch of wall time as the clock runs, and never more than
 * the record takes (the founding's `watch`, microseconds). In an exercise that runs fast the record's limit comes first.
 */
export function enrolledWatch(founded: number | undefined, speed: number): Instant {
  return Math.round(Math.min(LONGEST_SESSION_MICROSECONDS * speed, founded ?? LONGEST_SESSION_MICROSECONDS));
}

/** What is left of a watch in wall time, so that a token ends with the key that it stands for. All in microseconds. */
export function lifeOfToken(
  keyEndsAt: Instant,
  clock: { readonly now: () => Instant; readonly speed: number },
): number {
  return Math.min(LONGEST_SESSION_MICROSECONDS, Math.floor((keyEndsAt - clock.now()) / clock.speed));
}

/** Where sessions survive a restart. Tokens are kept as hashes: who reads the disk cannot speak as an officer. */
export interface SessionKeeping {
  put(tokenHash: string, session: Session): void;
  list(): Iterable<{ readonly tokenHash: string; readonly session: Session }>;
  delete(tokenHash: string): void;
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

export class Sessions {
  readonly #byHash = new Map<string, Session>();
  readonly #keeping: SessionKeeping;
  readonly #wallNow: () => Instant;

  constructor(keeping: SessionKeeping, wallNow: () => Instant) {
    this.#keeping = keeping;
    this.#wallNow = wallNow;
    for (const { tokenHash, session } of keeping.list()) {
      if (session.expiresAt > wallNow()) this.#byHash.set(tokenHash, session);
      else keeping.delete(tokenHash);
    }
  }

  /** Opens a session and gives its token: the only time it is seen. */
  open(session: Session): string {
    const token = randomBytes(32).toString("base64url");
    this.#byHash.set(hashOf(token), session);
    this.#keeping.put(hashOf(token), session);
    return token;
  }

  /** Whose token this is; undefined if unknown or over. */
  find(token: string): Session | undefined {
    const hash = hashOf(token);
    const session = this.#byHash.get(hash);
    if (session && session.expiresAt <= this.#wallNow()) {
      this.#forget(hash);
      return undefined;
    }
    return session;
  }

  close(token: string): void {
    this.#forget(hashOf(token));
  }

  /** Ends every session of an officer of a component, for instance when the key is revoked. */
  closeAllOf(component: string, officer: string): void {
    for (const [hash, session] of this.#byHash)
      if (session.component === component && session.officer === officer) this.#forget(hash);
  }

  #forget(hash: string): void {
    this.#byHash.delete(hash);
    this.#keeping.delete(hash);
  }
}
