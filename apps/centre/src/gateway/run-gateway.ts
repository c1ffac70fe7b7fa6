/** A gateway: a sensor's bytes in, signed batches out, the same to everybody who taps. */
import type { Instant } from "@openjmc/model";
import { Batcher } from "./batcher.ts";
import { type GatewayKey, openGatewayKey } from "./gateway-key.ts";
import { addressOf, runInlet } from "./inlet.ts";
import { Outlet, type OutletCounts } from "./outlet.ts";

export interface GatewayOptions {
  readonly key: string;
  readonly from: string;
  /** HOST:PORT of the centre's listener and of the components' own taps. */
  readonly to: readonly string[];
  readonly now: () => Instant;
  /** Milliseconds from a batch's first byte to its signature at most. */
  readonly wait?: number;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface GatewayResult {
  readonly boot: number;
  readonly batches: number;
  readonly outlets: Readonly<Record<string, OutletCounts>>;
}

/** Runs until its input ends or it is stopped; answers what it has done. Errors: those of the key and of the input. */
export async function runGateway(options: GatewayOptions): Promise<GatewayResult> {
  const places = options.to.map(addressOf);
  const key: GatewayKey = openGatewayKey(options.key);
  const outlets = places.map(({ host, port }) => new Outlet(host, port));
  const send = (batch: Uint8Array): void => {
    for (const outlet of outlets) outlet.send(batch);
  };
  const batcher = new Batcher(key, options.now, send, options.wait);
  try {
    await runInlet(options.from, { take: (chunk) => batcher.push(chunk), tell: options.tell, signal: options.signal });
  } finally {
    batcher.flush();
    await Promise.all(outlets.map((outlet) => outlet.close()));
  }
  return {
    boot: key.boot,
    batches: batcher.batches,
    outlets: Object.fromEntries(outlets.map((outlet) => [outlet.address, outlet.counts])),
  };
}
