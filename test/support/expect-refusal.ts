/** A command that refuses: one line on standard error that says all of this, and exit code 2. */
import { expect } from "vitest";
import type { Ended } from "./jmc.ts";

export function expectRefusal(ended: Ended, ...words: readonly (string | RegExp)[]): void {
  for (const word of words) expect(ended.stderr).toMatch(word);
  expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  expect(ended.code).toBe(2);
}
