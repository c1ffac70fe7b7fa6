/** What the lane needs of a decoder of one connection, whatever the format. */
import type { Instant } from "@openjmc/model";

/** Place of a chunk in the journal. */
export interface ChunkPlace {
  /** Journal sequence of the chunk: the frame number that plots and arrivals cite. */
  readonly sequence: number;
  readonly receivedAt: Instant;
}

/** Decodes one connection's bytes; framing state lives and dies with the connection. Never throws on any bytes. */
export interface ConnectionDecoder {
  push(chunk: Uint8Array, place: ChunkPlace): void;
  end(place: ChunkPlace): void;
  /** Time passes, also where nothing comes. */
  tick?(now: Instant): void;
  /** The collection plan has changed. */
  planned?(now: Instant): void;
}
