import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import type { CotEvent } from "./cot-event.ts";
import { CotFramer, frameTak, readCotDatagram } from "./cot-framer.ts";
import { decodeCotXml } from "./decode-cot-xml.ts";
import { encodeCotXml } from "./encode-cot-xml.ts";
import { decodeTak, encodeTak } from "./tak-protocol.ts";

const utf8 = new TextEncoder();
const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((text) => `t${text.replace(/[\ufffe\uffff]/g, "")}`.trim());
const milliseconds = fc.integer({ min: 0, max: 4e12 }).map((value) => value * 1000);
const anyEvent: fc.Arbitrary<CotEvent> = fc.record(
  {
    uid: line,
    type: fc.constantFrom("a-u-G", "a-n-A-C-F", "b-m-p-s-m"),
    how: fc.constantFrom("h-e", "m-g"),
    at: milliseconds,
    startAt: milliseconds,
    staleAt: milliseconds,
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    height: fc.double({ min: -1000, max: 30_000, noNaN: true }),
    horizontalError: fc.double({ min: 0, max: 9999, noNaN: true }),
    heightError: fc.double({ min: 0, max: 9999, noNaN: true }),
    callsign: line,
    group: fc.record({ name: line, role: line }),
    groundSpeed: fc.double({ min: 0, max: 900, noNaN: true }),
    batteryPercent: fc.nat(100),
    remarks: line,
    details: fc.constant([{ name: "uid", namespace: "", attributes: { Droid: "x & y" }, children: [], text: "" }]),
  },
  { requiredKeys: ["uid", "type", "how", "at", "startAt", "staleAt", "longitude", "latitude"] },
);
/** Minus nought is not told on either wire's way back through text. */
const plain = (event: CotEvent) => JSON.parse(JSON.stringify(event)) as CotEvent;

