import { createSocket } from "node:dgram";
import { mkdtempSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createSecureServer } from "node:tls";
import { type CotEvent, CotFramer, decodeCotXml } from "@openjmc/formats";
import type { IncidentRow, TrackRow } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarsePlace } from "../release/gate.ts";
import { createSiteCertificate } from "../tls/site-certificate.ts";
import { openTakLink } from "./tak-link.ts";
import { TakOut } from "./tak-out.ts";
import { takTargetOf } from "./tak-target.ts";

const NOW = 1_617_700_000_000_000;
const rule = { gridMetres: 1000, delay: 1_800_000_000 };
const OLD = NOW - rule.delay;

const track = (id: string, at: number, more: Partial<TrackRow> = {}): TrackRow => ({
  ...{ id, at, firstAt: at, status: "confirmed", lon: 30.123456, lat: 50.654321, altitudeMetres: 3000 },
  ...{ altitudeReference: "ellipsoid", velocityEast: 100, velocityNorth: 0, velocityUp: 0, existence: 0.99 },
  ...{ ellipse: { semiMajorMetres: 40, semiMinorMetres: 20, azimuth: 0 }, icao: "ABC123", callsign: "TEST1" },
  ...{ sources: ["rd-1"], zones: [{ zone: "z", probability: 1 }], suspicions: [] },
  ...more,
});

function eventsIn(bytes: Uint8Array): CotEvent[] {
  const events: CotEvent[] = [];
  const framer = new CotFramer();
  framer.push(bytes, {
    event: (_form, from, start, end) => {
      const read = decodeCotXml(from.subarray(start, end));
      if (read.ok) events.push(read.value);
    },
    fault: (fault) => expect.fail(fault.code),
  });
  return events;
}

/** What goes out of such a picture when the clock goes from one instant to another, round by round. */
async function told(lines: readonly { at: number; line: object }[], incidents: IncidentRow[], instants: number[]) {
  const sent: CotEvent[][] = [];
  let now = instants[0]!;
  const out = new TakOut({
    links: [{ send: (bytes) => sent.at(-1)!.push(...eventsIn(bytes)) > 0, close: async () => undefined }],
    origin: "exercise.test",
    exercise: true,
    now: () => now,
    rule: () => rule,
    lines: async function* (from, until) {
      for (const { at, line } of lines) if (at >= from && at < until) yield { text: JSON.stringify(line) };
    },
    incidents: () => incidents,
    onTrouble: (fault) => expect.fail(fault.code),
  });
  for (now of instants.slice(1)) {
    sent.push([]);
    await out.round();
  }
  return sent;
}

