/**
 * Receipts of what a signer has sent: for each act the entry's own bytes and the proof of its place in the log, checked before
 * it is kept. They lie in the component's folder and verify without the centre. One that was given before the cosigners had
 * signed is fetched again until they have.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  evaluatePolicy,
  formatVkey,
  type NoteKey,
  openCheckpoint,
  type Policy,
  parsePolicy,
  parseTlogProof,
  parseVkey,
  unwrap,
  verifyTlogProof,
} from "@openjmc/record";
import { LEAF_ENDING, RECEIPT_ENDING } from "../nodes/receipt-watch.ts";
import { nodePrimitives } from "../primitives.ts";

const ANSWER_MILLISECONDS = 10_000;

/** A signer's folder of receipts for one log. */
export class Receipts {
  readonly #url: string;
  readonly #folder: string;
  readonly #origin: string;
  readonly #sealed = new Set<string>();
  #logKey: NoteKey | undefined;

  constructor(url: string, signerFolder: string, origin: string) {
    this.#url = url.replace(/\/$/, "");
    this.#folder = join(signerFolder, "receipts");
    this.#origin = origin;
  }

  /** Fetches, checks and keeps the receipt of an entry. Throws `receipt.*`, `log-key.other` and the proof's faults. */
  async keep(index: number, leaf: Uint8Array): Promise<string> {
    const proof = await this.#fetch(`/api/v1/record/proof/${index}`);
    const verified = unwrap(verifyTlogProof(nodePrimitives, proof, leaf, await this.#key()));
    if (verified.index !== index)
      throw new FaultError({
        code: "receipt.other-entry",
        what: "receipt",
        expected: `${index}`,
        got: `${verified.index}`,
      });
    const path = join(this.#folder, `${index}${RECEIPT_ENDING}`);
    writeFileSync(join(this.#folder, `${index}${LEAF_ENDING}`), leaf);
    writeFileSync(path, proof);
    return path;
  }

  /** Fetches again what was not cosigned when it was given. What cannot be had now stays as it is. */
  async refresh(): Promise<void> {
    if (!existsSync(this.#folder)) return;
    const policy = await this.#policy().catch(() => undefined);
    if (!policy) return;
    for (const name of readdirSync(this.#folder).filter((file) => file.endsWith(RECEIPT_ENDING))) {
      if (this.#sealed.has(name)) continue;
      const path = join(this.#folder, name);
      if (this.#isSealed(readFileSync(path), policy)) this.#sealed.add(name);
      else await this.#improve(path, policy).catch(() => undefined);
    }
  }

  async #improve(path: string, policy: Policy): Promise<void> {
    const leafPath = `${path.slice(0, -RECEIPT_ENDING.length)}${LEAF_ENDING}`;
    const index = unwrap(parseTlogProof(readFileSync(path))).index;
    const proof = await this.#fetch(`/api/v1/record/proof/${index}`);
    const leaf = new Uint8Array(readFileSync(leafPath));
    const verified = verifyTlogProof(nodePrimitives, proof, leaf, await this.#key());
    if (verified.ok && this.#isSealed(proof, policy)) writeFileSync(path, proof);
  }

  #isSealed(receipt: Uint8Array, policy: Policy): boolean {
    const parsed = parseTlogProof(receipt);
    if (!parsed.ok || !this.#logKey) return false;
    const cosigners = policy.witnesses.map((witness) => witness.key);
    const opened = openCheckpoint(nodePrimitives, parsed.value.checkpoint, this.#logKey, cosigners);
    return opened.ok && evaluatePolicy(policy, opened.value).satisfied;
  }

  /** The log's key as it was when the first receipt was kept; another one later is refused. */
  async #key(): Promise<NoteKey> {
    if (this.#logKey) return this.#logKey;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, "log.vkey");
    const shown = parseKey(await this.#fetch("/record/log.vkey"));
    if (!existsSync(path)) writeFileSync(path, `${formatVkey(shown)}\n`);
    const pinned = parseKey(readFileSync(path));
    if (pinned.id !== shown.id || pinned.name !== this.#origin)
      throw new FaultError({
        code: "log-key.other",
        what: "log's key",
        where: { file: path },
        expected: formatVkey(pinned),
        got: formatVkey(shown),
      });
    this.#logKey = pinned;
    return pinned;
  }

  async #policy(): Promise<Policy> {
    await this.#key();
    const text = await this.#fetch("/record/policy");
    const policy = unwrap(parsePolicy(nodePrimitives.sha256, Buffer.from(text).toString()));
    writeFileSync(join(this.#folder, "policy"), text);
    return policy;
  }

  async #fetch(path: string): Promise<Uint8Array> {
    const response = await fetch(`${this.#url}${path}`, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new FaultError({
      code: "receipt.withheld",
      what: "receipt",
      where: { source: `${this.#url}${path}` },
      got: `${response.status}`,
    });
  }
}

function parseKey(bytes: Uint8Array): NoteKey {
  return unwrap(parseVkey(nodePrimitives.sha256, Buffer.from(bytes).toString().trim()));
}
