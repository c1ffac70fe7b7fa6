/** Durable entries a second at several batch sizes, beside the raw rate of durable appends of the same disk in the same run. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureDurableEntries } from "../apps/centre/src/record/keeper.bench.ts";

const SECONDS = 2;
const BATCHES = [1, 16, 256];

/** Appends of one kilobyte, each brought onto the device, a second: what the disk gives at best. */
function rawDurableAppends(): number {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  const file = openSync(join(folder, "raw"), "w");
  const bytes = new Uint8Array(1024);
  const until = performance.now() + SECONDS * 1000;
  let count = 0;
  for (; performance.now() < until; count++) {
    writeSync(file, bytes);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return count / SECONDS;
}

export async function run() {
  const raw = rawDurableAppends();
  const rates = [];
  for (const batch of BATCHES) {
    const rate = await measureDurableEntries(batch, SECONDS);
    rates.push({ ...rate, ratio: Math.round((rate.entriesPerSecond / raw) * 100) / 100 });
  }
  return {
    name: "durable entries",
    headline: rates.map((rate) => `batch ${rate.batch}: ${rate.entriesPerSecond}/s`).join("; "),
    unit: "entries a second",
    reference: Math.round(raw),
    referenceIs:
      "raw durable appends of one kilobyte a second on the same disk; a commit of entries brings several files onto it",
    rates,
  };
}
