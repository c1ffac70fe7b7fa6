import { type AddressInfo, connect, createServer } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMiniSeed } from "../miniseed/encode-miniseed.ts";
import { readMiniSeed } from "../miniseed/read-record.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { SeedLinkClient, type SeedLinkClientOptions } from "./seedlink-client.ts";
import type { SeedLinkStation } from "./seedlink-commands.ts";
import { SeedLinkFramer } from "./seedlink-framer.ts";
import { SeedLinkRing } from "./seedlink-ring.ts";
import { SeedLinkServerSession } from "./seedlink-server.ts";

const SECOND = 1_000_000;
const DAY = Date.UTC(2020, 11, 11) * 1000;

/** A ring with one record a second of each station, told apart by their start. */
function fill(
  ring: SeedLinkRing,
  from: number,
  to: number,
  stations = ["XX_A", "XX_B"],
  format: "2" | "3" = "2",
): SeedLinkRing {
  for (let second = from; second < to; second += 1)
    for (const station of stations) {
      const startAt = DAY + second * SECOND;
      const [network, code] = station.split("_");
      const wave = {
        sourceId: `FDSN:${network}_${code}_00_H_D_F`,
        startAt,
        sampleRate: 10,
        samples: new Int32Array(10),
      };
      const [payload] = encodeMiniSeed(wave, { version: format === "2" ? 2 : 3 });
      ring.add({ station, stream: "00_H_D_F", format, startAt, endAt: startAt + SECOND, payload: payload! });
    }
  return ring;
}

/** A client and what came to it: seconds of the records by station, and everything else in order. */
class Session {
  readonly seconds: Record<string, number[]> = {};
  readonly log: string[] = [];
  readonly outgoing: Uint8Array[] = [];
  readonly client: SeedLinkClient;

  constructor(options: SeedLinkClientOptions) {
    this.client = new SeedLinkClient(options);
  }

  packet(packet: { station: string }, bytes: Uint8Array, start: number, end: number): void {
    const record = readMiniSeed(bytes, start, end);
    if (!record.ok) throw new Error(record.fault.code);
    const list = this.seconds[packet.station] ?? [];
    this.seconds[packet.station] = list;
    list.push((record.value.startAt - DAY) / SECOND);
  }
  send(bytes: Uint8Array): void {
    this.outgoing.push(bytes);
  }
  streaming(stations: readonly string[], version: number): void {
    this.log.push(`streaming ${version} ${stations.join(" ")}`);
  }
  refused(station: string, reply: string): void {
    this.log.push(`refused ${station} ${reply}`);
  }
  ended(): void {
    this.log.push("ended");
  }
  fault(fault: { code: string }): void {
    this.log.push(fault.code);
  }

