/** A record that a server gives, as it keeps it. */
export interface ServedRecord {
  /** `NET_STA`, `LOC_B_S_SS`. */
  readonly station: string;
  readonly stream: string;
  /** Of the station, from 1 on. */
  readonly sequence: bigint;
  readonly format: "2" | "3";
  /** µs since 1970: of the first sample, and of the one after the last. */
  readonly startAt: number;
  readonly endAt: number;
  readonly payload: Uint8Array;
}

/** The records that a server has, oldest first, up to a number a station. */
export class SeedLinkRing {
  readonly #size: number;
  readonly #records = new Map<string, ServedRecord[]>();
  readonly #next = new Map<string, bigint>();

  constructor(size = 4096) {
    this.#size = size;
  }

  add(record: Omit<ServedRecord, "sequence">): void {
    const sequence = this.#next.get(record.station) ?? 1n;
    this.#next.set(record.station, sequence + 1n);
    const records = this.#records.get(record.station) ?? [];
    this.#records.set(record.station, records);
    records.push({ ...record, sequence });
    if (records.length > this.#size) records.shift();
  }

  /** A station of the server's that has given nothing yet. */
  announce(station: string): void {
    if (!this.#records.has(station)) this.#records.set(station, []);
  }

  has(station: string): boolean {
    return this.#records.has(station);
  }

  /** The number that the station's next record will have. */
  next(station: string): bigint {
    return this.#next.get(station) ?? 1n;
  }

  /** Records of a station from a sequence number on. */
  from(station: string, sequence: bigint): readonly ServedRecord[] {
    return (this.#records.get(station) ?? []).filter((record) => record.sequence >= sequence);
  }
}
