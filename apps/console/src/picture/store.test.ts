import { decodePicture, encodePicture, type PictureMessage, type PictureObject } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_POINT, TRAIL_POINTS, TRAIL_STRIDE } from "./columns.ts";
import {
  FLAG_ALTITUDE_KNOWN,
  FLAG_INSIDE_WATCHED_ZONE,
  FLAG_ON_GROUND,
  FLAG_SUSPICIOUS,
  PictureStore,
} from "./store.ts";

const STATUSES = ["tentative", "confirmed", "coasted", "ended"] as const;
const single = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map(Math.fround);
const object: fc.Arbitrary<PictureObject> = fc.record({
  id: fc
    .integer({ min: 0, max: 40 })
    .map((number) => (number * 2654435761 + 7).toString(16).padStart(32, "a").slice(-32)),
  status: fc.constantFrom(...STATUSES),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  altitudeMetres: fc.oneof(fc.constant(Number.NaN), single(-100, 20_000)),
  onGround: fc.boolean(),
  suspicious: fc.boolean(),
  insideWatchedZone: fc.boolean(),
  velocityEast: single(-300, 300),
  velocityNorth: single(-300, 300),
  velocityUp: single(-50, 50),
  semiMajorMetres: single(0, 5000),
  semiMinorMetres: single(0, 5000),
  ellipseAzimuth: single(0, 3),
  existence: single(0, 1),
  at: fc.integer({ min: 0, max: 2 ** 50 }),
  label: fc.oneof(fc.constantFrom("AXY123", "İĞ", ""), fc.string({ maxLength: 12 })),
  sourceCount: fc.integer({ min: 0, max: 255 }),
});
const message: fc.Arbitrary<PictureMessage> = fc.record({
  kind: fc.constantFrom("snapshot" as const, "update" as const),
  at: fc.integer({ min: 0, max: 2 ** 50 }),
  objects: fc.array(object, { maxLength: 30 }),
});

/** What the messages mean, told the slow and plain way. */
function expected(messages: readonly PictureMessage[]): Map<string, PictureObject> {
  const held = new Map<string, PictureObject>();
  for (const encoded of messages.map(encodePicture)) {
    const decoded = decodePicture(encoded)!;
    if (decoded.kind === "snapshot") held.clear();
    for (const each of decoded.objects) held.set(each.id, each);
    for (const each of decoded.objects) if (held.get(each.id)?.status === "ended") held.delete(each.id);
  }
  return held;
}

function flagsOf(each: PictureObject): number {
  return (
    (Number.isNaN(each.altitudeMetres) ? 0 : FLAG_ALTITUDE_KNOWN) |
    (each.onGround ? FLAG_ON_GROUND : 0) |
    (each.suspicious ? FLAG_SUSPICIOUS : 0) |
    (each.insideWatchedZone ? FLAG_INSIDE_WATCHED_ZONE : 0)
  );
}

describe("the picture store", () => {
  it("holds after any messages what the model's own reader says", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const store = new PictureStore({ lon: 40, lat: 40 }, 4);
        for (const each of messages) expect(store.apply(encodePicture(each))).toBe(true);
        const held = expected(messages);
        expect(store.count).toBe(held.size);
        for (const [id, each] of held) {
          const slot = store.slotOf(id);
          expect(store.idOf(slot)).toBe(id);
          expect(store.columns.lon[slot]).toBe(each.lon);
          expect(store.columns.lat[slot]).toBe(each.lat);
          expect(store.columns.flags[slot]).toBe(flagsOf(each));
          expect(store.columns.velocityNorth[slot]).toBe(each.velocityNorth);
          expect(store.columns.existence[slot]).toBe(each.existence);
          expect(store.columns.seenAt[slot]).toBe(each.at);
          expect(store.labels[slot]).toBe(each.label);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("refuses cut and foreign bytes and stays as it was", () => {
    const store = new PictureStore();
    fc.assert(
      fc.property(message, fc.nat(), (each, cut) => {
        const bytes = encodePicture(each);
        if (each.objects.length === 0) return;
        const before = store.version;
        expect(store.apply(bytes.subarray(0, cut % bytes.length))).toBe(false);
        expect(store.version).toBe(before);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void store.apply(bytes)));
  });

  it("keeps a trail of spaced points and forgets the oldest", () => {
    const store = new PictureStore();
    const base = fc.sample(object, { seed: 3, numRuns: 1 })[0]!;
    for (let step = 0; step < 200; step++)
      store.apply(
        encodePicture({
          kind: "update",
          at: step,
          objects: [{ ...base, status: "confirmed", lon: step / 10, lat: 0, at: 1e12 + step * 2_000_000 }],
        }),
      );
    const slot = store.slotOf(base.id);
    const start = slot * TRAIL_STRIDE * 2;
    const trail = [...store.columns.trail.subarray(start, start + TRAIL_STRIDE * 2)].filter(
      (_, index) => index % 2 === 0,
    );
    expect(trail.slice(0, TRAIL_POINTS).filter((x) => x !== NO_POINT)).toHaveLength(TRAIL_POINTS - 1);
    expect(trail[TRAIL_POINTS]).toBe(trail[0]);
    const newest = (store.columns.trailHead[slot]! + TRAIL_POINTS - 1) % TRAIL_POINTS;
    expect(trail[newest]).toBeCloseTo(19.8 / 360, 6);
    expect(trail[store.columns.trailHead[slot]!]).toBe(NO_POINT);
  });
});