  /** Runs client and server against one another until neither has more to say; cuts what the server sends. */
  run(server: SeedLinkServerSession, cuts: readonly number[] = [], limit = Number.POSITIVE_INFINITY): void {
    let received = 0;
    if (this.client.state === "closed") this.client.open(0, this);
    for (;;) {
      const replies = this.outgoing.splice(0).flatMap((bytes) => server.receive(bytes));
      const bytes = joinBytes([...replies, ...server.poll()]).subarray(0, Math.max(0, limit - received));
      received += bytes.length;
      if (bytes.length === 0) return;
      for (const chunk of cutAt(bytes, cuts)) this.client.receive(chunk, 0, this);
    }
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const both: readonly SeedLinkStation[] = [
  { id: "XX_A", from: DAY },
  { id: "XX_B", from: DAY },
];

describe.each([3, 4] as const)("a SeedLink connection of version %d", (version) => {
  const serve = (ring: SeedLinkRing) => new SeedLinkServerSession({ ring, version });

  it("gives every record of every station, however it is cut, and goes on as new ones come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const ring = fill(new SeedLinkRing(), 0, 5);
        const server = serve(ring);
        const session = new Session({ stations: both });
        session.run(server, cuts);
        fill(ring, 5, 8);
        session.run(server, cuts);
        expect(session.log).toEqual([`streaming ${version} XX_A XX_B`]);
        expect(session.seconds).toEqual({ XX_A: range(0, 8), XX_B: range(0, 8) });
      }),
      { numRuns: 20 },
    );
  });

  it("cut anywhere goes on in a new one where it stopped: nothing lost, nothing twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 4000 }), (first, second) => {
        const ring = fill(new SeedLinkRing(), 0, 4);
        const seconds: Record<string, number[]> = { XX_A: [], XX_B: [] };
        let stations: readonly SeedLinkStation[] = both;
        for (const limit of [first, second, Number.POSITIVE_INFINITY]) {
          const session = new Session({ stations });
          session.run(serve(ring), [], limit);
          session.client.close(session);
          for (const [station, list] of Object.entries(session.seconds)) seconds[station]!.push(...list);
          stations = session.client.positions();
          fill(ring, ring.from("XX_A", 0n).length, ring.from("XX_A", 0n).length + 2);
        }
        expect(seconds).toEqual({ XX_A: range(0, 8), XX_B: range(0, 8) });
      }),
      { numRuns: 60 },
    );
  });

  it("that begins without a position takes what comes next; streams are chosen", () => {
    const ring = fill(new SeedLinkRing(), 0, 3, ["XX_A"]);
    const server = serve(ring);
    const session = new Session({ stations: [{ id: "XX_A", streams: ["00_H_D_*"] }] });
    const other = new Session({ stations: [{ id: "XX_A", streams: ["_H_D_F"] }] });
    const otherServer = serve(ring);
    session.run(server);
    other.run(otherServer);
    fill(ring, 3, 5, ["XX_A"]);
    session.run(server);
    other.run(otherServer);
    expect([session.seconds, other.seconds]).toEqual([{ XX_A: [3, 4] }, {}]);
  });

  it("goes on without a station that the server does not have, and gives up where it has none", () => {
    const session = new Session({ stations: [{ id: "XX_NONE" }, { id: "XX_A", from: DAY }] });
    session.run(serve(fill(new SeedLinkRing(), 0, 2)));
    expect(session.log).toEqual([expect.stringMatching(/^refused XX_NONE ERROR/), `streaming ${version} XX_A`]);
    expect(session.seconds).toEqual({ XX_A: [0, 1] });
    const none = new Session({ stations: [{ id: "XX_NONE" }] });
    none.run(serve(new SeedLinkRing()));
    expect([none.client.state, none.log[1]]).toEqual(["dead", "seedlink.nothing-accepted"]);
  });

  it("asks a silent server for a sign of life, then gives it up", () => {
    const session = new Session({ stations: both });
    const server = serve(fill(new SeedLinkRing(), 0, 1));
    session.run(server);
    session.client.tick(29 * SECOND, session);
    expect(session.outgoing).toEqual([]);
    session.client.tick(31 * SECOND, session);
    session.client.tick(32 * SECOND, session);
    expect(session.outgoing.map((bytes) => Buffer.from(bytes).toString())).toEqual(["INFO ID\r\n"]);
    session.client.tick(91 * SECOND, session);
    expect([session.client.state, session.log.at(-1)]).toEqual(["dead", "seedlink.server-silent"]);
  });
});

