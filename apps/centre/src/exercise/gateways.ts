/** The gateways of an exercise: a process beside each signed source, with a key of its own that the centre never has. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FaultError, type MissionView, type SourceDescription } from "@openjmc/model";
import type { SourceKey } from "../founding/key-sources.ts";
import { createGatewayKey, readGatewayPublicKey } from "../gateway/gateway-key.ts";
import type { DriverClock } from "./driver-clock.ts";

/** Sources whose bytes are signed beside them. */
export function signedSources(view: MissionView): readonly SourceDescription[] {
  return view.sources.filter((source) => source.authentication === "signed" && source.link.kind === "tcp-listener");
}

/** Gateways' keys lie beside the centre's folder, never in it: they stand at the sensors. */
export function gatewayFolder(folder: string): string {
  return `${folder}-gateways`;
}

const keyFile = (folder: string, source: string): string => join(gatewayFolder(folder), `${source}.key.json`);

/** Makes the keys that are missing; answers all of them as the record is to have them. */
export function makeGatewayKeys(folder: string, view: MissionView): readonly SourceKey[] {
  mkdirSync(gatewayFolder(folder), { recursive: true, mode: 0o700 });
  return signedSources(view).map(({ id: source }) => {
    const path = keyFile(folder, source);
    return { source, key: existsSync(path) ? readGatewayPublicKey(path) : createGatewayKey(path) };
  });
}

export interface Gateways {
  /** Tells them the scenario's clock. */
  tellClock(clock: DriverClock): void;
  stop(): void;
}

export interface GatewayPlan {
  readonly folder: string;
  readonly view: MissionView;
  /** Where each sensor serves its bytes. */
  readonly sensors: ReadonlyMap<string, number>;
  /** Where the centre listens for each source. */
  readonly listeners: ReadonlyMap<string, string>;
  /** Where the components' own taps listen. */
  readonly taps: readonly string[];
  readonly speed: number;
}

/** Milliseconds that bytes wait for a signature, by the scenario's clock. */
const WAIT_MILLISECONDS = 50;
const SHORTEST_WAIT_MILLISECONDS = 5;

/** Starts one for each signed source and waits until it has its sensor. Error: `gateway.ended`. */
export async function startGateways(plan: GatewayPlan): Promise<Gateways> {
  const children = await Promise.all(
    signedSources(plan.view)
      .filter((source) => existsSync(keyFile(plan.folder, source.id)))
      .map((source) => startGateway(plan, source.id)),
  );
  return {
    tellClock: (clock) => {
      for (const child of children) child.stdin!.write(`${JSON.stringify(clock)}\n`);
    },
    stop: () => {
      for (const child of children) child.kill("SIGTERM");
    },
  };
}

async function startGateway(plan: GatewayPlan, source: string): Promise<ChildProcess> {
  const { folder, sensors, listeners, taps, speed } = plan;
  const wait = Math.max(SHORTEST_WAIT_MILLISECONDS, Math.round(WAIT_MILLISECONDS / speed));
  const to = [listeners.get(source)!, ...taps].flatMap((address) => ["--to", address]);
  const from = ["--from", `tcp:127.0.0.1:${sensors.get(source)}`, "--wait", String(wait), "--exercise-clock"];
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../cli/jmc.ts"), "gateway", "run", "--key", keyFile(folder, source), ...from, ...to],
    { stdio: ["pipe", "ignore", "pipe"] },
  );
  child.stdin!.on("error", () => undefined);
  await new Promise<void>((ready, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr! }).on("line", (line) => {
      said.push(line);
      if (line.endsWith(": connected")) ready();
    });
    child.once("exit", (code) =>
      reject(
        new FaultError({
          code: "gateway.ended",
          what: `gateway of ${source}`,
          got: `exit ${code}`,
          cause: said.join("; ").slice(0, 400),
        }),
      ),
    );
  });
  return child;
}
