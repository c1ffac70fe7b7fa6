/** A SeedLink server of the exercise: keeps what its recorders give, and gives it to whoever asks, also after a loss. */
import { createServer, type Socket } from "node:net";
import { MiniSeedFramer, readMiniSeedHeader, SeedLinkRing, SeedLinkServerSession } from "@openjmc/formats";
import type { Endpoint } from "../endpoint.ts";
import { listen } from "./listen.ts";
import type { Wire } from "./wire.ts";

/** Records of one station that are kept: some minutes of three channels. */
const KEPT = 4_096;

interface Client {
  readonly socket: Socket;
  readonly session: SeedLinkServerSession;
}

/** Listens on loopback, and knows its stations before they say anything. Error: `exercise.port-taken`. */
export async function openSeedLinkServerWire(
  source: string,
  { seedLinkPort, stations }: Extract<Endpoint, { seedLinkPort: number }>,
): Promise<Wire & { readonly port: number }> {
  const ring = new SeedLinkRing(KEPT);
  for (const station of stations) ring.announce(station);
  const clients = new Set<Client>();
  const framer = new MiniSeedFramer();
  let messages = 0;
  let bytes = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    const client = { socket, session: new SeedLinkServerSession({ ring, description: "exercise" }) };
    clients.add(client);
    socket.on("data", (chunk: Uint8Array) => {
      for (const reply of client.session.receive(chunk)) socket.write(reply);
      give(client);
    });
    socket.on("drain", () => give(client));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => clients.delete(client));
  });

  /** A client that does not read keeps its place in the ring: the server holds nothing more for it. */
  function give({ socket, session }: Client): void {
    if (socket.destroyed || socket.writableNeedDrain) return;
    const packets = session.poll();
    if (packets.length > 0) socket.write(Buffer.concat(packets));
  }

  const taken = await listen(
    server,
    { what: "SeedLink server of the exercise", source, field: "seedLinkPort" },
    seedLinkPort,
  );
  return {
    port: taken,
    put: (message) => {
      messages += 1;
      bytes += message.length;
      framer.push(message, {
        record: (chunk, start, end) => keep(ring, chunk.slice(start, end)),
        fault: () => undefined,
      });
    },
    flush: () => {
      for (const client of clients) give(client);
    },
    isFull: () => [...clients].some(({ socket }) => !socket.destroyed && socket.writableNeedDrain),
    count: () => ({ isConnected: clients.size > 0, messages, bytes, lostMessages: 0, lostBytes: 0 }),
    stop: async () => {
      for (const { socket } of clients) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function keep(ring: SeedLinkRing, payload: Uint8Array): void {
  const head = readMiniSeedHeader(payload);
  if (!head.ok) return;
  const { sourceId, startAt, sampleCount, sampleRate } = head.value;
  const [network = "", station = "", ...stream] = sourceId.replace(/^FDSN:/, "").split("_");
  ring.add({
    station: `${network}_${station}`,
    stream: stream.join("_"),
    format: head.value.version === 3 ? "3" : "2",
    startAt,
    endAt: startAt + Math.round((sampleCount * 1e6) / sampleRate),
    payload,
  });
}
