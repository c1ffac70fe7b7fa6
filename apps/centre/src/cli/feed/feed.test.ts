import { EditionCatalogue, encodeBlock, encodeCotXml, encodeRecord, encodeUas, TsMuxer } from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { paced } from "./paced.ts";
import { piecesOf } from "./pieces.ts";

const block = encodeBlock(48, [
  encodeRecord(new EditionCatalogue().edition(48), { "010": { SAC: 1, SIC: 2 }, "140": 10 }),
]);
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const datagrams = { asDatagrams: true, isPaced: true };

/** A capture of Ethernet frames with UDP over IPv4 in them, at given seconds. */
function capture(...packets: readonly { readonly second: number; readonly payload: Uint8Array }[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  return join(
    header,
    ...packets.flatMap(({ second, payload }) => {
      const length = 14 + 20 + 8 + payload.length;
      const packet = Buffer.alloc(16 + 42);
      packet.writeUInt32LE(Math.floor(second), 0);
      packet.writeUInt32LE(Math.round((second % 1) * 1e6), 4);
      packet.writeUInt32LE(length, 8);
      packet.writeUInt32LE(length, 12);
      packet.writeUInt16BE(0x0800, 16 + 12);
      packet.set([0x45, 0], 30);
      packet.writeUInt16BE(28 + payload.length, 32);
      packet[39] = 17;
      packet.writeUInt16BE(8 + payload.length, 54);
      return [packet, payload];
    }),
  );
}

describe("a file to be fed", () => {
  it("is cut into what a sensor sends at once, where each piece must stand alone", () => {
    expect(piecesOf(join(block, block), "asterix", datagrams).map(({ bytes }) => text(bytes))).toEqual([
      text(block),
      text(block),
    ]);
    const packet = encodeUas({ precisionTimeStamp: 1, missionId: "m" });
    expect(piecesOf(join(packet, packet), "klv", datagrams)).toHaveLength(2);
    const stream = new TsMuxer("synchronous").tables();
    expect(piecesOf(stream, "klv", datagrams)[0]!.bytes.length % 188).toBe(0);
    const event = { uid: "u", type: "a-u-A", how: "m-g", at: 0, startAt: 0, staleAt: 1, longitude: 1, latitude: 2 };
    const xml = encodeCotXml(event);
    const bytes = typeof xml === "string" ? new TextEncoder().encode(xml) : xml;
    expect(piecesOf(join(bytes, bytes), "cot", datagrams)).toHaveLength(2);
    expect(
      piecesOf(new TextEncoder().encode("{}\n{}\n"), "remote-id", datagrams).map((one) => text(one.bytes)),
    ).toEqual(["{}", "{}"]);
    expect(() => piecesOf(block, "sapient", datagrams)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: "feed.no-datagrams" }) }),
    );
  });

  it("gives a capture's datagrams with their times, also to a connection", () => {
    const bytes = capture({ second: 100, payload: block }, { second: 101.5, payload: block });
    for (const asDatagrams of [true, false]) {
      const pieces = piecesOf(bytes, "asterix", { asDatagrams, isPaced: true });
      expect(pieces.map(({ at }) => at)).toEqual([100, 101.5]);
      expect(text(pieces[1]!.bytes)).toBe(text(block));
    }
  });

  it("is paced by its own times: what goes back costs none, and a long silence costs none", () => {
    const bytes = Uint8Array.of(1);
    const writes = [
      ...paced(
        [0, 1, 0.9, 1.01, 2, 1000, 1001].map((at) => ({ bytes, at })),
        2,
      ),
    ];
    expect(writes.map(({ waitSeconds }) => waitSeconds)).toEqual([0.5, 0.5, 0.5, 0]);
    expect(writes.map(({ pieces }) => pieces.length)).toEqual([1, 3, 2, 1]);
    const unpaced = [
      ...paced(
        [0, 1].map((at) => ({ bytes, at })),
        Number.POSITIVE_INFINITY,
      ),
    ];
    expect(unpaced.every(({ waitSeconds }) => waitSeconds === 0)).toBe(true);
  });
});
