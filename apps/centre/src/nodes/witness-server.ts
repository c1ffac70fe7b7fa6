/** A witness on the network (c2sp.org/tlog-witness): `POST add-checkpoint`, `GET <hash of origin>/checkpoint`; `POST log-key`. */
import { monitoringPath } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { NodeAnswer, NodeRequest } from "./http.ts";
import { LARGEST_LOG_KEY_REQUEST } from "./log-key-wire.ts";
import type { WitnessState } from "./witness-state.ts";

/** A checkpoint with its cosignatures and a proof is far below it. */
const LARGEST_REQUEST_BYTES = 1_000_000;

/** Answers requests for the logs of a witness. `extra` is asked for addresses that a witness does not have. */
export function witnessHandler(
  state: WitnessState,
  logs: ReadonlyMap<string, unknown>,
  extra: (request: NodeRequest) => Promise<NodeAnswer | undefined> = async () => undefined,
): (request: NodeRequest) => Promise<NodeAnswer> {
  return async (request) => {
    const { method, path } = request;
    if (method === "POST" && path === "/add-checkpoint") return state.add(await request.body(LARGEST_REQUEST_BYTES));
    if (method === "POST" && path === "/log-key") return state.succeed(await request.body(LARGEST_LOG_KEY_REQUEST));
    if (method === "GET") {
      const origin = [...logs.keys()].find((name) => path === `/${monitoringPath(nodePrimitives.sha256, name)}`);
      const note = origin === undefined ? undefined : await state.cosigned(origin);
      if (note) return { status: 200, body: note };
    }
    return (await extra(request)) ?? { status: 404, body: "not found\n" };
  };
}
