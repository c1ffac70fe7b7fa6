/**
 * Claimed times beside those that others have signed. Three things are told, and none is forbidden:
 * an act that claims to be much older than the centre's clock was before it came in, and is nobody's second signature under an
 * older text (`late`); one that claims to be older than the point of the log that it names, by the time at which cosigners saw that
 * point (`before-anchor`): it was not signed when it says; one that claims to be later than cosigners have seen it, be it of the
 * centre itself (`ahead`): nobody's clock but its own says so.
 */
import type { Acceptance, Effect } from "../replay/check.ts";
import { SealedPoints } from "../replay/sealed-points.ts";
import type { KeyEntry } from "../replay/state.ts";
import { formatStatementTime, parseStatementTime } from "../statement/instant.ts";

export type OddTime = "late" | "before-anchor" | "ahead";

/** An act whose claimed time does not fit. */
export interface OddAct {
  readonly index: number;
  readonly kind: string;
  readonly component: string;
  readonly holder: string;
  readonly claimed: string;
  readonly oddity: OddTime;
  /** What the centre's clock had said last; or when cosigners had seen the point, or the act. */
  readonly logTime: string;
}

/** Ten minutes: a signer without a network takes as long without any ill will, and a report of it costs nothing. */
export const LATE_MICROSECONDS = 600_000_000;
/** The first signature under a text; others repeat its claimed time. */
const OWN_TIME: ReadonlySet<Effect> = new Set(["recorded", "proposed", "split", "withdrawn", "one-sided"]);
/** Entries that wait to be seen by cosigners; where nobody cosigns, the oldest are let go. */
const MOST_WAITING = 10_000;
const MICROSECONDS_PER_SECOND = 1_000_000;

/** What is told of an act, where something is. */
interface Act {
  readonly index: number;
  readonly kind: string;
  readonly signer: KeyEntry;
  readonly at: number;
}

export class ClockWatch {
  /** In log order, but for those ahead, which are found when cosigners have seen them. */
  readonly odd: OddAct[] = [];
  readonly #sealed = new SealedPoints();
  readonly #waiting = new WaitingActs();
  #logTime = Number.NEGATIVE_INFINITY;

  accepted({ index, leaf, signer, effect, change }: Acceptance): void {
    const { kind, at: claimed, anchor } = leaf.statement;
    const at = parseStatementTime(claimed);
    if (!at.ok) return;
    if (OWN_TIME.has(effect)) this.#compare({ index, kind, signer, at: at.value }, anchor.size);
    if (signer.tier === "machine") this.#logTime = Math.max(this.#logTime, at.value);
    if (change.sealed) this.#seen(change.sealed);
  }

  #compare(act: Act, anchor: number): void {
    const seen = this.#sealed.get(anchor)?.time;
    const anchoredAt = seen === undefined ? Number.NEGATIVE_INFINITY : seen * MICROSECONDS_PER_SECOND;
    if (act.at < anchoredAt - LATE_MICROSECONDS) this.#tell(act, "before-anchor", anchoredAt);
    else if (act.signer.tier !== "machine" && act.at < this.#logTime - LATE_MICROSECONDS)
      this.#tell(act, "late", this.#logTime);
    this.#waiting.add(act);
  }

  /** Cosigners have seen the log up to this size: what lies in it was there then. */
  #seen(point: { readonly size: number; readonly time: number }): void {
    // Seen again later, it was there before all the same.
    if (!this.#sealed.get(point.size)) this.#sealed.add({ ...point, grade: "none" });
    const seenAt = point.time * MICROSECONDS_PER_SECOND;
    this.#waiting.takeBelow(point.size, (act) => {
      if (act.at > seenAt + LATE_MICROSECONDS) this.#tell(act, "ahead", seenAt);
    });
  }

  #tell({ index, kind, signer, at }: Act, oddity: OddTime, logTime: number): void {
    const { component, holder } = signer;
    const claimed = formatStatementTime(at);
    this.odd.push({ index, kind, component, holder, claimed, oddity, logTime: formatStatementTime(logTime) });
  }
}

/** Acts in log order, in columns: an object for each would be carried from one half of the memory to the other with every tidying. */
class WaitingActs {
  #indexes: number[] = [];
  #times: number[] = [];
  #kinds: string[] = [];
  #signers: KeyEntry[] = [];
  readonly #names = new Map<string, string>();

  add({ index, at, kind, signer }: Act): void {
    if (this.#indexes.length > 2 * MOST_WAITING) this.#drop(this.#indexes.length - MOST_WAITING);
    this.#indexes.push(index);
    this.#times.push(at);
    this.#kinds.push(this.#sameName(kind));
    this.#signers.push(signer);
  }

  /** Gives those below a size of the log, and forgets them. */
  takeBelow(size: number, take: (act: Act) => void): void {
    let count = 0;
    for (; count < this.#indexes.length && this.#indexes[count]! < size; count++) {
      const [index, at, kind] = [this.#indexes[count]!, this.#times[count]!, this.#kinds[count]!];
      take({ index, at, kind, signer: this.#signers[count]! });
    }
    this.#drop(count);
  }

  #drop(count: number): void {
    this.#indexes = this.#indexes.slice(count);
    this.#times = this.#times.slice(count);
    this.#kinds = this.#kinds.slice(count);
    this.#signers = this.#signers.slice(count);
  }

  /** One text for each kind, and not one for each entry of it. */
  #sameName(kind: string): string {
    const known = this.#names.get(kind);
    if (known === undefined) this.#names.set(kind, kind);
    return known ?? kind;
  }
}
