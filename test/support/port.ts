/** A port that a test may leave and take again. */
import { createServer } from "node:net";

/** Below what systems hand out for outgoing connections, any of which could else take it between two starts. */
const [LOWEST, HIGHEST] = [20_000, 30_000];

/** A port that nobody listens on. */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
