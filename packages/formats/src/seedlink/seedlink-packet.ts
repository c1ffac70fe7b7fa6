/** One packet of a SeedLink connection. */
export interface SeedLinkPacket {
  readonly version: 3 | 4;
  /** `NET_STA`; of version 3 read out of the record. */
  readonly station: string;
  /** Decimal digits, since it may have 64 bits. */
  readonly sequence: string;
  /** What the payload is: `2` and `3` are miniSEED, `J` JSON, `X` XML. */
  readonly format: string;
  /** `D` data, `E` event or error, `I` answer to INFO, `L` log, … */
  readonly subformat: string;
}

/** Receives packets. The bytes are lent for the length of the call. */
export interface SeedLinkSink {
  /** `bytes[start, end)` is the payload; the packet begins at `offset` of the stream. */
  packet(packet: SeedLinkPacket, bytes: Uint8Array, start: number, end: number, offset: number): void;
}

export const HEADER_V3 = 8;
export const HEADER_V4 = 17;
/** Octets of a record in version 3, where the record does not tell. */
export const RECORD_V3 = 512;
/** Sequence numbers of version 3 have 24 bits. */
export const SEQUENCES_V3 = 2n ** 24n;
