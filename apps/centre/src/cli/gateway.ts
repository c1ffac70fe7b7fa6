/** `jmc gateway`: stands beside a sensor and signs what it sends, for the centre and for both components' own taps. */
import { createInterface } from "node:readline";
import { FaultError, type Instant } from "@openjmc/model";
import { type DriverClock, shownAt, wallMicroseconds } from "../exercise/driver-clock.ts";
import { createGatewayKey, readGatewayPublicKey } from "../gateway/gateway-key.ts";
import { runGateway } from "../gateway/run-gateway.ts";
import { DONE, print, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface GatewayFlags {
  readonly key: string;
  readonly from: string;
  readonly to?: readonly string[];
  readonly wait?: string;
  readonly exerciseClock?: boolean;
  readonly json?: boolean;
}

/** `jmc gateway key FILE`: makes a key and tells its public half, as the joint act of enrolment needs it. */
export async function runGatewayKey(
  path: string,
  flags: { readonly show?: boolean; readonly json?: boolean },
): Promise<number> {
  const publicKey = flags.show ? readGatewayPublicKey(path) : createGatewayKey(path);
  print(flags.json ? JSON.stringify({ file: path, publicKey }) : publicKey);
  return DONE;
}

/** `jmc gateway run`. */
export async function runGatewayServe(flags: GatewayFlags): Promise<number> {
  const to = flags.to ?? [];
  if (to.length === 0)
    throw new FaultError({
      code: "address.missing",
      what: "command line",
      where: { field: "--to" },
      expected: "the centre's listener, HOST:PORT, and the components' taps",
    });
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const now = flags.exerciseClock ? scenarioClock(stop) : wallNow;
  const wait = flags.wait === undefined ? {} : { wait: waitOf(flags.wait) };
  const result = await runGateway({
    key: flags.key,
    from: flags.from,
    to,
    now,
    ...wait,
    tell: say,
    signal: stop.signal,
  });
  if (flags.json) print(JSON.stringify(result));
  else say(`boot ${result.boot}: ${result.batches} batches signed`);
  return DONE;
}

function waitOf(text: string): number {
  const wait = Number(text);
  if (wait >= 1 && wait <= 10_000) return wait;
  throw new FaultError({
    code: "wait.malformed",
    what: "command line",
    where: { field: "--wait" },
    expected: "1 to 10000 milliseconds",
    got: text,
  });
}

const wallNow = (): Instant => Math.round(wallMicroseconds());

/** An exercise tells its clock on standard input, one line whenever it bends; the end of the input ends the gateway. */
function scenarioClock(stop: AbortController): () => Instant {
  let clock: DriverClock | undefined;
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    clock = JSON.parse(line) as DriverClock;
  });
  lines.on("close", () => stop.abort());
  // An input that is still open would keep the process alive.
  stop.signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
  return () => (clock === undefined ? wallNow() : shownAt(clock, wallMicroseconds()));
}
