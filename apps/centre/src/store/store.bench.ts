/** View changes per second through the embedded store: track rows of about 400 bytes with a trail point each, 3,000 tracks. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type StoreBatch } from "./index.ts";

const START = 1_617_679_800_000_000;
const TRACKS = 3_000;

export interface StoreRate {
  readonly batch: number;
  /** One change is a row put and a point added. */
  readonly changesPerSecond: number;
  readonly batchMillisecondsMedian: number;
  readonly batchMillisecondsLongest: number;
}

/** Applies batch after batch to a new store in a temporary folder, each awaited. */
export async function measureStore(batch: number, changes: number, parent = tmpdir()): Promise<StoreRate> {
  const folder = mkdtempSync(join(parent, "openjmc-bench-"));
  try {
    const store = await openStore({ file: join(folder, "projection.db"), viewSchema: 1 });
    const waits: number[] = [];
    const started = performance.now();
    for (let first = 0; first < changes; first += batch) {
      const began = performance.now();
      await store.apply(batchOf(first, batch));
      waits.push(performance.now() - began);
    }
    const milliseconds = performance.now() - started;
    await store.close();
    waits.sort((left, right) => left - right);
    return {
      batch,
      changesPerSecond: Math.round((changes * 1000) / milliseconds),
      batchMillisecondsMedian: waits[waits.length >> 1]!,
      batchMillisecondsLongest: waits.at(-1)!,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function batchOf(first: number, count: number): StoreBatch {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  return {
    changes: numbers.map((number) => {
      const key = `t${number % TRACKS}`;
      return {
        view: "tracks",
        change: "put",
        key,
        at: START + number,
        tag: "live",
        logIndex: -1,
        row: rowOf(key, number),
      };
    }),
    trackPoints: numbers.map((number) => ({
      track: `t${number % TRACKS}`,
      at: START + number,
      lon: 10 + number * 1e-6,
      lat: 50,
      velocityEast: 1,
      velocityNorth: 2,
    })),
    position: { picturePosition: first + count },
  };
}

function rowOf(id: string, number: number): object {
  const ellipse = { semiMajorMetres: 45.2, semiMinorMetres: 20.1, azimuth: 1.2 };
  const motion = { velocityEast: 100.25, velocityNorth: -20.5, velocityUp: 0 };
  const lists = { sources: ["r1", "r2"], zones: [], suspicions: [] };
  return {
    id,
    at: START + number,
    status: "confirmed",
    lon: 10 + number * 1e-6,
    lat: 50,
    ellipse,
    ...motion,
    ...lists,
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const batch of [50, 200, 2_000]) process.stdout.write(`${JSON.stringify(await measureStore(batch, 20_000))}\n`);
}
