/** Opens a server of the exercise on loopback, and says which port it has. */
import type { Server } from "node:net";
import { FaultError } from "@openjmc/model";

/** What listens, for whoever must free its port. */
export interface Listener {
  readonly what: string;
  readonly source: string;
  /** The setting that names the port. */
  readonly field: string;
}

/** @throws FaultError `exercise.port-taken` */
export function listen(server: Server, { what, source, field }: Listener, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new FaultError({
          code: "exercise.port-taken",
          what,
          where: { source, field },
          expected: `port ${port} free`,
          cause: error.message,
        }),
      ),
    );
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}
