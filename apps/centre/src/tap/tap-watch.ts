/**
 * A component's own tap of the gateways, compared with what the centre says it has received. Both take the same signed
 * batches by themselves; a minute that both have must have the same hash.
 */
import { createHash } from "node:crypto";
import {
  BatchSequence,
  compareTaps,
  MinuteTap,
  type SignedBatch,
  signedMessage,
  type TapMinute,
} from "@openjmc/formats";
import {
  formatInstant,
  parseInstant,
  type RecordingsSealedBody,
  type SignedMinuteBody,
  type TapComparedBody,
} from "@openjmc/model";
import { type Acceptance, bytesToHex, hexToBytes, keyIdOf, unwrap, verifyStrict } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";

interface TappedSource {
  readonly sequence: BatchSequence;
  readonly tap: MinuteTap;
  /** The first minute was begun in its middle. */
  hasWholeMinutes: boolean;
}

interface EnrolledKey {
  readonly source: string;
  readonly key: Uint8Array;
}

type Difference = TapComparedBody["others"][number];

/** Minutes compared before they are stated, if nothing is wrong with any. */
const MINUTES_TOGETHER = 10;
/** Minutes of ours that wait for the centre's word, per source. */
const MOST_REMEMBERED = 240;
/** A minute of the centre's that ours has not closed by so many further seals is one that we lack. */
const SEALS_TO_WAIT = 3;
const KEY_ID_DIGITS = 16;

export class TapWatch {
  readonly #keys = new Map<string, EnrolledKey>();
  readonly #sources = new Map<string, TappedSource>();
  readonly #ours = new Map<string, TapMinute>();
  readonly #firstWhole = new Map<string, number>();
  #waiting: { readonly minute: SignedMinuteBody; seals: number }[] = [];
  #same = 0;
  #others: Difference[] = [];
  #from: string | undefined;
  #until = "";
  /** Batches that were not a gateway's own, or came again. */
  refused = 0;
  /** Batches taken. */
  taken = 0;

  /** What the record says: keys of gateways, and what the centre has sealed. */
  entry({ leaf, effect }: Pick<Acceptance, "leaf" | "effect">): void {
    const { kind, body } = leaf.statement;
    if (kind === "source.keyed" && effect === "joint") this.#enrol(String(body.source), String(body.key));
    if (kind === "recordings.sealed") this.#sealed(body as unknown as RecordingsSealedBody);
  }

  /** A batch from a gateway's connection; what is not proved is not taken. */
  batch(batch: SignedBatch): void {
    const enrolled = this.#keys.get(bytesToHex(batch.keyId));
    const message = signedMessage(batch.bytes.subarray(0, batch.bytes.length - batch.signature.length));
    if (!enrolled || !verifyStrict(nodePrimitives, enrolled.key, message, batch.signature).ok) {
      this.refused += 1;
      return;
    }
    const tapped = this.#tapped(enrolled.source);
    const { order } = tapped.sequence.take(batch);
    if (order === "replay" || order === "duplicate") {
      this.refused += 1;
      return;
    }
    this.taken += 1;
    const closed = tapped.tap.take(batch);
    if (!closed) return;
    if (tapped.hasWholeMinutes) this.#remember(enrolled.source, closed);
    tapped.hasWholeMinutes = true;
  }

  /** What is to be stated now; each comparison once. */
  due(): TapComparedBody | undefined {
    this.#compare();
    const isUrgent = this.#others.some((one) => one.outcome === "different");
    const count = this.#same + this.#others.length;
    if (this.#from === undefined || (!isUrgent && count < MINUTES_TOGETHER)) return undefined;
    const body = { from: this.#from, until: this.#until, same: this.#same, others: this.#others.slice(0, 60) };
    this.#same = 0;
    this.#others = [];
    this.#from = undefined;
    return body;
  }

  #enrol(source: string, text: string): void {
    for (const [id, known] of this.#keys) if (known.source === source) this.#keys.delete(id);
    // A new key begins a new count of batches.
    this.#sources.delete(source);
    const key = unwrap(hexToBytes(text, 32));
    this.#keys.set(keyIdOf(nodePrimitives.sha256, key).slice(0, KEY_ID_DIGITS), { source, key });
  }

  #sealed({ signed }: RecordingsSealedBody): void {
    for (const waiting of this.#waiting) waiting.seals += 1;
    for (const minute of signed ?? []) this.#waiting.push({ minute, seals: 0 });
  }

  #compare(): void {
    this.#waiting = this.#waiting.filter(({ minute, seals }) => {
      const tapped = this.#sources.get(minute.source);
      const ours = this.#ours.get(nameOf(minute.source, minute));
      if (ours) {
        this.#ours.delete(nameOf(minute.source, minute));
        this.#note(minute, ours);
        return false;
      }
      // What was sealed before this tap was there is not ours to judge.
      if (!tapped) return false;
      if (seals < SEALS_TO_WAIT) return true;
      if (this.#covers(minute)) this.#note(minute, undefined);
      return false;
    });
  }

  /** Whether a minute lies behind the first that this tap has had whole. */
  #covers(minute: SignedMinuteBody): boolean {
    const first = this.#firstWhole.get(minute.source);
    return first !== undefined && instantOf(minute.minute) >= first;
  }

  #note(minute: SignedMinuteBody, ours: TapMinute | undefined): void {
    this.#from ??= minute.minute;
    this.#until = minute.minute;
    const theirs: TapMinute = { ...minute, minute: instantOf(minute.minute) };
    const outcome = ours ? compareTaps(ours, theirs) : "missing";
    if (outcome === "same") this.#same += 1;
    else
      this.#others.push({
        source: minute.source,
        minute: minute.minute,
        outcome,
        ours: ours?.sha256 ?? "",
        centres: minute.sha256,
      });
  }

  #remember(source: string, minute: TapMinute): void {
    if (!this.#firstWhole.has(source)) this.#firstWhole.set(source, minute.minute);
    this.#ours.set(nameOf(source, { ...minute, minute: formatInstant(minute.minute) }), minute);
    const oldest = this.#ours.keys().next().value;
    if (this.#ours.size > MOST_REMEMBERED && oldest !== undefined) this.#ours.delete(oldest);
  }

  #tapped(source: string): TappedSource {
    const known = this.#sources.get(source) ?? {
      sequence: new BatchSequence(),
      tap: new MinuteTap(() => {
        const hash = createHash("sha256");
        return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
      }),
      hasWholeMinutes: false,
    };
    this.#sources.set(source, known);
    return known;
  }
}

function nameOf(source: string, { minute, boot }: { readonly minute: string; readonly boot: number }): string {
  return `${source}|${minute}|${boot}`;
}

function instantOf(text: string): number {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : 0;
}
