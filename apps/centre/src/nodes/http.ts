/** The small HTTP server of a node: few addresses, bodies with a limit, nothing kept open for long. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { FaultError } from "@openjmc/model";

export interface NodeAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string | Uint8Array;
}

export interface NodeRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly authorization: string | undefined;
  /** The body, unpacked, at most `limit` bytes. Throws `body.too-large`. */
  body(limit: number): Promise<Uint8Array>;
  /** The body as it comes. */
  readonly stream: AsyncIterable<Uint8Array>;
}

export interface NodeServer {
  readonly url: string;
  close(): Promise<void>;
}

const PLAIN = "text/plain; charset=utf-8";
/** How long a connection may be silent; a file that keeps coming may take an hour. */
const SILENCE_MILLISECONDS = 60_000;
const REQUEST_MILLISECONDS = 3_600_000;

/** Listens on an address `host:port`; port 0 takes a free one. Error: `port.taken`. */
export async function serveNode(
  address: string,
  handle: (request: NodeRequest) => Promise<NodeAnswer>,
): Promise<NodeServer> {
  const mark = address.lastIndexOf(":");
  const [host, port] = [address.slice(0, mark), Number(address.slice(mark + 1))];
  const server = createServer({ requestTimeout: REQUEST_MILLISECONDS }, (request, response) => {
    void answer(request, response, handle);
  });
  server.setTimeout(SILENCE_MILLISECONDS);
  await listen(server, host, port);
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new FaultError({
          code: "port.taken",
          what: "listening",
          where: { field: "--listen" },
          expected: `port ${port} free on ${host}`,
          cause: error.message,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: NodeRequest) => Promise<NodeAnswer>,
): Promise<void> {
  try {
    const { status, contentType, body } = await handle(requestOf(request));
    response.writeHead(status, {
      "content-type": contentType ?? PLAIN,
      "accept-encoding": "gzip",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
    });
    response.end(body);
  } catch (error) {
    const isTooLarge = error instanceof FaultError && error.fault.code === "body.too-large";
    response.writeHead(isTooLarge ? 413 : 500, { "content-type": PLAIN, connection: "close" });
    response.end(isTooLarge ? "too large\n" : "failed\n");
    if (!isTooLarge) throw error;
  }
}

function requestOf(request: IncomingMessage): NodeRequest {
  return {
    method: request.method ?? "GET",
    path: (request.url ?? "/").split("?")[0]!,
    authorization: request.headers.authorization,
    stream: request,
    body: async (limit) => {
      const bytes = await collect(request, limit);
      return request.headers["content-encoding"] === "gzip" ? unpack(bytes, limit) : bytes;
    },
  };
}

async function collect(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > limit) throw tooLarge(limit);
      parts.push(part);
    }
  } catch (error) {
    // A connection that broke leaves what came: the format says what of it can be used.
    if (error instanceof FaultError) throw error;
  }
  return Buffer.concat(parts);
}

function unpack(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    return new Uint8Array(0);
  }
}

function tooLarge(limit: number): FaultError {
  return new FaultError({ code: "body.too-large", what: "request body", expected: `at most ${limit} bytes` });
}
