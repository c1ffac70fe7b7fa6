/**
 * What is left when nobody has to guess which plot is whose: each target of a generated scene gets a tracker of its own, and its own
 * plots only. No association can do better with the same filter.
 */
import { PLANE_TRACKER_OPTIONS, PlaneTracker, type PlaneTrackerOptions } from "@openjmc/fusion";
import type { GeneratedScene } from "./track-generator.ts";
import { planeSensor } from "./track-run.ts";
import type { ToldTrack } from "./track-score.ts";

/** As good as no false plots: a plot is a target, a target stays until it is known to have gone. */
const NO_CLUTTER = 1e-9;
const SURE: PlaneTrackerOptions = {
  ...PLANE_TRACKER_OPTIONS,
  existence: { ...PLANE_TRACKER_OPTIONS.existence, tellAt: 0, endBelow: 0, forgetBelow: 0 },
};

/** Tracks by scan, as `trackScene` tells them, while their targets are there. */
export function trackKnown({ header, scans }: GeneratedScene): ToldTrack[][] {
  const told: ToldTrack[][] = scans.map(() => []);
  const sensors = header.sensors.map((sensor) => ({ ...planeSensor(sensor, header), clutterPerScan: NO_CLUTTER }));
  const targets = new Set(scans.flatMap(({ targets: there }) => there.map(([id]) => id)));
  for (const target of targets) {
    const tracker = new PlaneTracker(sensors, SURE);
    for (const [index, scan] of scans.entries()) {
      if (!scan.targets.some(([id]) => id === target)) continue;
      const place = scan.labels.indexOf(target);
      const [range, azimuth] = scan.dets[place] ?? [0, 0];
      tracker.scan(scan.sensor, scan.t, Float64Array.of(range), Float64Array.of(azimuth), place < 0 ? 0 : 1);
      let longest: ToldTrack | undefined;
      tracker.tell(scan.t, (one) => {
        longest ??= { ...one, id: target };
      });
      if (longest) told[index]!.push(longest);
    }
  }
  return told;
}