describe("a SeedLink connection", () => {
  it("fills a gap: what the server has between two instants, then the end", () => {
    const stations = [{ id: "XX_A", from: DAY + 2 * SECOND, until: DAY + 4 * SECOND }];
    const session = new Session({ stations, isRest: true });
    session.run(new SeedLinkServerSession({ ring: fill(new SeedLinkRing(), 0, 9) }));
    expect([session.seconds, session.log.at(-1), session.client.state]).toEqual([{ XX_A: [2, 3] }, "ended", "ended"]);
  });

  it("speaks version 3 to a server that knows no other, and where it is told to", () => {
    for (const [server, client] of [
      [3, 4],
      [4, 3],
    ] as const) {
      const session = new Session({ stations: both, version: client });
      session.run(new SeedLinkServerSession({ ring: fill(new SeedLinkRing(), 0, 2), version: server }));
      expect(session.log).toEqual(["streaming 3 XX_A XX_B"]);
      expect(session.seconds.XX_B).toEqual([0, 1]);
    }
  });

  it("gives records of version 3 of miniSEED, and lets answers to INFO pass", () => {
    const session = new Session({ stations: [{ id: "XX_A", from: DAY }] });
    const server = new SeedLinkServerSession({ ring: fill(new SeedLinkRing(), 0, 3, ["XX_A"], "3") });
    session.run(server);
    session.client.tick(40 * SECOND, session);
    session.run(server);
    expect([session.seconds, session.log]).toEqual([{ XX_A: [0, 1, 2] }, ["streaming 4 XX_A"]]);
  });

  it("after a server began anew starts with what comes next", () => {
    const ring = fill(new SeedLinkRing(), 0, 3, ["XX_A"]);
    const server = new SeedLinkServerSession({ ring });
    const session = new Session({ stations: [{ id: "XX_A", after: "900" }] });
    session.run(server);
    fill(ring, 3, 4, ["XX_A"]);
    session.run(server);
    fill(ring, 4, 6, ["XX_A"]);
    session.run(server);
    expect([session.seconds, session.log.at(-1)]).toEqual([{ XX_A: [3, 4, 5] }, "seedlink.sequence-began-anew"]);
    expect(session.client.positions()).toEqual([{ id: "XX_A", after: "6" }]);
  });

  it("asks without a time where the server knows none", () => {
    const ring = fill(new SeedLinkRing(), 0, 2, ["XX_A"]);
    const server = new SeedLinkServerSession({ ring });
    const session = new Session({ stations: [{ id: "XX_A", from: DAY }] });
    session.client.open(0, session);
    // A server that refuses every command with a time in it.
    for (let round = 0; round < 20; round += 1)
      for (const command of session.outgoing.splice(0)) {
        const isTimed = /^DATA.*T/.test(Buffer.from(command).toString());
        for (const reply of isTimed ? [Buffer.from("ERROR ARGUMENTS\r\n")] : server.receive(command))
          session.client.receive(reply, 0, session);
      }
    expect(session.log).toEqual(["seedlink.start-refused", "streaming 4 XX_A"]);
  });

  it("skips what is no packet and says where", () => {
    const faults: unknown[] = [];
    const framer = new SeedLinkFramer();
    const sink = { packet: () => {}, ended: () => {}, fault: (fault: unknown) => faults.push(fault) };
    const [payload] = encodeMiniSeed({
      sourceId: "FDSN:XX_A__H_H_Z",
      startAt: 0,
      sampleRate: 1,
      samples: new Int32Array(3),
    });
    const packet = joinBytes([Buffer.from("SL00000A"), payload!]);
    framer.push(joinBytes([packet, Buffer.from("what?"), packet, packet.subarray(0, 70)]), sink);
    framer.end(sink);
    expect(framer.counts).toEqual({ packets: 2, garbageBytes: 5 });
    expect(faults).toMatchObject([
      { code: "seedlink.garbage", where: { offset: 520 } },
      { code: "seedlink.packet-truncated", where: { offset: 1045 } },
    ]);
  });

  it("runs over a socket, cut in the middle and resumed", async () => {
    const ring = fill(new SeedLinkRing(), 0, 20);
    const server = createServer((socket) => {
      const session = new SeedLinkServerSession({ ring });
      socket.on("data", (chunk) => {
        for (const bytes of [...session.receive(chunk as Uint8Array), ...session.poll()]) socket.write(bytes);
      });
      socket.on("error", () => {});
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const seconds: Record<string, number[]> = { XX_A: [], XX_B: [] };
    let stations = both;
    for (const limit of [6000, Number.POSITIVE_INFINITY]) {
      const session = new Session({ stations });
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
      let received = 0;
      await new Promise<void>((done) => {
        const flush = () => {
          for (const bytes of session.outgoing.splice(0)) socket.write(bytes);
        };
        socket.on("connect", () => {
          session.client.open(0, session);
          flush();
        });
        socket.on("data", (chunk) => {
          const bytes = (chunk as Buffer).subarray(0, Math.max(0, limit - received));
          received += bytes.length;
          session.client.receive(bytes, 0, session);
          flush();
          const total = seconds.XX_B!.length + (session.seconds.XX_B?.length ?? 0);
          if (received >= limit || total === 20) socket.destroy();
        });
        socket.on("close", () => done());
      });
      for (const [station, list] of Object.entries(session.seconds)) seconds[station]!.push(...list);
      stations = session.client.positions();
    }
    await new Promise((done) => server.close(done));
    expect(seconds).toEqual({ XX_A: range(0, 20), XX_B: range(0, 20) });
  });

  it(
    "with a server that sends anything does not crash",
    () => {
      const scraps = fc.array(
        fc.oneof(
          fc
            .constantFrom("SeedLink v4.0 :: SLPROTO:4.0\r\n", "x\r\n", "OK\r\n", "ERROR\r\n", "SL00000A", "SE2D", "END")
            .map((line) => Buffer.from(line)),
          fc.uint8Array({ maxLength: 80 }),
        ),
        { maxLength: 20 },
      );
      fc.assert(
        fc.property(scraps, (parts) => {
          const session = new Session({ stations: both });
          const careless = {
            ...session,
            packet: () => {},
            send: () => {},
            streaming: () => {},
            refused: () => {},
            ended: () => {},
            fault: () => {},
          };
          session.client.open(0, careless);
          for (const part of parts) session.client.receive(part, 0, careless);
          session.client.close(careless);
          expect(["closed", "ended", "dead"]).toContain(session.client.state);
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
