import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { defaultMission, MISSIONS_FOLDER } from "../cli/default-mission.ts";
import { readMission } from "../mission/read.ts";
import { openStore, type StoreOptions, type ViewChange } from "../store/index.ts";
import { createReporter } from "./reporter.ts";
import type { ReportRequest } from "./requests.ts";
import { createThreadedReporter } from "./threaded-reporter.ts";

const NOON = Date.UTC(2021, 2, 1, 12) * 1000;
const RECORD = { origin: "test", size: 1, root: "00" };
const root = mkdtempSync(join(tmpdir(), "openjmc-reports-"));
const loaded = readMission(join(MISSIONS_FOLDER, defaultMission()), { exercise: false });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
const mission = loaded.value;

afterAll(() => rmSync(root, { recursive: true, force: true }));

function sighting(index: number, day: number, remark: string): ViewChange {
  const at = NOON + day * 86_400_000_000 + index;
  const body = {
    ...{ means: "heard", observation: "burst", count: { number: 1, unit: "burst", qualifier: "exact" } },
    ...{ direction: "undetermined", weapon: "not-known", visibility: "good", remark },
  };
  const mark = { index, statement: "", role: "A-1", component: "A", claimedAt: at, recordedAt: at };
  const id = `s-${day}-${index}`;
  return { view: "sightings", change: "put", key: id, at, logIndex: index, row: { id, occurredAt: at, body, mark } };
}

async function stored(name: string, changes: readonly ViewChange[]) {
  const views: StoreOptions = { file: join(root, `${name}.db`), viewSchema: 1 };
  const store = await openStore(views);
  for (let first = 0; first < changes.length; first += 1_000) await store.apply(changes.slice(first, first + 1_000));
  const options = { mission: () => mission, now: () => NOON + 86_400_000_000 * 9, record: () => RECORD };
  return { views, store, options, flush: async () => undefined };
}

const daily = (date: string, format: ReportRequest["format"]): ReportRequest => ({
  ...{ kind: "daily", date, format, language: "en", audience: "component" },
});

describe("reports composed in a thread", () => {
  it("are the same to the byte as those composed in place, in every form, and refused alike", async () => {
    const changes = Array.from({ length: 40 }, (_, index) => sighting(index, 0, `burst ${index}`));
    const { views, store, options, flush } = await stored("same", changes);
    const here = createReporter({ ...options, store });
    const there = createThreadedReporter({ ...options, views, flush });
    for (const format of ["html", "csv", "json", "geojson", "kml", "acled", "annex"] as const) {
      const [one, other] = await Promise.all([
        here(daily("2021-03-01", format)),
        there.report(daily("2021-03-01", format)),
      ]);
      if (!one.ok || !other.ok) throw new Error(JSON.stringify([one, other]));
      expect(new TextDecoder().decode(other.value.bytes), format).toBe(new TextDecoder().decode(one.value.bytes));
      expect(other.value.mediaType).toBe(one.value.mediaType);
      const packed = await there.report({ ...daily("2021-03-01", format), mayBePacked: true });
      if (!packed.ok) throw new Error(JSON.stringify(packed));
      expect(packed.value.encoding, format).toBe("gzip");
      expect(gunzipSync(packed.value.bytes).equals(other.value.bytes), format).toBe(true);
    }
    for (const wrong of [daily("2021-02-30", "html"), { ...daily("2021-03-01", "html"), language: "xx" }])
      expect(await there.report(wrong)).toEqual(await here(wrong));
    await there.close();
    await store.close();
  });

  it("that need more memory than they may take are refused, and the next is made", async () => {
    const long = "x".repeat(8_000);
    const changes = Array.from({ length: 8_000 }, (_, index) => sighting(index, 0, `${index} ${long}`));
    const { views, store, options, flush } = await stored("large", [...changes, sighting(0, 3, "one burst")]);
    const reporter = createThreadedReporter({ ...options, views, flush, mostMegabytes: 48 });
    const large = await reporter.report(daily("2021-03-01", "json"));
    expect(large).toMatchObject({ ok: false, fault: { code: "report.too-large" } });
    expect((await reporter.report(daily("2021-03-04", "json"))).ok).toBe(true);
    await reporter.close();
    await store.close();
  });
});
