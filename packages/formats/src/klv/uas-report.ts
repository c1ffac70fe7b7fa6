import { UAS_ITEM_COUNT } from "./uas-items.ts";

const MOST_ITEMS = 256;

/** What one packet said, reused from packet to packet. Items by number, values in the standard's units (degrees, metres). */
export class UasReport {
  /** NaN where the item is absent, empty, or says that it is out of range. */
  readonly values = new Float64Array(UAS_ITEM_COUNT).fill(Number.NaN);
  readonly texts: (string | undefined)[] = new Array<string | undefined>(UAS_ITEM_COUNT).fill(undefined);
  /** Numbers of the items in the order of the packet, and where their octets lie in the packet's buffer. */
  readonly items = new Uint16Array(MOST_ITEMS);
  readonly starts = new Uint32Array(MOST_ITEMS);
  readonly lengths = new Uint32Array(MOST_ITEMS);
  count = 0;
  /** Items whose length is not the one their number demands; they have no value. */
  malformedItems = 0;
  /** The packet's buffer, lent until the next packet. */
  bytes: Uint8Array = new Uint8Array(0);

  /** Forgets the last packet, touching only what it filled. */
  clear(): void {
    for (let index = 0; index < this.count; index += 1) {
      const item = this.items[index]!;
      if (item < UAS_ITEM_COUNT) {
        this.values[item] = Number.NaN;
        this.texts[item] = undefined;
      }
    }
    this.count = 0;
    this.malformedItems = 0;
  }

  /** Notes an item; false where the report is full. */
  add(item: number, start: number, length: number): boolean {
    const { count } = this;
    if (count === MOST_ITEMS) return false;
    this.items[count] = item;
    this.starts[count] = start;
    this.lengths[count] = length;
    this.count = count + 1;
    return true;
  }

  /** Precision time stamp, µs since 1970; NaN without one. */
  get at(): number {
    return this.values[2]!;
  }
}
