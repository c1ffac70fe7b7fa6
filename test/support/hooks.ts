/** A receiver of webhooks for tests: keeps each request as it came, and answers as it is told. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

export interface Hook {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface HookServer {
  readonly url: string;
  readonly hooks: Hook[];
  /** Status of the answers from now on; 0 keeps the asker waiting. */
  status: number;
  close(): Promise<void>;
}

export async function openHookServer(): Promise<HookServer> {
  const hooks: Hook[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      hooks.push({ path: request.url ?? "", headers: request.headers, body });
      if (self.status === 0) return;
      response.writeHead(self.status, { location: `${self.url}/elsewhere` });
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const self: HookServer = {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    hooks,
    status: 204,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}
