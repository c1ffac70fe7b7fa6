/** Whatever goes wrong with a request becomes a fault: what was wrong, where in the request, what was expected and what came. */
import type { Socket } from "node:net";
import { type Fault, FaultError } from "@openjmc/model";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendFault } from "./faults.ts";

/** What the web framework and its plugins throw. */
interface FrameworkError {
  readonly statusCode?: number;
  readonly message?: string;
  readonly fault?: Fault;
  readonly validationContext?: string;
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[];
}

/** Faults instead of the framework's own answers; only what is the centre's own fault is a 500. */
export function addFaults(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const known = error as FrameworkError;
    const fault = known.fault ?? faultOf(known, request);
    if (fault && (error instanceof FaultError || known.fault)) return sendFault(reply, fault);
    request.refusal = fault?.code ?? "centre.failed";
    if (fault)
      return reply
        .code(known.validation ? 400 : known.statusCode!)
        .type("application/json")
        .send(fault);
    request.log.error({ err: error }, "request failed");
    return reply
      .code(500)
      .send({ code: "centre.failed", what: "request", cause: "an error inside the centre; its log tells more" });
  });
}

export function unknownRoute(request: FastifyRequest): Fault {
  return {
    code: "route.unknown",
    what: "address",
    expected: "a method and address of /api/v1/openapi.json",
    got: `${request.method} ${request.url.slice(0, 120)}`,
  };
}

function faultOf(error: FrameworkError, request: FastifyRequest): Fault | undefined {
  if (error.validation) return wrongField(error, request);
  const sent = request.headers["content-length"];
  switch (error.statusCode) {
    case 413:
      return {
        code: "body.too-large",
        what: "request body",
        where: { field: "body" },
        expected: `at most ${request.routeOptions.bodyLimit} bytes`,
        got: sent === undefined ? "more" : `${sent} bytes`,
      };
    case 415:
      return {
        code: "request.media-type",
        what: "request body",
        where: { field: "content-type" },
        expected: "application/json",
        got: String(request.headers["content-type"] ?? "none").slice(0, 80),
      };
    case 429:
      return {
        code: "rate.limited",
        what: "request",
        expected: "fewer requests a minute",
        got: error.message ?? "too many",
      };
    default:
      if (error.statusCode === undefined || error.statusCode >= 500) return undefined;
      return {
        code: "request.malformed",
        what: "request",
        where: { field: "body" },
        expected: "the documented form",
        got: (error.message ?? "").slice(0, 200),
      };
  }
}

/** The first field that is not as the schema wants it, by its JSON pointer. */
function wrongField(error: FrameworkError, request: FastifyRequest): Fault {
  const first = error.validation?.[0];
  const part = error.validationContext ?? "body";
  const whole: unknown = part === "querystring" ? request.query : part === "params" ? request.params : request.body;
  const path = first?.instancePath ?? "";
  return {
    code: "request.field",
    what: "request",
    where: { field: `${part}${path}` },
    expected: first?.message ?? "the documented form",
    got: shown(path.split("/").slice(1).reduce<unknown>(inside, whole)),
  };
}

function inside(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}

/** Addresses that the router cannot read. */
export function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendFault(reply, { ...unknownRoute(request), cause: error.message.slice(0, 200) });
}

/** What is not HTTP at all is told so, and hung up on. */
export function refuseNoHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const fault: Fault = {
    code: error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request.too-slow" : "request.malformed",
    what: "request",
    expected: "an HTTP/1.1 request",
    got: error.code ?? "no HTTP",
  };
  const body = JSON.stringify(fault);
  const status = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