const EVENT = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<event version="2.0" uid="J-01" type="a-u-G" time="2020-12-11T05:03:00.5Z" start="2020-12-11T05:03:00Z" stale="2020-12-11T05:13:00Z" how="h-e">
  <point lat="40.5" lon="45.25" hae="9999999.0" ce="12" le="9999999.0"/>
  <detail><contact callsign="Post 7" endpoint="x"/><track course="-90" speed="2"/><remarks> seen </remarks><other a="1"/></detail></event>`;

function frame(stream: Uint8Array, cuts: readonly number[] = []) {
  const events: { form: string; bytes: Uint8Array; offset: number }[] = [];
  const faults: Fault[] = [];
  const framer = new CotFramer();
  const sink = {
    event: (form: string, bytes: Uint8Array, start: number, end: number, offset: number) =>
      events.push({ form, bytes: bytes.slice(start, end), offset }),
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { events, faults };
}

describe("events", () => {
  it("are read back as they were written, as XML and as messages", () => {
    fc.assert(
      fc.property(anyEvent.map(plain), (event) => {
        expect(decodeCotXml(utf8.encode(encodeCotXml(event)))).toEqual({ ok: true, value: event });
        const { groundSpeed } = event;
        const wanted = groundSpeed === undefined ? event : { ...event, track: 0 };
        expect(decodeTak(encodeTak(event))).toEqual({ ok: true, value: wanted });
      }),
    );
  });

  it("in XML have their place, times and what everyone reads of the detail; the rest is kept", () => {
    const at = Date.UTC(2020, 11, 11, 5, 3) * 1000;
    expect(decodeCotXml(utf8.encode(EVENT))).toEqual({
      ok: true,
      value: {
        uid: "J-01",
        type: "a-u-G",
        how: "h-e",
        at: at + 500_000,
        startAt: at,
        staleAt: at + 600_000_000,
        longitude: 45.25,
        latitude: 40.5,
        horizontalError: 12,
        callsign: "Post 7",
        track: 1.5 * Math.PI,
        groundSpeed: 2,
        remarks: "seen",
        details: [{ name: "other", namespace: "", attributes: { a: "1" }, children: [], text: "" }],
      },
    });
  });

  it.each([
    ['lat="40.5"', 'lat="90.5"', "lat"],
    ['lon="45.25"', 'lon="0x10"', "lon"],
    ['uid="J-01"', "", "uid"],
    ['time="2020-12-11T05:03:00.5Z"', 'time="now"', "time"],
    ['hae="9999999.0"', 'hae="high"', "hae"],
    ["<point", "<place", "point"],
  ])("with %s made %s are refused, naming %s", (from, to, field) => {
    expect(decodeCotXml(utf8.encode(EVENT.replace(from, to)), 5)).toMatchObject({
      ok: false,
      fault: { code: "cot.field-malformed", where: { field, offset: 5 } },
    });
  });

  it("with entities of their own are refused", () => {
    const attack = EVENT.replace("?>", '?><!DOCTYPE event [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(
      "seen",
      "&x;",
    );
    expect(decodeCotXml(utf8.encode(attack))).toMatchObject({ ok: false, fault: { code: "xml.document-type" } });
  });

  it("as messages without an event are none; with a detail that is no XML they are refused", () => {
    expect(decodeTak(Uint8Array.of(0x0a, 2, 0x08, 1))).toEqual({ ok: true, value: undefined });
    const broken = encodeTak({ ...(decodeCotXml(utf8.encode(EVENT)) as { value: CotEvent }).value, remarks: "zz" });
    broken[Buffer.from(broken).indexOf("zz")] = 0x3c;
    expect(decodeTak(broken, 3)).toMatchObject({ ok: false, fault: { where: { offset: 3, field: "xmlDetail" } } });
  });
});

describe("a stream of events", () => {
  const xml = utf8.encode(EVENT);
  const message = encodeTak((decodeCotXml(xml) as { value: CotEvent }).value);

  it("gives XML and messages as they come, however it is cut", () => {
    const parts = [xml, utf8.encode("\n"), xml, frameTak(message), frameTak(message), xml];
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const { events, faults } = frame(joinBytes(parts), cuts);
        expect(faults).toEqual([]);
        expect(events.map(({ form }) => form)).toEqual(["xml", "xml", "tak", "tak", "xml"]);
        expect(events.map(({ bytes }) => bytes)).toEqual([xml, xml, message, message, xml]);
      }),
    );
  });

  it("goes on behind garbage, an event without an end, and a length that cannot be", () => {
    const parts = [
      utf8.encode("zz"),
      xml.subarray(0, 200),
      xml,
      Uint8Array.of(0xbf, 0xff, 0xff, 0xff, 0xff),
      xml,
      xml.subarray(0, 50),
    ];
    const offsets = parts.map((_, index) => joinBytes(parts.slice(0, index)).length);
    const { events, faults } = frame(joinBytes(parts));
    expect(events.map(({ bytes }) => decodeCotXml(bytes).ok)).toEqual([true, true]);
    expect(faults.map(({ code, where }) => [code, where?.offset])).toEqual([
      ["cot.garbage", 0],
      ["cot.event-malformed", offsets[1]],
      ["cot.event-malformed", offsets[3]],
      ["cot.garbage", offsets[3]! + 1],
      ["cot.event-truncated", offsets[5]],
    ]);
  });

  it("does not hold more than an event", () => {
    const { faults } = frame(utf8.encode(`<${"x".repeat(600_000)}`), [300_000]);
    expect(faults[0]).toMatchObject({ code: "cot.event-malformed", where: { offset: 0 } });
  });

  it("in datagrams is told by the first octets", () => {
    expect(readCotDatagram(joinBytes([Uint8Array.of(0xbf, 1, 0xbf), message]))).toEqual({ form: "tak", start: 3 });
    expect(readCotDatagram(xml)).toEqual({ form: "xml", start: 0 });
    expect(readCotDatagram(Uint8Array.of(0xbf, 2, 0xbf))).toBeUndefined();
  });

  it(
    "of any content is read without a crash",
    () => {
      const piece = fc.oneof(
        fc.constantFrom(xml, frameTak(message), utf8.encode("<event>"), utf8.encode("</event>")),
        fc.uint8Array({ maxLength: 30 }),
        fc
          .tuple(fc.constantFrom(xml, frameTak(message)), fc.nat(), fc.nat(255))
          .map(([bytes, place, byte]) => bytes.with(place % bytes.length, byte)),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 5 }), fc.array(fc.nat()), (pieces, cuts) => {
          for (const { form, bytes } of frame(joinBytes(pieces), cuts).events) {
            const decoded = form === "xml" ? decodeCotXml(bytes) : decodeTak(bytes);
            if (decoded.ok && decoded.value !== undefined)
              expect(Math.abs(decoded.value.latitude)).toBeLessThanOrEqual(90);
          }
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
