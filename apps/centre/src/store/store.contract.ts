/** What every store must do, whatever engine is below it. Run by `store.test.ts` on each engine that is there. */
import { createHash } from "node:crypto";
import type { TrackPoint, ViewName } from "@openjmc/model";
import { fingerprintOf, termsOf, wantedTerms } from "@openjmc/press";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cellOf, cellsOfBox } from "./cell.ts";
import type { Store, StoredRow, ViewChange } from "./store.ts";

const START = 1_617_679_800_000_000;
const SECOND = 1_000_000;

/** One put with what matters said and the rest filled in. */
function put(view: ViewName, key: string, more: Partial<StoredRow> = {}): ViewChange {
  return { view, change: "put", key, at: START, logIndex: 0, row: { id: key }, ...more };
}

function point(track: string, second: number): TrackPoint {
  return {
    track,
    at: START + second * SECOND,
    lon: 46.5,
    lat: 39.5 + second / 1000,
    velocityEast: 1.5,
    velocityNorth: -2.25,
  };
}

function sha256(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("")).digest("hex");
}

async function keysOfAllPages(store: Store, request: Parameters<Store["page"]>[0]): Promise<string[]> {
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.page({ ...request, ...(after === undefined ? {} : { after }) });
    keys.push(...page.rows.map((row) => row.key));
    after = page.next;
  } while (after !== undefined);
  return keys;
}

