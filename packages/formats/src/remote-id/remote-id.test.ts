import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { pcapFile } from "../testing/make-capture.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { DEGREE } from "../units.ts";
import { decodeRemoteId } from "./decode-remote-id.ts";
import { encodeRemoteId, packRemoteId } from "./encode-remote-id.ts";
import { decodeRemoteIdLine, encodeRemoteIdLine } from "./receiver-line.ts";
import { RemoteIdAssembler } from "./remote-id-assembler.ts";
import {
  AIRCRAFT_TYPES,
  HORIZONTAL_ACCURACIES,
  type RemoteIdMessage,
  SPEED_ACCURACIES,
  VERTICAL_ACCURACIES,
} from "./remote-id-message.ts";
import { type RemoteIdOrigin, RemoteIdStream } from "./remote-id-stream.ts";

const steps = (low: number, high: number, step: number) =>
  fc.integer({ min: low / step, max: high / step }).map((value) => value * step);
const altitude = steps(-999.5, 30_000, 0.5);
const place = (limit: number) => fc.integer({ min: 1, max: limit * 1e7 }).map((value) => value / 1e7);
const seconds = fc.integer({ min: 1, max: 2 ** 31 }).map((value) => 1_546_300_800_000_000 + value * 1e6);
const hex = (octets: number) =>
  fc.uint8Array({ minLength: octets, maxLength: octets }).map((bytes) => Buffer.from(bytes).toString("hex"));
const word = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);

const anyBasic = fc.oneof(
  fc.record({
    kind: fc.constant("basic-id" as const),
    idType: fc.constantFrom("serial-number" as const, "registration" as const),
    aircraftType: fc.constantFrom(...AIRCRAFT_TYPES),
    id: word,
  }),
  fc.record({
    kind: fc.constant("basic-id" as const),
    idType: fc.constantFrom("utm" as const, "session" as const),
    aircraftType: fc.constantFrom(...AIRCRAFT_TYPES),
    id: hex(20),
  }),
);
const position = fc.oneof(fc.constant({}), fc.record({ longitude: place(180), latitude: place(90) }));
const anyLocation = fc
  .tuple(
    position,
    fc.record(
      {
        kind: fc.constant("location" as const),
        status: fc.constantFrom("ground" as const, "airborne" as const, "emergency" as const),
        track: fc.integer({ min: 0, max: 359 }).map((degrees) => degrees * DEGREE),
        groundSpeed: fc.oneof(
          steps(0, 63.75, 0.25),
          fc.integer({ min: 1, max: 254 }).map((code) => code * 0.75 + 63.75),
        ),
        verticalRate: steps(-62, 62, 0.5),
        pressureAltitude: altitude,
        ellipsoidHeight: altitude,
        heightAbove: altitude,
        heightAboveWhat: fc.constantFrom("take-off" as const, "ground" as const),
        horizontalAccuracy: fc.constantFrom(...HORIZONTAL_ACCURACIES),
        verticalAccuracy: fc.constantFrom(...VERTICAL_ACCURACIES),
        pressureAccuracy: fc.constantFrom(...VERTICAL_ACCURACIES),
        speedAccuracy: fc.constantFrom(...SPEED_ACCURACIES),
        secondsOfHour: fc.integer({ min: 0, max: 36_000 }).map((tenths) => tenths / 10),
        timeAccuracy: fc.integer({ min: 1, max: 15 }).map((tenths) => tenths / 10),
      },
      { requiredKeys: ["kind", "status", "heightAboveWhat"] },
    ),
  )
  .map(([where, rest]) => ({ ...rest, ...where }));
