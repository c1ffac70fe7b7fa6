/**
 * Puts fragments of IP packets together (RFC 791 §3.2, RFC 8200 §4.5). Fragments that overlap or contradict one another spoil their
 * packet: nobody sends such in good faith (RFC 5722), and a guess would be data that nobody sent.
 */

/** Packets that may be unfinished at one time; the one begun longest ago goes first. */
const MOST_UNFINISHED = 64;
const LONGEST_PACKET = 65_535;

/** One fragment: which packet it is of, where in that packet's payload it lies, whether more lie behind it. */
export interface Fragment {
  /** Where its network's header begins. */
  readonly network: number;
  readonly packet: string;
  readonly at: number;
  readonly isLast: boolean;
  readonly payload: Uint8Array;
}

interface Unfinished {
  readonly parts: Map<number, Uint8Array>;
  held: number;
  total: number;
}

export class Fragments {
  readonly #unfinished = new Map<string, Unfinished>();
  /** Fragments of packets that were never whole. */
  lost = 0;

  /** The payload of the packet that this fragment completes; undefined where it completes none. Copies what it keeps. */
  add(fragment: Fragment): Uint8Array | undefined {
    const known = this.#unfinished.get(fragment.packet) ?? { parts: new Map(), held: 0, total: Number.NaN };
    this.#unfinished.set(fragment.packet, known);
    if (!this.#fits(known, fragment)) {
      this.#drop(fragment.packet, 1);
      return undefined;
    }
    known.parts.set(fragment.at, fragment.payload.slice());
    known.held += fragment.payload.length;
    if (fragment.isLast) known.total = fragment.at + fragment.payload.length;
    if (known.held === known.total) return this.#finish(fragment.packet, known);
    const oldest = this.#unfinished.keys().next().value;
    if (this.#unfinished.size > MOST_UNFINISHED && oldest !== undefined) this.#drop(oldest);
    return undefined;
  }

  /** Nothing more comes: what is unfinished is lost. */
  end(): void {
    for (const packet of [...this.#unfinished.keys()]) this.#drop(packet);
  }

  #fits({ parts, total }: Unfinished, { at, payload, isLast }: Fragment): boolean {
    const end = at + payload.length;
    if (end > LONGEST_PACKET || payload.length === 0 || end > total || (isLast && !Number.isNaN(total))) return false;
    for (const [other, { length }] of parts)
      if ((at < other + length && other < end) || (isLast && other >= end)) return false;
    return true;
  }

  #drop(packet: string, besides = 0): void {
    this.lost += (this.#unfinished.get(packet)?.parts.size ?? 0) + besides;
    this.#unfinished.delete(packet);
  }

  #finish(packet: string, { parts, total }: Unfinished): Uint8Array {
    this.#unfinished.delete(packet);
    const whole = new Uint8Array(total);
    for (const [at, part] of parts) whole.set(part, at);
    return whole;
  }
}
