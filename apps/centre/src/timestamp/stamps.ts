/**
 * The centre's time stamps: authorities chosen by each side, requests that wait for an answer, and tokens. All lie as files in
 * one folder, so that requests can travel by hand where there is no network: `<size>-<authority>.tsq` and `.tsr`,
 * `<authority>.pem` with the certificates that are trusted for it, `authorities.json`.
 */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  bytesEqual,
  bytesToHex,
  type Certificate,
  encodeTimestampRequest,
  readCertificates,
  readTimestampResponse,
  stampedHash,
  type TimestampToken,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { verifyToken } from "./verify-token.ts";

export interface Authority {
  /** The component that chose it. */
  readonly side: string;
  /** Where it answers; none where requests go by hand. */
  readonly url?: string;
}

export interface StampedHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
const FORM = /^(\d+)-([a-z0-9-]+)\.tsq$/;
const ANSWER_MILLISECONDS = 20_000;
const LARGEST_ANSWER_BYTES = 64 * 1024;

export class Stamps {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  get authorities(): Readonly<Record<string, Authority>> {
    const file = join(this.#folder, "authorities.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Authority>) : {};
  }

  /** Adds an authority with the certificates that are trusted for it (PEM). Errors: `timestamp.authority`, `file.malformed`. */
  addAuthority(name: string, authority: Authority, certificates: string): void {
    if (!NAME.test(name)) throw unknownAuthority(name, "small letters, digits and hyphens");
    const read = readCertificates(certificates);
    if (!read.ok) {
      const cause = read.fault.code;
      throw new FaultError({ code: "file.malformed", what: "certificates", expected: "PEM certificates", cause });
    }
    const all = { ...this.authorities, [name]: authority };
    writeFileSync(join(this.#folder, `${name}.pem`), certificates);
    writeFileSync(join(this.#folder, "authorities.json"), `${JSON.stringify(all, null, 2)}\n`);
  }

  /** Writes a request to each authority over this head, unless one lies there. Answers the names of new ones. */
  request(head: StampedHead): string[] {
    const made: string[] = [];
    for (const name of Object.keys(this.authorities)) {
      const file = join(this.#folder, `${head.size}-${name}.tsq`);
      if (existsSync(file)) continue;
      // A nonce's first byte is never zero, so that it has one length and one spelling.
      const nonce = new Uint8Array(randomBytes(16));
      nonce[0]! |= 0x40;
      writeFileSync(file, encodeTimestampRequest(stampedHash(nodePrimitives.sha256, head), nonce));
      made.push(`${head.size}-${name}`);
    }
    return made;
  }

  /** Requests that have no token yet, oldest first. */
  get waiting(): readonly { readonly size: number; readonly authority: string }[] {
    return readdirSync(this.#folder)
      .map((file) => FORM.exec(file))
      .filter((match) => match !== null)
      .map(([, size, authority]) => ({ size: Number(size), authority: authority! }))
      .filter(({ size, authority }) => !existsSync(this.#token(size, authority)))
      .sort((left, right) => left.size - right.size);
  }

  /** Asks the authority over HTTP. Errors: `timestamp.authority` (no address), `centre.unreachable`. */
  async ask(size: number, name: string): Promise<Uint8Array> {
    const url = this.#authority(name).url;
    if (url === undefined) throw unknownAuthority(name, "an authority with an address");
    const body = readFileSync(join(this.#folder, `${size}-${name}.tsq`));
    const headers = { "content-type": "application/timestamp-query" };
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
      });
      if (!answer.ok) throw new TypeError(`status ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer()).subarray(0, LARGEST_ANSWER_BYTES);
    } catch (error) {
      const cause = (error as Error).message;
      throw new FaultError({ code: "centre.unreachable", what: "time-stamp authority", where: { source: url }, cause });
    }
  }

  /**
   * Checks an answer to a request and keeps it. `head`: the log at the request's size.
   * Errors: `timestamp.*`, `der.malformed`.
   */
  keep(
    head: StampedHead,
    name: string,
    answer: Uint8Array,
  ): { readonly token: TimestampToken; readonly sha256: string } {
    const token = unwrap(readTimestampResponse(answer));
    const wanted = stampedHash(nodePrimitives.sha256, head);
    if (!bytesEqual(token.imprint, wanted))
      throw wrong("timestamp.differs", bytesToHex(wanted), bytesToHex(token.imprint));
    this.#checkNonce(head.size, name, token);
    const fault = verifyToken(token, this.certificates(name));
    if (fault) throw new FaultError(fault);
    writeFileSync(this.#token(head.size, name), answer);
    return { token, sha256: createHash("sha256").update(answer).digest("hex") };
  }

  certificates(name: string): Certificate[] {
    this.#authority(name);
    return unwrap(readCertificates(readFileSync(join(this.#folder, `${name}.pem`), "utf8")));
  }

  #checkNonce(size: number, name: string, { nonce }: TimestampToken): void {
    const request = join(this.#folder, `${size}-${name}.tsq`);
    if (!existsSync(request)) return;
    const asked = readFileSync(request);
    if (nonce && asked.includes(Buffer.from(nonce))) return;
    throw wrong("timestamp.nonce", "the nonce of the request", nonce ? bytesToHex(nonce) : "none");
  }

  #authority(name: string): Authority {
    const found = this.authorities[name];
    if (found) return found;
    throw unknownAuthority(name, Object.keys(this.authorities).join(", ") || "one that was added before");
  }

  #token(size: number, name: string): string {
    return join(this.#folder, `${size}-${name}.tsr`);
  }
}

function wrong(code: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "time stamp", expected, got });
}

function unknownAuthority(got: string, expected: string): FaultError {
  return new FaultError({ code: "timestamp.authority", what: "time-stamp authority", expected, got: got.slice(0, 80) });
}
