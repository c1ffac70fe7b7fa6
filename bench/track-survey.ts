/**
 * The tracker beside its targets: on the shared scenes, on other seeds of the same kinds, and on skies whose traffic, radars, false
 * plots, turns and unstated errors are drawn from the seed. No part of `npm run bench`:
 *
 *     node bench/track-survey.ts [--kinds S1,S4] [--seeds 10] [--limit] [--speed]
 *
 * `--limit` adds what is reached when it is known whose each plot is; `--speed` measures plots per second of processor time.
 */
import { parseArgs } from "node:util";
import { type GeneratedScene, generateScene } from "./track-generator.ts";
import { trackKnown } from "./track-limit.ts";
import { bestRun, readSharedScene, scoreScene, trackScene } from "./track-run.ts";
import { SCENES, type SceneKind, variedScene } from "./track-scenes.ts";
import type { TrackScore } from "./track-score.ts";

/** GOSPA at most, identity F1 at least, plots per second at least; for the scenes as given, not for varied ones. */
const TARGETS: Readonly<Record<SceneKind, { gospa: number; idf1: number; speed: number }>> = {
  S1: { gospa: 170, idf1: 0.999, speed: 300_000 },
  S2: { gospa: 1600, idf1: 0.985, speed: 300_000 },
  S3: { gospa: 3500, idf1: 0.995, speed: 300_000 },
  S4: { gospa: 1000, idf1: 0.85, speed: 100_000 },
};
const FIRST_SEED = 201;

interface Row extends TrackScore {
  readonly plotsPerSecond: number;
  readonly limit: TrackScore | undefined;
}

const { values } = parseArgs({
  options: {
    kinds: { type: "string", default: "S1,S2,S3,S4" },
    seeds: { type: "string", default: "10" },
    limit: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
  },
});

function survey(scene: GeneratedScene): Row {
  const { told, plots, seconds } = values.speed ? bestRun(scene) : trackScene(scene);
  const limit = values.limit && scene.scans[0]!.labels.length > 0 ? scoreScene(scene, trackKnown(scene)) : undefined;
  return { ...scoreScene(scene, told), plotsPerSecond: Math.round(plots / seconds), limit };
}

function show(label: string, row: Row): void {
  const limit = row.limit ? `  known: ${row.limit.gospa.toFixed(0)} ${row.limit.idf1.toFixed(4)}` : "";
  console.log(
    `${label.padEnd(16)} GOSPA ${row.gospa.toFixed(0).padStart(5)}  IDF1 ${row.idf1.toFixed(4)}  ` +
      `NEES ${row.nees.toFixed(2)}  missed ${row.missedPerScan.toFixed(2)}  false ${row.falsePerScan.toFixed(2)}  ` +
      `${row.plotsPerSecond} plots/s${limit}`,
  );
}

function summarise(label: string, rows: readonly Row[], kind: SceneKind): void {
  const mean = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const { gospa, idf1, speed } = TARGETS[kind];
  console.log(
    `${label.padEnd(16)} GOSPA ${mean((row) => row.gospa).toFixed(0)} (${gospa})  ` +
      `IDF1 ${mean((row) => row.idf1).toFixed(4)}, least ${Math.min(...rows.map((row) => row.idf1)).toFixed(4)} (${idf1})  ` +
      `NEES ${mean((row) => row.nees).toFixed(2)} (1.8-2.2)  ${Math.round(mean((row) => row.plotsPerSecond))} plots/s (${speed})\n`,
  );
}

for (const kind of values.kinds.split(",") as SceneKind[]) {
  const shared = readSharedScene(kind);
  if (shared) show(`${kind} shared`, survey(shared));
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => FIRST_SEED + index);
  for (const [name, describe] of [
    ["same kind", () => SCENES[kind]],
    ["varied", (seed: number) => variedScene(kind, seed)],
  ] as const) {
    const rows = seeds.map((seed) => {
      const row = survey(generateScene(describe(seed), seed));
      show(`${kind} ${name} ${seed}`, row);
      return row;
    });
    summarise(`${kind} ${name}`, rows, kind);
  }
}
