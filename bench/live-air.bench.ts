/**
 * From a plot or message of four kinds of sensor at once to the update applied in the console's picture store, by the wall's
 * clock: a centre in a process of its own, fed over TCP and in datagrams, its binary WebSocket read by the code of the console.
 * What is measured is the age of the newest plot that an update shows, at the moment when the update is applied; a plot that a
 * newer one of its target overtook within the quarter of a second between updates has no update of its own and is not counted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AirLoad, sizeFor } from "../test/support/air-load.ts";
import { loadAhead } from "../test/support/air-load-ahead.ts";
import { LoadWires } from "../test/support/air-load-wires.ts";
import { metric } from "../test/support/api.ts";
import { foundTestCentre, officerKey } from "../test/support/centre.ts";
import { serveCentre } from "../test/support/jmc.ts";
import { missionWith } from "../test/support/mission.ts";
import { processorSecondsOf, residentBytesOf } from "../test/support/process-usage.ts";
import { PictureAges } from "./support/picture-ages.ts";
import { openPictureTab } from "./support/picture-tab.ts";
import { rounded } from "./support/quantile.ts";

const RATES = [1000, 5000];
/** Tracks begin, code is compiled: not counted. */
const WARM_UP_SECONDS = 10;
const MEASURED_SECONDS = 20;
/** Time to make the first of what will be sent. */
const LEAD_MILLISECONDS = 5_000;
const OFFICER = "A-Duty-1";
const PLACE = { lon: 30, lat: 50 };

export async function run(rates: readonly number[] = RATES, seconds = MEASURED_SECONDS) {
  const results = [];
  for (const rate of rates) results.push(await measure(rate, seconds));
  return {
    name: "plots and messages of four kinds of sensor to the update applied in the console's picture store",
    headline: results.map((one) => `${one.perSecond}/s: ${one.p50} ms, p99 ${one.p99} ms`).join("; "),
    unit: "milliseconds of wall time, from the plot's own time; the clock at 1x; map rendering paused",
    rates: results,
  };
}

async function measure(rate: number, seconds: number) {
  const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  const sources = AirLoad.sources(PLACE);
  const missionFolder = missionWith(join(root, "mission"), PLACE, sources);
  const founded = await foundTestCentre({ missionFolder, root });
  const serving = await serveCentre(founded.folder);
  try {
    const ages = new PictureAges();
    const tab = await openPictureTab(serving.url, { name: OFFICER, signer: officerKey(founded, OFFICER) }, (store) =>
      ages.applied(store),
    );
    const names = sources.map(({ id }) => id);
    const wires = await LoadWires.open(serving.feeds, names);
    const startsAt = Date.now() + LEAD_MILLISECONDS;
    const load = new AirLoad(PLACE, sizeFor(rate), startsAt * 1000);
    const count = WARM_UP_SECONDS + seconds;
    const made = await loadAhead({ place: PLACE, size: sizeFor(rate), startsAt: startsAt * 1000, count });
    await wires.greet(load);
    await pause(Math.max(0, startsAt - Date.now()));
    const used = processorSecondsOf(serving.pid);
    const start = performance.now() - Math.max(0, Date.now() - startsAt);
    ages.countFrom(start + WARM_UP_SECONDS * 1000);
    await wires.run(made, start);
    await pause(1000);
    const usedAfter = processorSecondsOf(serving.pid);
    const resident = residentBytesOf(serving.pid);
    let [sent, taken] = [0, 0];
    for (const source of names) {
      sent += wires.sent.get(source) ?? 0;
      taken += await metric(serving.url, "jmc_source_frames_total", { source });
    }
    const shed = await metric(serving.url, "jmc_shed_chunks");
    tab.close();
    wires.close();
    if (taken !== sent) throw new Error(`${taken} of ${sent} plots and messages taken, ${shed} chunks shed`);
    return {
      perSecond: rate,
      sent,
      ...ages.result(),
      ...(used === undefined || usedAfter === undefined
        ? {}
        : { centreShareOfOneCore: rounded((usedAfter - used) / (WARM_UP_SECONDS + seconds)) }),
      ...(resident === undefined ? {} : { residentMegabytes: Math.round(resident / 2 ** 20) }),
    };
  } finally {
    await serving.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const rates = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(await run(rates.length > 0 ? rates : undefined), undefined, 1));
}