const anySystem = fc.record(
  {
    kind: fc.constant("system" as const),
    operatorLocationType: fc.constantFrom("take-off" as const, "live" as const, "fixed" as const),
    operatorHeight: altitude,
    areaCount: fc.nat(65_535),
    areaRadius: steps(0, 2550, 10),
    areaCeiling: altitude,
    areaFloor: altitude,
    classification: fc.nat(7),
    category: fc.nat(15),
    class: fc.nat(15),
    at: seconds,
  },
  { requiredKeys: ["kind", "operatorLocationType", "areaCount", "areaRadius", "classification", "category", "class"] },
);
const anyMessage: fc.Arbitrary<RemoteIdMessage> = fc.oneof(
  anyBasic,
  anyLocation,
  anySystem,
  fc.record({ kind: fc.constant("self-id" as const), descriptionType: fc.nat(255), description: word }),
  fc.record({ kind: fc.constant("operator-id" as const), idType: fc.nat(255), id: word }),
  fc.record({
    kind: fc.constant("authentication" as const),
    authenticationType: fc.nat(15),
    page: fc.integer({ min: 1, max: 15 }),
    data: hex(23),
  }),
  fc.record({
    kind: fc.constant("authentication" as const),
    authenticationType: fc.nat(15),
    page: fc.constant(0),
    lastPage: fc.nat(15),
    length: fc.nat(255),
    at: seconds,
    data: hex(17),
  }),
) as fc.Arbitrary<RemoteIdMessage>;

/** A location laid out by hand, octet by octet. */
const LAID_OUT = Uint8Array.of(
  ...[0x12, 0x22, 0x23, 0x28, 0xfb, 0x90, 0xca, 0x1c, 0x1b, 0x20, 0x0d, 0xec, 0x02],
  ...[0x34, 0x08, 0x66, 0x08, 0x98, 0x08, 0x3a, 0x33, 0x10, 0x0e, 0x02, 0x00],
);

