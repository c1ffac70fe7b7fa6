/**
 * Four kinds of sensor at once into one centre: nothing is lost, every target has its one track with the sensors that tell of
 * it, and the journal gives the same picture again. The long form, five thousand plots and messages a second for ten minutes, is
 * torture, and asks besides how soon a plot is in the console's picture store, and that memory stays flat. For one minute it is the
 * same rate where OPENJMC_LIVE_RATE says so, as where everything is switched on and this has the machine to itself; beside other tests
 * it is a tenth of that, which a machine four times slower carries.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { TrackHistoryPoint } from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import type { SourceRow, TrackRow } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coarsePlace } from "../apps/centre/src/release/gate.ts";
import { PictureAges } from "../bench/support/picture-ages.ts";
import { openPictureTab } from "../bench/support/picture-tab.ts";
import { AirLoad, addressOf, type LoadSize, serialOf, sizeFor } from "./support/air-load.ts";
import { loadAhead } from "./support/air-load-ahead.ts";
import { LoadWires } from "./support/air-load-wires.ts";
import { badFrames, bearer, metric, tokenOf } from "./support/api.ts";
import { foundTestCentre, officerKey } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { missionWith } from "./support/mission.ts";
import { residentBytesOf } from "./support/process-usage.ts";
import { IS_TORTURE } from "./support/random.ts";
import { openTakReceiver, type TakReceiver } from "./support/tak-receiver.ts";
import { until } from "./support/wait.ts";

const RATE = IS_TORTURE ? 5000 : Number(process.env.OPENJMC_LIVE_RATE ?? 500);
/** A long form cut short for a first look has its own number. */
const SECONDS = IS_TORTURE ? Number(process.env.OPENJMC_LIVE_SECONDS ?? 600) : 60;
const PLACE = { lon: 30, lat: 50 };
const OFFICER = "A-Duty-1";
/** Outside the components everything is coarse; nobody here can wait until it is old. */
const RELEASE = { gridMetres: 1000, delayMinutes: 0 };
/** Time to make the first of what will be sent. */
const LEAD_MILLISECONDS = 3_000;
/** Milliseconds within which 99 of 100 updates must show their newest plot. */
const MOST_AGE = 250;
/** Before that tracks begin and code is compiled. */
const WARM_UP_MILLISECONDS = 10_000;
/** Resident megabytes that a minute of the long form's second half may add: the record and its views grow a little with time. */
const MOST_GROWTH_A_MINUTE = 10;
/** Of so many seconds the least counts: between two sweeps of the collector memory rises and falls. */
const SWEEP_SECONDS = 10;
const LONG = IS_TORTURE ? 3_600_000 : 300_000;

const size: LoadSize = sizeFor(RATE);
const sources = AirLoad.sources(PLACE);
const memory: number[] = [];
const ages = new PictureAges();
let root: string;
let folder: string;
let centre: ServedCentre;
let receiver: TakReceiver;
let wires: LoadWires;
let load: AirLoad;
let startsAt: number;
let rows: readonly TrackRow[];
let toldSources: readonly SourceRow[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "openjmc-live-air-"));
  const missionFolder = missionWith(join(root, "mission"), PLACE, sources, { release: RELEASE });
  const founded = await foundTestCentre({ missionFolder, root });
  folder = founded.folder;
  receiver = await openTakReceiver();
  centre = await serveCentre(folder, ["--tak", receiver.url]);
  wires = await LoadWires.open(
    centre.feeds,
    sources.map(({ id }) => id),
  );
  const token = await tokenOf(centre.url, OFFICER, officerKey(founded, OFFICER));
  const officer = { name: OFFICER, signer: officerKey(founded, OFFICER) };
  const tab = await openPictureTab(centre.url, officer, (store) => ages.applied(store));
  ages.countFrom(performance.now() + WARM_UP_MILLISECONDS);
  startsAt = (Date.now() + LEAD_MILLISECONDS) * 1000;
  load = new AirLoad(PLACE, size, startsAt);
  await wires.greet(load);
  const seconds = await loadAhead({ place: PLACE, size, startsAt, count: SECONDS });
  await pause(Math.max(0, startsAt / 1000 - Date.now()));
  const watch = setInterval(() => memory.push(residentBytesOf(centre.pid) ?? 0), 1000);
  await wires.run(seconds, performance.now());
  clearInterval(watch);
  tab.close();
  for (const { id } of sources)
    await until(
      `all of ${id}`,
      async () => (await metric(centre.url, "jmc_source_frames_total", { source: id })) >= wires.sent.get(id)!,
    ).catch((late: Error) => console.log(late.message));
  // What is missing then is told below, in numbers.
  rows = await rowsOf<TrackRow>("tracks", token);
  // Sources are told every few seconds.
  await until(
    "what was found of each radar",
    async () => {
      toldSources = await rowsOf<SourceRow>("sources", token);
      return radarsOf(toldSources).every(({ errors }) => errors !== undefined);
    },
    30,
  ).catch((late: Error) => console.log(late.message));
}, LONG);
afterAll(async () => {
  wires?.close();
  receiver?.close();
  await centre?.stop();
  rmSync(root, { recursive: true, force: true });
});

async function rowsOf<Row>(view: string, token: string): Promise<readonly Row[]> {
  const answer = await fetch(`${centre.url}/api/v1/views/${view}?limit=5000`, { headers: bearer(token) });
  return ((await answer.json()) as { rows: Row[] }).rows;
}

/** Of all pairs the middle one (P. K. Sen, 1968): a single leap up or down says nothing of where it goes. */
function medianSlope(values: readonly number[]): number {
  const slopes = values.flatMap((value, from) =>
    values.slice(from + 1).map((later, index) => (later - value) / (index + 1)),
  );
  return slopes.sort((one, other) => one - other)[slopes.length >> 1] ?? 0;
}

