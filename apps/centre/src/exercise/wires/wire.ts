import type { WireCount } from "../endpoint.ts";

/** One source's link to the centre. */
export interface Wire {
  /** Takes a message; it leaves with the next `flush`, or when the link can take it. Never blocks, never throws. */
  put(message: Uint8Array): void;
  /** Sends what waits. */
  flush(): void;
  /** Whether the other side is there and takes no more for now. */
  isFull(): boolean;
  count(): WireCount;
  /** Sends what it can and closes. */
  stop(): Promise<void>;
}

/** Bytes that wait for a link at most. */
export const OUTBOX_BYTES = 4 * 1024 * 1024;
