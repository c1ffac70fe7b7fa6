/** A receiver of Cursor on Target over TCP: what it has been told so far. */
import { createServer, type Socket } from "node:net";
import { type CotEvent, CotFramer, decodeCotXml } from "@openjmc/formats";

export interface TakReceiver {
  readonly url: string;
  readonly events: readonly CotEvent[];
  close(): void;
}

export async function openTakReceiver(): Promise<TakReceiver> {
  const events: CotEvent[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const framer = new CotFramer();
    const sink = {
      event: (_form: "xml" | "tak", bytes: Uint8Array, start: number, end: number) => {
        const read = decodeCotXml(bytes.subarray(start, end));
        if (!read.ok) throw new Error(read.fault.code);
        events.push(read.value);
      },
      fault: ({ code }: { readonly code: string }) => {
        throw new Error(code);
      },
    };
    socket.on("data", (bytes) => framer.push(bytes, sink));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `tcp://127.0.0.1:${port}`, events, close };
}
