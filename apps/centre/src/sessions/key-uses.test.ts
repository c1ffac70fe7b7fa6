import type { RecordedEntry } from "@openjmc/desk";
import { describe, expect, it } from "vitest";
import { KeyUses } from "./key-uses.ts";

const entry = (index: number, component: string, role: string, tier = "session"): RecordedEntry =>
  ({
    ...{ index, component, role, tier, statement: `${index}`, kind: "incident.noted", keyid: "k" },
    ...{ claimedAt: 0, recordedAt: 0, subject: "s", revision: 0, body: {}, effect: "recorded", keys: [] },
  }) as RecordedEntry;

describe("uses of keys", () => {
  it("are told to the officer and, of roots, to every officer of the component; never to the other", () => {
    const uses = new KeyUses();
    for (const one of [
      entry(0, "A", "A-1"),
      entry(1, "A", "A-2"),
      entry(2, "A", "root", "root"),
      entry(3, "B", "B-1"),
      entry(4, "centre", "centre", "machine"),
      entry(5, "A", "A-1"),
    ])
      uses.take(one);
    const told = (component: string, officer: string, since = 0) =>
      uses.of(component, officer, since).map(({ index }) => index);
    expect(told("A", "A-1")).toEqual([0, 2, 5]);
    expect(told("A", "A-1", 3)).toEqual([5]);
    expect(told("A", "A-2")).toEqual([1, 2]);
    expect(told("B", "A-1")).toEqual([]);
    expect(told("centre", "centre")).toEqual([]);
  });

  it("are kept in bounded number, the latest", () => {
    const uses = new KeyUses();
    for (let index = 0; index < 1500; index++) uses.take(entry(index, "A", "A-1"));
    expect(uses.of("A", "A-1", 0).map(({ index }) => index)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 500));
  });
});
