import { connect, type Socket } from "node:net";
import { encodeMiniSeed, SeedLinkClient, type SeedLinkStation } from "@openjmc/formats";
import { expect, it } from "vitest";
import { until } from "../testing/sinks.ts";
import { openSeedLinkServerWire } from "./seedlink-server-wire.ts";

const START = Date.UTC(2021, 2, 1) * 1000;

function second(number: number): Uint8Array {
  const samples = Int32Array.from({ length: 100 }, (_, index) => number * 100 + index);
  const startAt = START + number * 1e6;
  return Buffer.concat(encodeMiniSeed({ sourceId: "FDSN:EX_W1_00_H_D_F", startAt, sampleRate: 100, samples }));
}

/** A client on a real socket. */
function listen(port: number, stations: readonly SeedLinkStation[]) {
  const sequences: string[] = [];
  const client = new SeedLinkClient({ stations });
  const socket: Socket = connect(port, "127.0.0.1");
  const sink = {
    send: (bytes: Uint8Array) => void socket.write(bytes),
    streaming: () => undefined,
    refused: (station: string) => sequences.push(`refused ${station}`),
    ended: () => undefined,
    fault: (fault: { readonly code: string }) => sequences.push(fault.code),
    packet: ({ sequence }: { readonly sequence: string }) => sequences.push(sequence),
  };
  socket.on("connect", () => client.open(0, sink));
  socket.on("data", (chunk: Uint8Array) => client.receive(chunk, 0, sink));
  return { client, socket, sequences };
}

it("serves a station before it has said anything, and what came during a cut after it", async () => {
  const wire = await openSeedLinkServerWire("w-1", { seedLinkPort: 0, stations: ["EX_W1"] });
  const first = listen(wire.port, [{ id: "EX_W1" }]);
  await until("the handshake to end", () => first.client.state === "streaming");
  await until("the server to have a client", () => wire.count().isConnected);
  // The last command of the handshake has no answer: records follow once the server has it.
  for (let number = 0; first.sequences.length < 3 && number < 3; number++) {
    wire.put(second(number));
    await until(`record ${number}`, () => {
      wire.flush();
      return first.sequences.length > number;
    });
  }
  first.socket.destroy();
  await until("the connection to end", () => !wire.count().isConnected);
  for (const number of [3, 4, 5]) wire.put(second(number));
  const again = listen(wire.port, first.client.positions());
  await until("what was missed", () => {
    wire.flush();
    return again.sequences.length === 3;
  });
  expect([first.sequences, again.sequences]).toEqual([
    ["1", "2", "3"],
    ["4", "5", "6"],
  ]);
  const stranger = listen(wire.port, [{ id: "EX_W9" }]);
  await until("a refusal", () => stranger.sequences.length > 0);
  expect(stranger.sequences[0]).toBe("refused EX_W9");
  await wire.stop();
});
