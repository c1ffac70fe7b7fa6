/** A component's own copy of the recordings: minute by minute as they are sealed, each source's bytes against the seal's hash. */
import { createHash, type Hash } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describeFault, FaultError, type RecordingsSealedBody, type SourceDescription } from "@openjmc/model";
import { encodeRecorded, readLeaf, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readLeafAt } from "../record/leaves.ts";
import { RemovedRecordings } from "../retention/removed.ts";
import type { CentreLink } from "./centre-link.ts";
import type { Mirror } from "./mirror.ts";
import { linksFor } from "./recordings-rule.ts";
import { decodeRecorded } from "./recordings-wire.ts";

export interface RecordingsCopyOptions {
  readonly root: string;
  readonly mirror: Mirror;
  readonly link: CentreLink;
  readonly component: string;
  /** `mission` or `none`. */
  readonly rule: string;
  readonly say: (text: string) => void;
}

/** Minutes of one round, so that cosigning is never far behind them. */
const MOST_AT_ONCE = 30;

export class RecordingsCopy {
  readonly #options: RecordingsCopyOptions;
  readonly #folder: string;
  #have: Set<string> | undefined;
  /** Rules of which it was told that they let something go. */
  readonly #told = new Set<string>();
  #next = 0;
  #links: ReadonlySet<string> | undefined;

  constructor(options: RecordingsCopyOptions) {
    this.#options = options;
    this.#folder = join(options.root, "recordings");
  }

  /** Fetches sealed minutes that are not here yet. What the centre does not give is told and left. */
  async fetch(signal: AbortSignal): Promise<void> {
    if (this.#options.rule === "none") return;
    const { seals } = this.#options.mirror;
    await this.#open();
    for (let count = 0; count < MOST_AT_ONCE && this.#next < seals.length && !signal.aborted; this.#next++) {
      const index = seals[this.#next]!;
      const body = this.#sealAt(index);
      if (!body || this.#have!.has(nameOf(body))) continue;
      await this.#fetchMinute(index, body);
      count += 1;
    }
  }

  async #open(): Promise<void> {
    if (this.#have) return;
    await mkdir(this.#folder, { recursive: true });
    this.#have = new Set(await readdir(this.#folder));
    const sources = await this.#options.link.describe<{ mission: { sources: readonly SourceDescription[] } }>();
    this.#links = linksFor(this.#options.component, sources.mission.sources);
  }

  #sealAt(index: number): RecordingsSealedBody | undefined {
    const { files } = this.#options.mirror;
    const leaf = readLeafAt(files.recordFolder, files.size, index);
    return leaf
      ? (unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement.body as unknown as RecordingsSealedBody)
      : undefined;
  }

  async #fetchMinute(index: number, seal: RecordingsSealedBody): Promise<void> {
    const bytes = await this.#options.link.recordings(seal.firstSequence, seal.lastSequence);
    if (!bytes) return this.#notGiven(index, seal);
    const temporary = join(this.#folder, `${nameOf(seal)}.tmp`);
    try {
      const hashes = await this.#receive(temporary, bytes);
      const wanted = seal.segments.filter(({ source }) => this.#links!.has(source));
      const differing = wanted.find(({ source, sha256 }) => (hashes.get(source) ?? sha256OfNothing()) !== sha256);
      if (differing) return await this.#object("recordings.differ", index, differing.source);
      await rename(temporary, join(this.#folder, nameOf(seal)));
      this.#have!.add(nameOf(seal));
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** What the mission's rule let go of before this mirror came is gone for everybody, and the record says so. */
  async #notGiven(index: number, { firstSequence, lastSequence }: RecordingsSealedBody): Promise<void> {
    const { mirror, say } = this.#options;
    const rule = new RemovedRecordings(mirror.removals).ruleFor("journal", firstSequence, lastSequence);
    if (rule === undefined) return this.#object("recordings.withheld", index);
    await mirror.objections.settle("recordings.withheld", index);
    if (!this.#told.has(rule)) say(`RECORDINGS: from entry ${index} on, minutes were removed under rule ${rule}`);
    this.#told.add(rule);
  }

  async #receive(path: string, chunks: AsyncIterable<Uint8Array>): Promise<ReadonlyMap<string, string>> {
    const hashes = new Map<string, Hash>();
    const file = await open(path, "w");
    try {
      for await (const recorded of decodeRecorded(chunks)) {
        const hash = hashes.get(recorded.link) ?? createHash("sha256");
        hashes.set(recorded.link, hash.update(recorded.body));
        await file.write(encodeRecorded(recorded));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return new Map([...hashes].map(([link, hash]) => [link, hash.digest("hex")]));
  }

  async #object(code: string, index: number, source?: string): Promise<void> {
    const { mirror, say } = this.#options;
    const where = source === undefined ? {} : { where: { source } };
    const fault = { code, what: "recordings of a sealed minute", ...where, expected: "the bytes that the seal names" };
    if (await mirror.objections.add({ code, index, fault, since: Math.floor(Date.now() / 1000) }))
      say(`RECORDINGS: ${describeFault(new FaultError(fault).fault)} entry ${index}`);
  }
}

function nameOf({ firstSequence, lastSequence }: RecordingsSealedBody): string {
  return `${firstSequence}-${lastSequence}.recorded`;
}

function sha256OfNothing(): string {
  return createHash("sha256").digest("hex");
}
