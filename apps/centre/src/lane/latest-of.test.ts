import { expect, it } from "vitest";
import { LatestOf } from "./latest-of.ts";

it("keeps the last of each, and forgets whoever was heard longest ago", () => {
  const heard = new LatestOf<string, number>(3);
  for (const [at, name] of ["a", "b", "c", "a", "d", "e"].entries()) heard.set(name, at);
  expect(["a", "b", "c", "d", "e"].map((name) => heard.get(name))).toEqual([3, undefined, undefined, 4, 5]);
  for (let other = 0; other < 1_000; other++) heard.set(`${other}`, other);
  expect(heard.size).toBe(3);
});