describe("remote identifications", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const bytes = encodeRemoteId(message);
        expect(bytes).toHaveLength(25);
        const decoded = decodeRemoteId(bytes);
        expect(decoded).toEqual({ ok: true, value: [message] });
      }),
    );
  });

  it("are read octet by octet as the standard has it", () => {
    const view = new DataView(LAID_OUT.buffer);
    const { value } = decodeRemoteId(LAID_OUT) as { value: readonly RemoteIdMessage[] };
    expect(value).toEqual([
      {
        kind: "location",
        status: "airborne",
        track: (180 + 0x23) * DEGREE,
        groundSpeed: 10,
        verticalRate: -2.5,
        latitude: view.getInt32(5, true) / 1e7,
        longitude: view.getInt32(9, true) / 1e7,
        pressureAltitude: 50,
        ellipsoidHeight: 75,
        heightAbove: 100,
        heightAboveWhat: "take-off",
        verticalAccuracy: 25,
        horizontalAccuracy: 10,
        pressureAccuracy: 25,
        speedAccuracy: 1,
        secondsOfHour: 360,
        timeAccuracy: 0.2,
      },
    ]);
  });

  it("in packs come out in order", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 9 }), (messages) => {
        expect(decodeRemoteId(packRemoteId(messages))).toEqual({ ok: true, value: messages });
      }),
    );
  });

  it("with a length, protocol, type or value that cannot be are refused, naming the offset", () => {
    const wrong = (bytes: Uint8Array) => decodeRemoteId(bytes, 9);
    expect(wrong(LAID_OUT.subarray(1))).toMatchObject({ ok: false });
    expect(wrong(new Uint8Array(0))).toMatchObject({ fault: { code: "remote-id.length-wrong", where: { offset: 9 } } });
    expect(wrong(LAID_OUT.with(0, 0x13))).toMatchObject({ fault: { code: "remote-id.protocol-unknown" } });
    expect(wrong(LAID_OUT.with(0, 0x62))).toMatchObject({ fault: { code: "remote-id.message-unknown" } });
    expect(wrong(LAID_OUT.with(8, 0x7f))).toMatchObject({ fault: { code: "remote-id.value-wrong" } });
    expect(wrong(Uint8Array.of(0xf2, 25, 2, ...LAID_OUT))).toMatchObject({ fault: { code: "remote-id.length-wrong" } });
  });

  it(
    "of any octets are read without a crash, and what is read can be written",
    () => {
      const bytes = fc.tuple(
        fc.constantFrom(0x02, 0x12, 0x22, 0x32, 0x42, 0x52),
        fc.uint8Array({ minLength: 24, maxLength: 24 }),
      );
      fc.assert(
        fc.property(bytes, ([first, rest]) => {
          const decoded = decodeRemoteId(Uint8Array.of(first, ...rest));
          if (decoded.ok) expect(decodeRemoteId(encodeRemoteId(decoded.value[0]!)).ok).toBe(true);
        }),
        fuzzRuns(3_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

function read(file: Uint8Array, cuts: readonly number[] = [1, 30]) {
  const found: { payload: Uint8Array; origin: RemoteIdOrigin }[] = [];
  const faults: Fault[] = [];
  const stream = new RemoteIdStream();
  const sink = {
    payload: (payload: Uint8Array, origin: RemoteIdOrigin) => found.push({ payload: payload.slice(), origin }),
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(file, cuts)) stream.push(chunk, sink);
  stream.end(sink);
  return { found, faults, counts: stream.counts };
}

const sender = [0x02, 1, 2, 3, 4, 5];
const management = (type: number) =>
  Uint8Array.of(type, 0, 0, 0, ...new Array<number>(6).fill(0xff), ...sender, ...sender, 0, 0);
const counter = 77;

function beacon(payload: Uint8Array): Uint8Array {
  const name = [0, 2, 65, 66];
  return joinBytes([
    management(0x80),
    new Uint8Array(12),
    Uint8Array.from([...name, 0xdd, 5 + payload.length, 0xfa, 0x0b, 0xbc, 0x0d, counter]),
    payload,
  ]);
}

function neighbourAwareness(payload: Uint8Array): Uint8Array {
  const service = [0x88, 0x69, 0x19, 0x9d, 0x92, 0x09, 1, 0, 0x10, payload.length + 1, counter];
  const attribute = [0x03, service.length + payload.length, 0];
  return joinBytes([management(0xd0), Uint8Array.of(4, 9, 0x50, 0x6f, 0x9a, 0x13, ...attribute, ...service), payload]);
}

function advertisement(payload: Uint8Array, isExtended: boolean): Uint8Array {
  const data = [2, 1, 6, payload.length + 5, 0x16, 0xfa, 0xff, 0x0d, counter, ...payload];
  const address = sender.toReversed();
  const body = isExtended ? [9, 0x09, ...address, 0, 0, ...data] : [...address, ...data];
  return Uint8Array.of(0xd6, 0xbe, 0x89, 0x8e, isExtended ? 7 : 2, body.length, ...body, 0, 0, 0);
}

describe("broadcasts", () => {
  const pack = packRemoteId((decodeRemoteId(LAID_OUT) as { value: readonly RemoteIdMessage[] }).value);
  const radiotap = joinBytes([Uint8Array.of(0, 0, 8, 0, 0, 0, 0, 0), beacon(pack)]);
  const withRadioHeader = joinBytes([new Uint8Array(10), advertisement(LAID_OUT, false)]);

  it.each([
    ["a Wi-Fi beacon", 105, beacon(pack), pack, "wifi-beacon"],
    ["a Wi-Fi beacon behind radiotap", 127, radiotap, pack, "wifi-beacon"],
    ["neighbour awareness", 105, neighbourAwareness(pack), pack, "wifi-nan"],
    ["Bluetooth advertising", 251, advertisement(LAID_OUT, false), LAID_OUT, "bluetooth-legacy"],
    ["Bluetooth advertising with a radio header", 256, withRadioHeader, LAID_OUT, "bluetooth-legacy"],
    ["Bluetooth extended advertising", 251, advertisement(pack, true), pack, "bluetooth-extended"],
  ] as const)("are found in %s", (_, linkType, bytes, payload, transport) => {
    const other = Uint8Array.from(bytes, (byte) => byte ^ 0x55);
    const file = pcapFile(
      [
        { bytes: other, at: 5 },
        { bytes, at: 6 },
      ],
      linkType,
      "little",
    );
    const { found, faults, counts } = read(file);
    expect(faults).toEqual([]);
    expect(found).toEqual([
      { payload, origin: expect.objectContaining({ transport, transmitter: "020102030405", counter, at: 6 }) },
    ]);
    expect(file.slice(found[0]!.origin.offset, found[0]!.origin.offset + payload.length)).toEqual(payload);
    expect(counts.otherFrames).toBe(1);
  });

  it("in a receiver's lines are read back as they were written", () => {
    const heard = {
      at: 1_600_000_000_000_001,
      receiver: "R-1",
      transmitter: "020102030405",
      transport: "wifi-beacon",
      counter,
      signal: -71,
      payload: pack,
    } as const;
    expect(decodeRemoteIdLine(encodeRemoteIdLine(heard))).toEqual({ ok: true, value: heard });
    const text = `${encodeRemoteIdLine(heard)}\n{"v":2}\n${encodeRemoteIdLine(heard)}\n`;
    const { found, faults } = read(new TextEncoder().encode(text));
    expect(found.map(({ origin }) => origin.receiver)).toEqual(["R-1", "R-1"]);
    expect(faults).toMatchObject([
      {
        code: "remote-id.field-malformed",
        where: { line: 2, field: "v", offset: encodeRemoteIdLine(heard).length + 1 },
      },
    ]);
  });

  it("bare behind one another go on behind garbage", () => {
    const { found, faults } = read(joinBytes([LAID_OUT, Uint8Array.of(0xee, 0xee), pack, LAID_OUT.subarray(0, 9)]));
    expect(found.map(({ origin }) => origin.offset)).toEqual([0, 27]);
    expect(faults).toMatchObject([
      { code: "remote-id.garbage", where: { offset: 25 } },
      { code: "remote-id.truncated", where: { offset: 27 + 28 } },
    ]);
  });

  it(
    "of any content are read without a crash",
    () => {
      const frames = [
        beacon(pack),
        neighbourAwareness(pack),
        advertisement(LAID_OUT, false),
        advertisement(pack, true),
      ];
      const mangled = fc
        .tuple(fc.constantFrom(...frames), fc.array(fc.tuple(fc.nat(), fc.nat(255))), fc.nat(200))
        .map(([frame, edits, length]) => {
          const bytes = frame.slice();
          for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
          return bytes.subarray(0, length);
        });
      fc.assert(
        fc.property(fc.oneof(mangled, fc.uint8Array()), fc.constantFrom(105, 127, 251, 256), (bytes, linkType) => {
          const { found } = read(pcapFile([{ bytes, at: 1 }], linkType, "big"));
          for (const { payload } of found) decodeRemoteId(payload);
          read(bytes);
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe("what a transmitter tells in pieces", () => {
  const location = (decodeRemoteId(LAID_OUT) as { value: readonly RemoteIdMessage[] }).value[0]!;
  const identity = { kind: "basic-id", idType: "serial-number", aircraftType: "helicopter", id: "1ABC" } as const;
  const hour = 1_600_000_000_000_000 - (1_600_000_000_000_000 % 3_600_000_000);

  it("is put together, with the hour taken from when it was received", () => {
    const assembler = new RemoteIdAssembler();
    const now = hour + 361_000_000;
    expect(assembler.accept("a", 1, [identity], now)).toBeUndefined();
    expect(assembler.accept("a", 2, [{ kind: "operator-id", idType: 0, id: "OP" }], now)).toBeUndefined();
    expect(assembler.accept("a", 3, [location], now)).toEqual({
      transmitter: "a",
      at: hour + 360_000_000,
      timeSource: "aircraft",
      location,
      identities: [identity],
      personal: { operatorId: "OP" },
    });
    expect(assembler.accept("b", 3, [location], now)).toMatchObject({ identities: [] });
  });

  it("counts once however often it is sent, and is forgotten after two minutes of silence", () => {
    const assembler = new RemoteIdAssembler();
    expect(assembler.accept("a", 1, [identity, location], hour)).toBeDefined();
    expect(assembler.accept("a", 1, [identity, location], hour + 1)).toBeUndefined();
    expect(assembler.counts).toEqual({ messages: 4, repeats: 2, reports: 1 });
    expect(assembler.accept("a", 2, [location], hour + 121_000_000)).toMatchObject({ identities: [] });
  });

  it("before the hour and received after it is not an hour late", () => {
    const late = { ...(location as object), secondsOfHour: 3599.5 } as RemoteIdMessage;
    expect(new RemoteIdAssembler().accept("a", 1, [late], hour + 500_000)).toMatchObject({ at: hour - 500_000 });
  });
});
