import type { SourceRow, StreamEvent, ViewPage } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { Rows } from "./rows.ts";

const source = (id: string, framesTotal: number): SourceRow => ({ id, framesTotal }) as SourceRow;
const change = (row: SourceRow, index: number): StreamEvent => ({
  type: "row",
  view: "sources",
  key: row.id,
  row,
  index,
});
const page = (rows: readonly SourceRow[], next?: string): ViewPage<unknown> => ({
  view: "sources",
  rows,
  index: 10,
  ...(next === undefined ? {} : { next }),
});

describe("the tab's copy of the views", () => {
  it("keeps what the stream brought while the page was on its way", async () => {
    let answer: (page: ViewPage<unknown>) => void = () => {};
    const rows = new Rows(() => new Promise((resolve) => (answer = resolve)));
    const loaded = rows.reload("sources");
    rows.apply(change(source("a", 7), 11));
    answer(page([source("a", 5), source("b", 1)]));
    await loaded;
    expect(rows.list("sources").map((row) => [row.id, row.framesTotal])).toEqual([
      ["a", 7],
      ["b", 1],
    ]);
    expect(rows.index).toBe(10);
  });

  it("takes the page's rows where an earlier visit's were put in while it was on its way", async () => {
    let answer: (page: ViewPage<unknown>) => void = () => {};
    const rows = new Rows(() => new Promise((resolve) => (answer = resolve)));
    const loaded = rows.reload("sources");
    rows.restore("sources", [source("a", 3), source("gone", 1)]);
    expect(rows.list("sources")).toHaveLength(2);
    answer(page([source("a", 5)]));
    await loaded;
    expect(rows.list("sources").map((row) => [row.id, row.framesTotal])).toEqual([["a", 5]]);
    expect(rows.condition("sources").state).toBe("ready");
  });

  it("does not put back what the stream took out while the page was on its way", async () => {
    let answer: (page: ViewPage<unknown>) => void = () => {};
    const rows = new Rows(() => new Promise((resolve) => (answer = resolve)));
    const loaded = rows.reload("sources");
    rows.apply({ type: "row", view: "sources", key: "a", row: null, index: 11 });
    answer(page([source("a", 5), source("b", 1)]));
    await loaded;
    expect(rows.list("sources").map((row) => row.id)).toEqual(["b"]);
  });

  it("reads again what was read before the stream began, which tells nothing from before", async () => {
    const [first, second] = [page([source("a", 1)]), { ...page([source("a", 2)]), index: 12 }];
    const early = [first, second];
    const rows = new Rows(async () => early.shift()!);
    await rows.reload("sources");
    rows.beganAt(12);
    await expect.poll(() => rows.get("sources", "a")?.framesTotal).toBe(2);
    // The other way round: the stream began while the page was on its way.
    const late = [first, second];
    const others = new Rows(async () => late.shift()!);
    others.beganAt(12);
    await others.reload("sources");
    await expect.poll(() => others.get("sources", "a")?.framesTotal).toBe(2);
    expect([early, late]).toEqual([[], []]);
  });

  it("drops on reloading what the centre no longer has", async () => {
    const answers = [page([source("a", 1), source("b", 1)]), page([source("b", 2)])];
    const rows = new Rows(async () => answers.shift()!);
    await rows.reload("sources");
    await rows.reload("sources");
    expect(rows.list("sources").map((row) => row.id)).toEqual(["b"]);
  });

  it("takes a row out when the stream says that it is no more", async () => {
    const rows = new Rows(async () => page([source("a", 1), source("b", 1)]));
    await rows.reload("sources");
    rows.apply({ type: "row", view: "sources", key: "a", row: null, index: 12 });
    expect(rows.list("sources").map((row) => row.id)).toEqual(["b"]);
  });

  it("loads page after page", async () => {
    const asked: (string | undefined)[] = [];
    const rows = new Rows(async (_, wanted) => {
      asked.push(wanted.after);
      return wanted.after === undefined ? page([source("b", 1)], "b") : page([source("a", 1)]);
    });
    await rows.reload("sources");
    expect(rows.condition("sources").more).toBe(true);
    await rows.more("sources");
    expect(asked).toEqual([undefined, "b"]);
    expect(rows.list("sources")).toHaveLength(2);
    expect(rows.condition("sources").more).toBe(false);
  });

  it("shows the last rows when the centre cannot be reached, and says so", async () => {
    const rows = new Rows(() => Promise.reject(new Error("cut")));
    rows.restore("sources", [source("a", 3)]);
    await rows.reload("sources");
    expect(rows.list("sources")).toHaveLength(1);
    expect(rows.condition("sources").state).toBe("cached");
    await rows.reload("alerts");
    expect(rows.condition("alerts").state).toBe("failed");
  });

  it("tells its listeners once for many changes", async () => {
    const rows = new Rows(async () => page([]));
    await rows.reload("sources");
    await new Promise((resolve) => setTimeout(resolve, 150));
    let told = 0;
    rows.subscribe("sources", () => told++);
    for (let index = 0; index < 50; index++) rows.apply(change(source(`s${index}`, 0), 20 + index));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(told).toBe(1);
  });
});
