/** Sessions: a bearer token per tab, given once the officer's own key has enrolled the tab's session key in the record. */
import { createHash, randomBytes } from "node:crypto";
import type { Instant } from "@openjmc/model";

/** Who speaks. `expiresAt` is wall time: sessions never follow a scenario's clock. */
export interface Session {
  readonly officer: string;
  readonly component: string;
  readonly roles: readonly string[];
  /** Key by which the session's statements are signed; none where a passkey opened it in a browser without one. */
  readonly keyid: string;
  readonly expiresAt: Instant;
  /** When the officer's own key opened it, wall time; undefined where a passkey did. */
  readonly openedAt?: Instant;
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

/** A token that nobody has used for so long is of a tab that is gone: an open page uses its own every few seconds. Wall time. */
export const LONGEST_IDLE_MICROSECONDS = 30 * 60_000_000;
/** So many of one officer are open at once; a further one takes the place of the longest unused. */
export const MOST_OPEN = 64;

/** An open session, and when its token was last used. */
interface Open {
  readonly session: Session;
  usedAt: Instant;
}

export class Sessions {
  /** The longest unused first. */
  readonly #byHash = new Map<string, Open>();
  readonly #keeping: SessionKeeping;
  readonly #wallNow: () => Instant;

  constructor(keeping: SessionKeeping, wallNow: () => Instant) {
    this.#keeping = keeping;
    this.#wallNow = wallNow;
    const now = wallNow();
    for (const { tokenHash, session } of keeping.list()) {
      // When it was used last is not kept: it is given the time again, once.
      if (session.expiresAt > now) this.#byHash.set(tokenHash, { session, usedAt: now });
      else keeping.delete(tokenHash);
    }
  }

  /** Opens a session and gives its token: the only time it is seen. */
  open(session: Session): string {
    this.#makeRoom(session);
    const token = randomBytes(32).toString("base64url");
    this.#byHash.set(hashOf(token), { session, usedAt: this.#wallNow() });
    this.#keeping.put(hashOf(token), session);
    return token;
  }

  /** Whose token this is, which counts as its use; undefined if unknown, over, or unused for too long. */
  find(token: string): Session | undefined {
    const hash = hashOf(token);
    const open = this.#byHash.get(hash);
    if (!open) return undefined;
    if (!this.#stands(open)) {
      this.#forget(hash);
      return undefined;
    }
    this.#byHash.delete(hash);
    this.#byHash.set(hash, { session: open.session, usedAt: this.#wallNow() });
    return open.session;
  }

  close(token: string): void {
    this.#forget(hashOf(token));
  }

  /** Ends every session of an officer of a component, for instance when the key is revoked. */
  closeAllOf(component: string, officer: string): void {
    for (const hash of this.#hashesOf({ component, officer })) this.#forget(hash);
  }

  #stands({ session, usedAt }: Open): boolean {
    const now = this.#wallNow();
    return session.expiresAt > now && now - usedAt <= LONGEST_IDLE_MICROSECONDS;
  }

  /** Forgets what is over, and of this officer the longest unused beyond what is let. */
  #makeRoom(of: Session): void {
    for (const [hash, open] of [...this.#byHash]) if (!this.#stands(open)) this.#forget(hash);
    const hashes = this.#hashesOf(of);
    for (const hash of hashes.slice(0, Math.max(0, hashes.length - MOST_OPEN + 1))) this.#forget(hash);
  }

  #hashesOf({ component, officer }: Pick<Session, "component" | "officer">): string[] {
    return [...this.#byHash].flatMap(([hash, { session }]) =>
      session.component === component && session.officer === officer ? [hash] : [],
    );
  }

  #forget(hash: string): void {
    this.#byHash.delete(hash);
    this.#keeping.delete(hash);
  }
}
