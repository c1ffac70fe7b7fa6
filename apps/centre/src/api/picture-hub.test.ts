import { decodePicture, type PictureMessage, type TrackRow, type TrackStatus } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { PictureHub } from "./picture-hub.ts";

const row = (id: string, lon: number, status: TrackStatus = "confirmed"): TrackRow => ({
  id: id.padEnd(32, "0"),
  at: 1,
  firstAt: 1,
  status,
  lon,
  lat: 10,
  velocityEast: 0,
  velocityNorth: 0,
  velocityUp: 0,
  ellipse: { semiMajorMetres: 1, semiMinorMetres: 1, azimuth: 0 },
  existence: 1,
  sources: [],
  zones: [],
  suspicions: [],
});

function joined(hub: PictureHub, unread = () => 0): PictureMessage[] {
  const heard: PictureMessage[] = [];
  hub.join({ send: (bytes) => heard.push(decodePicture(bytes)!), unread }, 0);
  heard.length = 0;
  return heard;
}

const lonsOf = (heard: readonly PictureMessage[]) => heard.map(({ objects }) => objects.map(({ lon }) => lon));

describe("the picture to open consoles", () => {
  it("sends what was quiet at once, and what moves often at most four times a second, the latest", () => {
    const hub = new PictureHub();
    const heard = joined(hub);
    for (let beat = 0; beat < 20; beat++) {
      hub.update([row("a", beat)]);
      if (beat === 3) hub.update([row("b", 100)]);
      hub.flush(0, beat * 50);
    }
    hub.flush(0, 1000);
    expect(lonsOf(heard)).toEqual([[0], [1], [100], [10], [15], [19]]);
  });

  it("keeps what ends waiting no longer than the rest, and forgets it", () => {
    const hub = new PictureHub();
    const heard = joined(hub);
    hub.update([row("a", 1)]);
    hub.flush(0, 0);
    hub.update([row("a", 2, "ended")]);
    hub.flush(0, 100);
    hub.flush(0, 250);
    expect(heard.map(({ objects }) => objects.map(({ status }) => status))).toEqual([["confirmed"], ["ended"]]);
    expect(hub.objects).toBe(0);
  });

  it("lets a slow console skip, and gives it everything when it is free", () => {
    const hub = new PictureHub();
    let waiting = 1_000_000;
    const heard = joined(hub, () => waiting);
    hub.update([row("a", 1), row("b", 2)]);
    hub.flush(0, 0);
    waiting = 0;
    hub.update([row("a", 3)]);
    hub.flush(0, 1000);
    expect(heard.map(({ kind }) => kind)).toEqual(["snapshot"]);
    expect(lonsOf(heard)).toEqual([[3, 2]]);
  });
});
