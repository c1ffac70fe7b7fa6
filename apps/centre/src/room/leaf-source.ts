/** Where a node gets the record from. The component's mirror gives it from its own disk; alone, the node fetches it. */

export interface LeafSource {
  /** The record's next leaves after `from` of them, in order; empty when there are none now. Throws when out of reach. */
  next(from: number): Promise<readonly Uint8Array[]>;
  /** An attachment's bytes, whose hash the reader checks. */
  attachment(sha256: string): Promise<Uint8Array>;
}