/** Registers the contract's tests. `open` gives an empty store, or the same one again when asked to reopen it. */
export function storeContract(open: (reopen?: boolean) => Promise<Store>): void {
  it("gives back a row as it was put, and its latest state", async () => {
    const store = await open();
    const row: StoredRow = {
      key: "a",
      at: START,
      until: START + 5,
      cell: 12,
      tag: "live",
      logIndex: 7,
      row: { name: "Ҷ ünï \u0000 😀", nested: { list: [1, 0.1, -1e-7, null, true] }, big: 9007199254740991 },
    };
    await store.apply([{ view: "tracks", change: "put", ...row }]);
    expect(await store.get("tracks", "a")).toEqual(row);
    expect(await store.get("events", "a")).toBeUndefined();
    await store.apply([put("tracks", "a", { at: START + 1, row: { changed: true } })]);
    expect(await store.get("tracks", "a")).toEqual({ key: "a", at: START + 1, logIndex: 0, row: { changed: true } });
    await store.apply([{ view: "tracks", change: "delete", key: "a" }]);
    expect(await store.get("tracks", "a")).toBeUndefined();
    await store.close();
  });

  it("lets the last of several changes of one row count", async () => {
    const store = await open();
    await store.apply([put("alerts", "x", { tag: "1" }), put("alerts", "y"), put("alerts", "x", { tag: "2" })]);
    expect((await store.get("alerts", "x"))?.tag).toBe("2");
    await store.apply([put("alerts", "y"), { view: "alerts", change: "delete", key: "y" }]);
    expect(await store.get("alerts", "y")).toBeUndefined();
    await store.close();
  });

  it("applies all of a batch or nothing", async () => {
    const store = await open();
    await expect(store.apply([put("alerts", "good"), put("alerts", "bad", { row: Number.NaN })])).rejects.toThrow(
      "row.not-json",
    );
    await expect(store.apply([put("alerts", "good"), put("alerts", "b\u0000d")])).rejects.toThrow("row.key-malformed");
    await expect(store.apply([put("alerts", "good"), put("alerts", "bad", { at: 1.5 })])).rejects.toThrow(
      "row.not-integer",
    );
    // A cell too large for the column fails inside the transaction on one engine only; either way nothing may be half done.
    await store.apply([put("alerts", "good"), put("alerts", "far", { cell: 2 ** 40 })]).catch(() => undefined);
    expect(await store.count({ view: "alerts" })).not.toBe(1);
    await store.close();
  });

  it("keeps the position with the rows, also over a reopening", async () => {
    let store = await open();
    expect(store.fresh).toBe(true);
    expect(await store.position()).toEqual({ logIndex: -1, picturePosition: 0 });
    await store.apply({ changes: [put("officers", "o")], position: { logIndex: 41 } });
    await store.apply({ position: { picturePosition: 12345678901234 } });
    await store.close();
    store = await open(true);
    expect(store.fresh).toBe(false);
    expect(await store.position()).toEqual({ logIndex: 41, picturePosition: 12345678901234 });
    expect(await store.get("officers", "o")).toBeDefined();
    await store.reset();
    expect(await store.position()).toEqual({ logIndex: -1, picturePosition: 0 });
    expect(await store.count({ view: "officers" })).toBe(0);
    await store.close();
  });

  it("pages through everything once, both ways, though rows come in between", async () => {
    const store = await open();
    const keys = Array.from({ length: 57 }, (_, index) => `k${String(index).padStart(3, "0")}`);
    await store.apply(keys.map((key, index) => put("entries", key, { at: START + Math.floor(index / 5) })));
    expect(await keysOfAllPages(store, { view: "entries", limit: 10, newestFirst: false })).toEqual(keys);
    expect(await keysOfAllPages(store, { view: "entries", limit: 7 })).toEqual([...keys].reverse());
    const first = await store.page({ view: "entries", limit: 10 });
    await store.apply([put("entries", "zz", { at: START + 100 })]);
    const second = await store.page({ view: "entries", limit: 10, after: first.next! });
    expect(second.rows[0]?.key).toBe("k046");
    await expect(store.page({ view: "entries", after: "nonsense" })).rejects.toThrow("page.cursor-unknown");
    await expect(store.page({ view: "entries", limit: 0 })).rejects.toThrow("page.limit-out-of-range");
    await store.close();
  });

  it("filters by time, span, tag and place, and counts the same", async () => {
    const store = await open();
    await store.apply([
      put("coverage", "early", { at: START, until: START + 10 * SECOND, tag: "a", cell: cellOf(46.51, 39.51) }),
      put("coverage", "late", { at: START + 20 * SECOND, tag: "b", cell: cellOf(46.61, 39.51) }),
      put("coverage", "open", {
        at: START + 5 * SECOND,
        until: START + 30 * SECOND,
        tag: "c",
        cell: cellOf(47.9, 39.5),
      }),
    ]);
    const cases: [Omit<Parameters<Store["count"]>[0], "view">, string[]][] = [
      [{}, ["early", "open", "late"]],
      [{ from: START + 11 * SECOND }, ["open", "late"]],
      [{ until: START + 5 * SECOND }, ["early"]],
      [{ from: START + 10 * SECOND, until: START + 11 * SECOND }, ["early", "open"]],
      [{ tag: "b" }, ["late"]],
      [{ tag: ["a", "c"] }, ["early", "open"]],
      [{ tag: [] }, []],
      [{ cells: cellsOfBox(46.5, 39.5, 46.6, 39.6) }, ["early", "late"]],
      [{ cells: [] }, []],
    ];
    for (const [filter, keys] of cases) {
      expect(
        await keysOfAllPages(store, { view: "coverage", newestFirst: false, ...filter }),
        JSON.stringify(filter),
      ).toEqual(keys);
      expect(await store.count({ view: "coverage", ...filter })).toBe(keys.length);
    }
    await store.close();
  });

  it("finds rows by their words, the newest first, within a time, a place and a tag, as they stand now", async () => {
    const store = await open();
    const worded = (key: string, second: number, entry: number, terms: readonly string[]): ViewChange => {
      const cell = cellOf(46.51 + second / 10, 39.51);
      return put("sightings", key, { at: START + second * SECOND, tag: "burst", cell, words: { terms, entry } });
    };
    await store.apply([
      worded("a", 0, 1, ["mortar", "mill"]),
      worded("b", 0, 2, ["mortar"]),
      worded("c", 9, 3, ["mortars", "mill"]),
      worded("d", 20, 4, ["drone"]),
    ]);
    const find = (words: readonly string[], more: object = {}) =>
      keysOfAllPages(store, {
        ...{ view: "sightings", limit: 2, words: words.map((term) => [{ term, isPrefix: true }]) },
        ...more,
      });
    expect(await find(["mortar"])).toEqual(["c", "b", "a"]);
    expect(await find(["mortar"], { newestFirst: false })).toEqual(["a", "b", "c"]);
    expect(await find(["mortar", "mill"])).toEqual(["c", "a"]);
    expect(await find(["mortar"], { from: START + SECOND })).toEqual(["c"]);
    expect(await find(["mortar"], { until: START + 9 * SECOND })).toEqual(["b", "a"]);
    expect(await find(["mortar"], { cells: [cellOf(46.51, 39.51)], tag: "burst" })).toEqual(["b", "a"]);
    expect(await find(["nothing"])).toEqual([]);
    await store.apply([worded("c", 9, 3, ["withdrawn"]), { view: "sightings", change: "delete", key: "b" }]);
    expect(await find(["mortar"])).toEqual(["a"]);
    expect(await find(["withdrawn"])).toEqual(["c"]);
    const words = [[{ term: "mortar", isPrefix: false }]];
    await expect(store.page({ view: "alerts", words })).rejects.toThrow("page.words-unknown");
    await store.close();
  });

  it("counts in bins", async () => {
    const store = await open();
    await store.apply(
      [0, 1, 1.5, 59.999999, 60, 119, 120].map((second, index) =>
        put("events", `e${index}`, { at: START + second * SECOND, tag: index === 0 ? "odd" : "even" }),
      ),
    );
    const span = { view: "events" as const, from: START, until: START + 120 * SECOND };
    expect(await store.histogram(span, 4)).toEqual([3, 1, 1, 1]);
    expect(await store.histogram({ ...span, tag: "odd" }, 4)).toEqual([1, 0, 0, 0]);
    expect((await store.histogram(span, 7)).reduce((sum, number) => sum + number)).toBe(6);
    await store.close();
  });

  it("keeps track points by track and time and shows the picture of an instant", async () => {
    const store = await open();
    const trackPoints = [point("t1", 0), point("t1", 5), point("t1", 10), point("t2", 4), point("t3", 60)];
    await store.apply({ trackPoints: [...trackPoints, { ...point("t2", 4), altitudeMetres: 1234.5 }] });
    expect(await store.trackPoints("t1", START, START + 10 * SECOND)).toEqual(trackPoints.slice(0, 2));
    expect((await store.pictureAt(START + 9 * SECOND, 30 * SECOND)).map((row) => [row.track, row.at - START])).toEqual([
      ["t1", 5 * SECOND],
      ["t2", 4 * SECOND],
    ]);
    expect((await store.trackPoints("t2", START, START + 60 * SECOND))[0]?.altitudeMetres).toBe(1234.5);
    expect((await store.pictureAt(START + 60 * SECOND, SECOND)).map((row) => row.track)).toEqual(["t3"]);
    await store.forgetTrackPoints(START + 10 * SECOND);
    expect(await store.trackPoints("t1", START, START + 60 * SECOND)).toHaveLength(1);
    await store.close();
  });

  it("hashes the same rows the same, whatever their history, and others differently", async () => {
    const store = await open();
    const empty = await store.hash("tracks");
    const rows = Array.from({ length: 2500 }, (_, index) =>
      put("tracks", `k${index}`, { row: { b: index, a: index / 7 } }),
    );
    await store.apply(rows);
    const hash = await store.hash("tracks");
    await store.reset();
    expect(await store.hash("tracks")).toBe(empty);
    await store.apply([put("tracks", "gone"), put("tracks", "k7", { row: "old" })]);
    await store.apply([...rows].reverse().map((row) => row));
    await store.apply([{ view: "tracks", change: "delete", key: "gone" }]);
    expect(await store.hash("tracks")).toBe(hash);
    for (const change of [
      { at: START + 1 },
      { tag: "t" },
      { cell: 1 },
      { logIndex: 1 },
      { until: START },
      { row: { b: 7, a: 2 } },
    ]) {
      await store.apply([put("tracks", "k7", { row: { b: 7, a: 1 }, ...change })]);
      expect(await store.hash("tracks")).not.toBe(hash);
    }
    await store.apply([put("tracks", "k7", { row: { a: 1, b: 7 } })]);
    expect(await store.hash("tracks")).toBe(hash);
    await store.close();
  });

  it("hashes and orders by bytes, as the same on every engine", async () => {
    const store = await open();
    const keys = ["a", "B", "_", "ä", "Ω", "😀", "ﬀ", "a b", "aB", "10", "9"];
    await store.apply({
      changes: keys.map((key) => put("flights", key, { row: { key, number: 1 / 3 } })),
      trackPoints: keys.flatMap((key) => [point(key, 1), point(key, 3)]),
    });
    const bytewise = [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    const scanned: string[] = [];
    for await (const row of store.scan("flights")) scanned.push(row.key);
    expect(scanned).toEqual(bytewise);
    const rowLine = (key: string): string =>
      `["${key}",${START},null,null,null,0] {"key":"${key}","number":0.3333333333333333}\n`;
    expect(await store.hash("flights")).toBe(sha256(bytewise.map(rowLine)));
    const pointLine = (key: string, second: number): string =>
      `["${key}",${START + second * SECOND},46.5,39.50${second},null,1.5,-2.25]\n`;
    expect(await store.hash("track-points")).toBe(
      sha256(bytewise.flatMap((key) => [pointLine(key, 1), pointLine(key, 3)])),
    );
    await store.close();
  });

  it("finds texts by their words in whatever language, the newest first, page after page", async () => {
    let store = await open();
    const told = [
      "Shots were heard near Torbajar.",
      "В Торбаджаре слышали выстрелы.",
      "Տորբաջարում կրակոցներ են լսվել։",
    ];
    const indexed = (text: string, index: number) => ({
      key: `t${index}`,
      at: START + index * SECOND,
      logIndex: index,
      terms: termsOf(text, ["en", "ru", "hy"][index % 3]!),
      ...fingerprintOf(text, "en"),
    });
    await store.texts.put(
      [0, 1, 2, 3, 4].map((index) => indexed(told[index % 3]!, index)),
      41,
    );
    const find = async (question: string, page: { limit: number; after?: string } = { limit: 10 }) =>
      (await store.texts.search(wantedTerms(question), page)).keys;
    expect(await find("torbacar")).toEqual(["t4", "t3", "t2", "t1", "t0"]);
    expect(await find("выстрелы Торбаджар")).toEqual(["t4", "t1"]);
    expect(await find("Aldermoor")).toEqual([]);
    expect(await find("'); drop table text_keys; --")).toEqual([]);
    const first = await store.texts.search([], { limit: 3 });
    expect([first.keys, await find("", { limit: 3, after: first.next! })]).toEqual([
      ["t4", "t3", "t2"],
      ["t1", "t0"],
    ]);
    await store.close();
    store = await open(true);
    expect([await store.texts.position(), (await find("shots")).length]).toEqual([41, 2]);
    await store.reset();
    expect([await store.texts.position(), await find("shots")]).toEqual([-1, []]);
    await store.close();
  });

  it("finds texts that have most in common with another", async () => {
    const store = await open();
    const words = Array.from({ length: 80 }, (_, index) => `word${index}`);
    const texts = [words, [...words.slice(0, 60), "end"], words.toReversed(), []].map((one) => one.join(" "));
    const prints = texts.map((text) => fingerprintOf(text, "en"));
    await store.texts.put(
      prints.map((print, index) => ({ key: `t${index}`, at: START, logIndex: index, terms: ["x"], ...print })),
      3,
    );
    const alike = await store.texts.alike(prints[0]!.bands, 10);
    expect(alike.map(({ key }) => key)).toEqual(["t0", "t1"]);
    expect(alike[0]!.shingles).toEqual(prints[0]!.shingles);
    await store.close();
  });

  it("holds what a plain map would hold after any changes", async () => {
    const store = await open();
    const change = fc.record({
      key: fc.constantFrom("a", "b", "c", "d", "e"),
      gone: fc.boolean(),
      value: fc.jsonValue({ maxDepth: 2 }),
      second: fc.integer({ min: 0, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 4 }), async (batches) => {
        await store.reset();
        const model = new Map<string, StoredRow>();
        for (const batch of batches) {
          await store.apply(
            batch.map(({ key, gone, value, second }) =>
              gone
                ? { view: "reports", change: "delete", key }
                : put("reports", key, { at: START + second, row: value }),
            ),
          );
          for (const { key, gone, value, second } of batch)
            if (gone) model.delete(key);
            else
              model.set(key, {
                key,
                at: START + second,
                logIndex: 0,
                row: JSON.parse(JSON.stringify(value)) as unknown,
              });
        }
        const page = await store.page({ view: "reports", newestFirst: false });
        const expected = [...model.values()].sort(
          (left, right) => left.at - right.at || (left.key < right.key ? -1 : 1),
        );
        expect(page.rows).toEqual(expected);
      }),
      { numRuns: 15 },
    );
    await store.close();
  });
}
