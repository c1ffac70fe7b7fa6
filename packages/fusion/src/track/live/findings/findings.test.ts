import { describe, expect, it } from "vitest";
import { configuration, type Flight, plot, report, SECOND, START } from "../test-sky.ts";
import { createTracker, type Tracker } from "../tracker.ts";

const flight: Flight = {
  icao: "400001",
  east: -20_000,
  north: 15_000,
  velocityEast: 200,
  velocityNorth: 0,
  altitude: 8_000,
};
const elsewhere: Flight = { ...flight, east: 30_000, north: -20_000 };

function tickAll(tracker: Tracker, second: number): void {
  tracker.tick(START + second * SECOND + 900_000);
}

describe("suspicions", () => {
  it("an honest flight raises none", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 100; second++) {
      tracker.report({ ...report(flight, second, second), nacp: 9 });
      if (second % 4 === 0) tracker.report(plot(flight, second + 0.2, 1000 + second));
      tickAll(tracker, second);
    }
    expect(tracker.findings()).toEqual([]);
    expect(tracker.tracks()[0]!.suspicious).toEqual([]);
  });

  it("one address at two places at once is a clone, with both tracks and the distance", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 20; second++) {
      tracker.report(report(flight, second, 2 * second));
      if (second >= 10) tracker.report(report(elsewhere, second + 0.4, 2 * second + 1));
      tickAll(tracker, second);
    }
    const clone = tracker.findings().find((finding) => finding.kind === "identity-clone");
    expect(clone?.tracks).toHaveLength(2);
    expect(clone!.evidence.distanceMetres).toBeGreaterThan(50_000);
    expect(tracker.tracks()).toHaveLength(2);
    for (const track of tracker.tracks()) expect(track.suspicious).toContain("identity-clone");
  });

  it("an address that is suddenly elsewhere has jumped, with the speed it would have needed", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 10; second++) tracker.report(report(flight, second, second));
    for (let second = 10; second < 40; second++) tracker.report(report(elsewhere, second, second));
    const findings = tracker.findings();
    const jump = findings.find((finding) => finding.kind === "impossible-jump");
    expect(jump!.evidence.speed).toBeGreaterThan(configuration.motion.maximumSpeed);
    expect(jump!.frames).toEqual([9, 10]);
    expect(findings.some((finding) => finding.kind === "identity-clone" && finding.at > START + 25 * SECOND)).toBe(
      false,
    );
  });

  it("a report where the radar sees nothing contradicts it, once chance is ruled out", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 80; second++) {
      tracker.report(report(flight, second, 2 * second));
      if (second % 4 === 0) tracker.report(plot(elsewhere, second + 0.3, 2 * second + 1));
      tickAll(tracker, second);
    }
    const findings = tracker.findings().filter((finding) => finding.kind === "contradicts-radar");
    expect(findings).toHaveLength(1);
    expect(findings[0]!.evidence.looksWithoutPlot).toBe(6);
    const ghost = tracker.tracks().find((track) => track.identity.icao === flight.icao)!;
    expect(ghost.suspicious).toEqual(["contradicts-radar"]);
  });

  it("a radar that reads the address far from where the target says to be contradicts it, with both tracks", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 60; second++) {
      tracker.report(report(flight, second, 2 * second));
      if (second % 4 === 0)
        tracker.report({ ...plot(elsewhere, second + 0.3, 2 * second + 1), identity: { icao: flight.icao } });
      tickAll(tracker, second);
    }
    const findings = tracker.findings();
    const found = findings.find((finding) => finding.tracks.length === 2);
    expect(found!.kind).toBe("contradicts-radar");
    expect(found!.evidence.distanceMetres).toBeGreaterThan(50_000);
    expect(findings.some((finding) => finding.kind === "identity-clone")).toBe(false);
    expect(tracker.tracks()).toHaveLength(2);
    const reporting = tracker.tracks().find((track) => track.sources.includes("ads-b"))!;
    expect(reporting.suspicious).toContain("contradicts-radar");
  });

  it("a radar that shows the target beside its reports, look after look, contradicts them; its own errors do not", () => {
    for (const metres of [0, 1_800]) {
      const tracker = createTracker(configuration);
      for (let second = 0; second < 120; second++) {
        tracker.report(report({ ...flight, north: flight.north + (second < 60 ? 0 : metres) }, second, 2 * second));
        if (second % 4 === 0)
          tracker.report({
            ...plot(flight, second + 0.3, 2 * second + 1, { range: 80, azimuth: 0.003 }),
            identity: { icao: flight.icao },
          });
        tickAll(tracker, second);
      }
      const findings = tracker.findings().filter((finding) => finding.kind === "contradicts-radar");
      expect(findings).toHaveLength(metres === 0 ? 0 : 1);
      if (metres > 0) {
        expect(findings[0]!.evidence.looksElsewhere).toBe(5);
        expect(Math.abs(findings[0]!.evidence.distanceMetres! - metres)).toBeLessThan(400);
      }
      expect(tracker.tracks()).toHaveLength(1);
    }
  });

  it("a low target beyond the horizon contradicts nothing", () => {
    const tracker = createTracker(configuration);
    const low: Flight = { ...flight, east: -60_000, velocityEast: 10, altitude: 60 };
    for (let second = 0; second < 80; second++) {
      tracker.report(report(low, second, 2 * second));
      if (second % 4 === 0) tracker.report(plot(elsewhere, second + 0.3, 2 * second + 1));
      tickAll(tracker, second);
    }
    expect(tracker.findings()).toEqual([]);
  });

  it("a target that flies behind a ridge contradicts nothing, though the radar has shown it before; one above it does", () => {
    // The land north of the radar hides what is lower than 9 km beyond 14 km.
    const lowest = Array.from({ length: 8 * 50 }, (_, index) => (index < 50 && index % 50 >= 13 ? 9_000 : 0));
    const skyline = { source: "radar", azimuths: 8, stepMetres: 1_000, lowest };
    const [radar, ...others] = configuration.sensors;
    for (const altitude of [8_000, 9_500]) {
      const tracker = createTracker({ ...configuration, sensors: [{ ...radar!, skyline }, ...others] });
      const north: Flight = { ...flight, east: 0, north: 8_000, velocityEast: 0, velocityNorth: 150, altitude };
      for (let second = 0; second < 110; second++) {
        tracker.report(report(north, second, 2 * second));
        const shown = second < 36 ? north : elsewhere;
        if (second % 4 === 0) tracker.report(plot(shown, second + 0.3, 2 * second + 1));
        tickAll(tracker, second);
      }
      const told = tracker.findings().filter(({ kind }) => kind === "contradicts-radar");
      expect(told, `${altitude}`).toHaveLength(altitude > 9_000 ? 1 : 0);
    }
  });

  it("accuracy that falls for many aircraft at once is jamming; for one it is not", () => {
    const fleet = Array.from({ length: 6 }, (_, index) => ({ ...flight, icao: `40002${index}`, north: index * 5_000 }));
    for (const affected of [1, 5]) {
      const tracker = createTracker(configuration);
      for (let second = 0; second < 60; second++)
        for (const [index, one] of fleet.entries())
          tracker.report({
            ...report(one, second, second * 10 + index),
            nacp: second >= 30 + index && index < affected ? 2 : 9,
          });
      const findings = tracker.findings();
      const jamming = findings.filter((finding) => finding.kind === "jamming-suspected");
      const drops = findings.filter((finding) => finding.kind === "accuracy-drop");
      expect(drops.map(({ tracks }) => tracks.length)).toEqual(Array(affected).fill(1));
      expect(drops[0]!.evidence).toMatchObject({ category: 2, bestCategory: 9 });
      expect(jamming).toHaveLength(affected === 1 ? 0 : 1);
      if (affected > 1) {
        expect(jamming[0]!.source).toBe("ads-b");
        expect(jamming[0]!.evidence).toEqual({ aircraftPoor: 3, aircraftHeard: 6, windowSeconds: 60 });
      }
      const dropped = tracker.tracks().filter((track) => track.suspicious.includes("accuracy-drop"));
      expect(dropped).toHaveLength(affected);
    }
  });
});
