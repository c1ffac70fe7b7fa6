import { type EntryMark, FaultError } from "@openjmc/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Store, StoreBatch } from "../store/index.ts";
import { Projector } from "./projector.ts";

let applied: StoreBatch[];
let refusing: boolean;
const told: string[] = [];
const store = {
  apply: async (batch: StoreBatch) => {
    if (refusing) throw new FaultError({ code: "disk.full", what: "projection" });
    applied.push(batch);
  },
} as unknown as Store;

beforeEach(() => {
  applied = [];
  refusing = false;
  told.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const projector = () => new Projector(store, (fault) => told.push(fault.fault.code));
const change = (key: string) => ({ view: "officers" as const, key, at: 0, row: { mark: {} as EntryMark } });
const keys = () => applied.flatMap((batch) => (batch.changes ?? []).map((one) => one.key));

describe("the projector", () => {
  it("writes in batches, with the position they reach", async () => {
    const views = projector();
    views.entry(4, [change("a")]);
    views.entry(5, [change("b")]);
    await vi.advanceTimersByTimeAsync(200);
    expect(applied).toHaveLength(1);
    expect(applied[0]!.position).toEqual({ logIndex: 5 });
    expect(keys()).toEqual(["a", "b"]);
  });

  it("tries again what the store refused, before what came later, and never lets the position pass it", async () => {
    const views = projector();
    refusing = true;
    views.entry(0, [change("a")]);
    await vi.advanceTimersByTimeAsync(200);
    views.entry(1, [change("b")]);
    await vi.advanceTimersByTimeAsync(200);
    expect(applied).toEqual([]);
    expect(views.waiting).toBe(2);
    refusing = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(keys()).toEqual(["a", "b"]);
    expect(applied.at(-1)!.position).toEqual({ logIndex: 1 });
    expect(told[0]).toBe("disk.full");
  });

  it("writes nothing more once too much has waited, so that the next start reads it all", async () => {
    const views = projector();
    refusing = true;
    views.entry(
      0,
      Array.from({ length: 200_001 }, (_, number) => change(String(number))),
    );
    await views.flush();
    refusing = false;
    views.entry(1, [change("late")]);
    await views.flush();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(applied).toEqual([]);
    expect(told).toEqual(["disk.full", "store.behind"]);
  });
});