const radarsOf = (rows: readonly SourceRow[]): SourceRow[] => rows.filter(({ id }) => id.startsWith("rd-"));

const told = (): TrackRow[] => rows.filter(({ status }) => status === "confirmed" || status === "coasted");

describe(`${RATE} plots and messages a second from four kinds of sensor, for ${SECONDS} s`, () => {
  it("are all taken, none bad and none shed", async () => {
    for (const { id } of sources) {
      expect(await metric(centre.url, "jmc_source_frames_total", { source: id }), id).toBe(wires.sent.get(id));
      expect(await badFrames(centre.url, id), id).toEqual({});
    }
    expect(await metric(centre.url, "jmc_shed_chunks")).toBe(0);
    const all = [...wires.sent.values()].reduce((sum, frames) => sum + frames, 0);
    expect(all / SECONDS).toBeGreaterThan(0.95 * RATE);
  });

  it("give each aircraft one track, which receiver and radars feed", () => {
    const aircraft = Array.from({ length: size.aircraft }, (_, index) => addressOf(index));
    const byAddress = Map.groupBy(
      told().filter(({ icao }) => icao !== undefined),
      ({ icao }) => icao!,
    );
    expect([...byAddress.keys()].sort()).toEqual(aircraft.sort());
    for (const [icao, tracks] of byAddress) expect(tracks.length, icao).toBe(1);
    const fed = told().filter((row) => row.sources.includes("rx-1") && row.sources.includes("rd-1"));
    expect(fed.length).toBe(size.aircraft);
  });

  it("go out as Cursor on Target, no finer than the grid and without a course", async () => {
    const named = (): Set<string | undefined> => new Set(receiver.events.map(({ callsign }) => callsign));
    await until("every aircraft outside", async () =>
      Array.from({ length: size.aircraft }, (_, index) => `LD${index}`).every((callsign) => named().has(callsign)),
    );
    for (const { longitude, latitude, type, track, groundSpeed, remarks } of receiver.events) {
      const place = { lon: longitude, lat: latitude };
      expect(coarsePlace(place, RELEASE.gridMetres)).toEqual(place);
      expect([type, track, groundSpeed, remarks]).toEqual(["a-u-A", undefined, undefined, undefined]);
    }
  });

  it("tell of each radar how far it has been found to be off", () => {
    const radars = radarsOf(toldSources);
    expect(radars.length).toBe(4);
    for (const { id, errors } of radars) expect(errors?.plots ?? 0, id).toBeGreaterThan(30);
  });

  it("give each drone a track with its serial number, which Remote ID and nodes feed", () => {
    const drones = told().filter(({ serial }) => serial !== undefined);
    const expected = Array.from({ length: size.drones }, (_, drone) => serialOf(drone));
    expect(new Set(drones.map(({ serial }) => serial))).toEqual(new Set(expected));
    const fed = drones.filter((row) => row.sources.some((source) => source.startsWith("sn-")));
    expect(fed.length).toBeGreaterThan(0.8 * size.drones);
  });

  // One minute tells little of a level, and a machine with other work nothing of times: only the long form asks.
  const inTheLongForm = IS_TORTURE ? it : () => undefined;
  it("are told how soon they are in the console's picture store", () => {
    const { p50, p99, updatesFollowed } = ages.result();
    console.log(`${RATE}/s: ${updatesFollowed} updates, p50 ${p50} ms, p99 ${p99} ms`);
    expect(updatesFollowed).toBeGreaterThan(0);
  });

  inTheLongForm("are in the console's picture store within a quarter of a second", () => {
    const { p99, updatesFollowed } = ages.result();
    expect(updatesFollowed).toBeGreaterThan(SECONDS * size.aircraft);
    expect(p99).toBeLessThan(MOST_AGE);
  });

  inTheLongForm("hold memory that stays flat", () => {
    const floors = Array.from({ length: Math.floor(memory.length / SWEEP_SECONDS) }, (_, index) =>
      Math.round(Math.min(...memory.slice(index * SWEEP_SECONDS, (index + 1) * SWEEP_SECONDS)) / 2 ** 20),
    );
    const slope = (60 / SWEEP_SECONDS) * medianSlope(floors.slice(floors.length >> 1));
    console.log(`${slope.toFixed(1)} MB a minute; MB by ${SWEEP_SECONDS} s: ${floors.join(" ")}`);
    expect(slope).toBeLessThan(MOST_GROWTH_A_MINUTE);
  });

  it(
    "leave a journal that gives the same picture again, and an aircraft's whole course, smoothed",
    async () => {
      expect(await centre.stop()).toBe(0);
      const replayed = await jmc(["replay", folder, "--check", "--json"]);
      expect(replayed.code, replayed.stdout + replayed.stderr).toBe(0);
      const { id, firstAt, at } = told().find(({ icao }) => icao === addressOf(0))!;
      const { stdout } = await jmc(["replay", folder, "--course", id]);
      const points = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as TrackHistoryPoint);
      expect(points.length).toBeGreaterThan(2 * SECONDS);
      // The view has a row of each second, the course a point of each plot.
      expect(Math.abs(points[0]!.at - firstAt)).toBeLessThan(2_000_000);
      expect(Math.abs(points.at(-1)!.at - at)).toBeLessThan(2_000_000);
      for (const point of points) {
        // How near it comes is for tests whose clocks are right: a sender that was held up makes a receiver's clock late.
        const truth = load.aircraftAt(0, (point.at - startsAt) / 1e6);
        expect(distanceBetween(point, truth), `${point.at}`).toBeLessThan(1_000);
      }
    },
    LONG,
  );
});
