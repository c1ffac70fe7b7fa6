import { describe, expect, it } from "vitest";
import { Diary } from "./diary.ts";

describe("a diary", () => {
  it("gives what is due first, and what was noted first of two at one time", async () => {
    const diary = new Diary();
    const done: string[] = [];
    for (const [at, name] of [
      [5, "c"],
      [1.4, "a"],
      [5, "d"],
      [3, "b"],
    ] as const)
      diary.note(at, async () => void done.push(name));
    expect(diary.next).toBe(1);
    for (let entry = diary.take(); entry; entry = diary.take()) await entry.run();
    expect(done).toEqual(["a", "b", "c", "d"]);
    expect(diary.next).toBe(Number.POSITIVE_INFINITY);
  });
});