describe("Cursor on Target out", () => {
  it("tells what is old enough once, coarse, neutral, and as what it is: an exercise", async () => {
    const lines = [OLD + 1e6, OLD + 2e6, OLD + 7e6].map((at) => ({ at, line: { t: "track", row: track("a", at) } }));
    const [first, second, third] = await told(lines, [], [NOW, NOW + 5e6, NOW + 10e6, NOW + 15e6]);
    const place = coarsePlace({ lon: 30.123456, lat: 50.654321 }, rule.gridMetres);
    expect(first).toEqual([
      {
        ...{
          uid: "exercise.test/a",
          type: "a-u-A",
          how: "m-f",
          at: NOW + 5e6,
          startAt: OLD + 2e6,
          staleAt: NOW + 65e6,
        },
        ...{ longitude: place.lon, latitude: place.lat, height: 3000, horizontalError: expect.any(Number) },
        ...{ callsign: "TEST1", remarks: "EXERCISE" },
      },
    ]);
    expect(first![0]!.horizontalError).toBeGreaterThan(500);
    expect(second!.map(({ startAt }) => startAt)).toEqual([OLD + 7e6]);
    expect(third).toEqual([]);
  });

  it("tells an incident by its number alone, and again only when it is another place", async () => {
    const incident = { id: "i", number: "J-2021-0001", title: "Shots near 50.65432 N", occurredAt: OLD - 1e6 };
    const placed = { ...incident, lon: 30.1, lat: 50.1, evidence: [], notes: [] } as unknown as IncidentRow;
    const [first, second] = await told(
      [],
      [placed, { ...placed, id: "j", occurredAt: NOW }],
      [NOW, NOW + 5e6, NOW + 9e6],
    );
    expect(first!.map(({ uid, callsign }) => `${uid} ${callsign}`)).toEqual(["exercise.test/i J-2021-0001"]);
    expect(JSON.stringify(first)).not.toContain("Shots");
    expect(second).toEqual([]);
  });

  it("lets nothing out that is finer or newer than the rule, whatever stands in the picture", async () => {
    const at = fc.integer({ min: OLD - 60e6, max: NOW + 60e6 });
    const degrees = fc.double({ min: -80, max: 80, noNaN: true });
    const row = fc
      .record({ at, lon: degrees, lat: degrees, id: fc.string({ minLength: 1 }) })
      .chain((one) => fc.constantFrom("track", "event").map((t) => ({ t, row: rowOf(t, one) })));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(at, row), { maxLength: 20 }), async (drawn) => {
        const lines = drawn.map(([cause, line]) => ({ at: cause, line }));
        for (const event of (await told(lines, [], [NOW, NOW + 30e6, NOW + 60e6])).flat()) {
          expect(event.startAt).toBeLessThanOrEqual(event.at - rule.delay);
          const place = { lon: event.longitude, lat: event.latitude };
          expect(coarsePlace(place, rule.gridMetres)).toEqual(place);
          expect(event.groundSpeed).toBeUndefined();
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each(["tcp", "tls", "udp"] as const)("reaches a receiver over %s", async (kind) => {
    const received = Promise.withResolvers<Uint8Array>();
    const take = (socket: Socket): void => void socket.on("data", (bytes) => received.resolve(bytes));
    const identity = kind === "tls" ? await siteCertificate() : undefined;
    const server = kind === "tls" ? createSecureServer(identity!, take) : createServer(take);
    const datagrams = createSocket("udp4", (bytes) => received.resolve(bytes));
    const port = await new Promise<number>((resolve) => {
      if (kind === "udp") datagrams.bind(0, "127.0.0.1", () => resolve(datagrams.address().port));
      else server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    const target = takTargetOf(`${kind}://127.0.0.1:${port}`, identity && { ca: identity.ca });
    const link = openTakLink(target, (fault) => received.reject(new Error(fault.cause)));
    const repeat = setInterval(() => link.send(new TextEncoder().encode("<event/>")), 20);
    expect(new TextDecoder().decode(await received.promise)).toContain("<event/>");
    clearInterval(repeat);
    await link.close();
    if (kind === "udp") datagrams.close();
    else server.close();
  });

  it("says once that a receiver whose certificate nobody vouches for is not taken", async () => {
    const identity = await siteCertificate();
    const server = createSecureServer(identity, () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const trouble = Promise.withResolvers<string | undefined>();
    const link = openTakLink(takTargetOf(`tls://127.0.0.1:${port}`), ({ cause }) => trouble.resolve(cause));
    expect(await trouble.promise).toMatch(/certificate/);
    expect(link.send(new Uint8Array(1))).toBe(false);
    await link.close();
    server.close();
  });

  it("takes addresses of three kinds and refuses the rest", () => {
    expect(takTargetOf("udp://239.2.3.1:6969")).toEqual({ kind: "udp", host: "239.2.3.1", port: 6969 });
    expect(takTargetOf("tcp://[::1]:8087")).toEqual({ kind: "tcp", host: "::1", port: 8087 });
    for (const text of ["http://a:1", "tcp://a", "tcp://a:1/x", "tcp://user@a:1", "a:1", "tcp://a:99999"])
      expect(() => takTargetOf(text), text).toThrow("tak.malformed");
  });
});

function rowOf(t: string, { at, lon, lat, id }: { at: number; lon: number; lat: number; id: string }): object {
  if (t === "track") return track(id, at, { lon, lat });
  return { id, version: 1, originTime: at, lon, lat, ellipse: { semiMajorMetres: 9 }, status: "settled", stations: [] };
}

/** A server's certificate under an authority of its own. */
async function siteCertificate(): Promise<{ cert: string; key: string; ca: string }> {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-tak-"));
  const { cert, key } = await createSiteCertificate(folder, "127.0.0.1", () => undefined);
  const { readFileSync, rmSync } = await import("node:fs");
  const ca = readFileSync(join(folder, "site-ca.pem"), "utf8");
  rmSync(folder, { recursive: true });
  return { cert, key, ca };
}
