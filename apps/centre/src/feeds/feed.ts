/** A feed brings one link's bytes to the journal. It never decodes and never drops silently. */
import type { Fault } from "@openjmc/model";

/** How to answer the sender, on links that go both ways; undefined ends the connection. */
export type Reply = (bytes: Uint8Array | undefined) => void;

/**
 * Where a feed puts what it receives. `bytes` answers false when the sensor lane takes nothing now: the feed keeps the chunk,
 * pauses reading and offers it again when told to.
 */
export interface FeedSink {
  /** Whether the next chunk would be taken, for links that cannot be paused but can refuse. */
  readonly isTaking: boolean;
  connected(feed: string, connection: number, remote: string, reply?: Reply): void;
  bytes(feed: string, connection: number, chunk: Uint8Array): boolean;
  disconnected(feed: string, connection: number, reason: string): void;
  /** Called by the lane when paused feeds may read again. */
  onResume(resume: () => void): void;
  trouble(feed: string, fault: Fault): void;
}

/** A running link. `address` tells where it listens or connects once started. */
export interface Feed {
  readonly id: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  address(): string;
}

/** Journal name of one connection of a feed: framing is per connection. */
export function connectionName(feed: string, connection: number): string {
  return `${feed}#${connection}`;
}

/** The feed's part of a connection name. */
export function feedOfConnection(name: string): string {
  const mark = name.lastIndexOf("#");
  return mark < 0 ? name : name.slice(0, mark);
}
