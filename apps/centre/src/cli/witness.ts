/** `jmc witness`: a neutral's or a party's node. It sees checkpoints only, and signs no two histories. */
import { join, resolve } from "node:path";
import { nodeClock } from "../nodes/clock.ts";
import { serveNode } from "../nodes/http.ts";
import { keepMisbehaviour } from "../nodes/misbehaviour.ts";
import { lockNode, openNodeFolder } from "../nodes/node-folder.ts";
import { witnessHandler } from "../nodes/witness-server.ts";
import { WitnessState } from "../nodes/witness-state.ts";
import { logKeyOf, takeLogKey } from "./mirror.ts";
import { CHECK_FAILED, DONE, failWith, print, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface WitnessFlags {
  readonly listen: string;
  readonly logKey?: string;
  readonly log?: string;
  readonly clock?: string;
}

export async function runWitness(folder: string, flags: WitnessFlags): Promise<number> {
  const root = resolve(folder);
  const node = openNodeFolder(root, "witness");
  const lock = lockNode(root);
  try {
    logKeyOf(node, flags.logKey);
    const state = new WitnessState({
      folder: join(root, "state"),
      keys: node.keys,
      logs: node.logs,
      earlierLogKeys: node.earlierLogKeys,
      onRekeyed: (key) => takeLogKey(node, key),
      now: nodeClock(flags.clock),
      onRefused: (held, offered) => void keepProof(root, node.logs, held, offered, flags.log),
    });
    await state.load();
    const server = await serveNode(flags.listen, witnessHandler(state, node.logs));
    const stopped = untilStopped();
    say(`witness ${node.name} of ${[...node.logs.keys()].join(", ")} at ${server.url}; stop with Ctrl-C`);
    print(`ready ${server.url}`);
    await stopped;
    await server.close();
    return DONE;
  } catch (error) {
    failWith(error, CHECK_FAILED);
    return CHECK_FAILED;
  } finally {
    lock.release();
  }
}

/** Two signed checkpoints that do not fit are kept, with the proof where the log's own hash tiles give it. */
async function keepProof(
  root: string,
  logs: ReturnType<typeof openNodeFolder>["logs"],
  one: Uint8Array,
  other: Uint8Array,
  log: string | undefined,
): Promise<void> {
  const logKey = logs.get(Buffer.from(one).toString().split("\n")[0]!);
  if (!logKey) return;
  const fetchTile = async (path: string): Promise<Uint8Array | undefined> => {
    if (log === undefined) return undefined;
    const response = await fetch(`${log.replace(/\/$/, "")}/${path}`, { signal: AbortSignal.timeout(10_000) });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  };
  try {
    const found = await keepMisbehaviour(join(root, "misbehaviour"), { logKey, one, other }, fetchTile);
    if (found)
      say(`REFUSED: two checkpoints that do not fit; ${found.kind === "fork" ? "proof" : "both"} in ${found.file}`);
  } catch (error) {
    say(`REFUSED: two checkpoints that do not fit; they could not be kept: ${(error as Error).message}`);
  }
}
