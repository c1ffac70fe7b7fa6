/**
 * How long a request's body may take: a minute for what a page sends, and for files, which may be long and the line poor, as long as
 * something comes every minute. Headers have the server's own limit.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { refuseNoHttp } from "./answer-faults.ts";

const WHOLE_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 60_000;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Takes files, which may come slowly. */
    takesFiles?: true;
  }
}

export interface BodyLimits {
  /** Milliseconds for a whole body, and between two parts of a file. */
  readonly whole: number;
  readonly pause: number;
}

export function addSlowBodies(
  app: FastifyInstance,
  { whole, pause }: BodyLimits = { whole: WHOLE_MILLISECONDS, pause: PAUSE_MILLISECONDS },
): void {
  app.addHook("onRequest", async (request) => {
    if (request.raw.complete) return;
    if (request.routeOptions.config.takesFiles) limitPauses(request, pause);
    else limitWhole(request, whole);
  });
}

function limitWhole({ raw }: FastifyRequest, milliseconds: number): void {
  const timer = setTimeout(() => hangUp(raw), milliseconds);
  raw.once("close", () => clearTimeout(timer));
  raw.once("end", () => clearTimeout(timer));
}

/** The server tells a request when its line has been silent; without anybody listening it would hang up without a word. */
function limitPauses({ raw }: FastifyRequest, milliseconds: number): void {
  // Once it is hung up, the request has no socket any more.
  const { socket } = raw;
  const done = (): unknown => socket.setTimeout(0);
  socket.setTimeout(milliseconds);
  raw.once("timeout", () => hangUp(raw));
  raw.once("close", done);
  raw.once("end", done);
}

function hangUp(raw: FastifyRequest["raw"]): void {
  if (raw.complete) return;
  refuseNoHttp(Object.assign(new Error("too slow"), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), raw.socket);
}
