import { expect, test } from "vitest";
import { ACTS_PER_SECOND, BURST, KeyQuota } from "./key-quota.ts";

const SECOND = 1_000_000;

function taken(quota: KeyQuota, keyId: string, now: number, tries: number): number {
  let count = 0;
  for (let tried = 0; tried < tries; tried++) if (quota.take(keyId, now)) count += 1;
  return count;
}

test("a key has so many acts entered at once and no more, whatever others do", () => {
  const quota = new KeyQuota();
  expect(taken(quota, "a", 0, BURST + 500)).toBe(BURST);
  expect(taken(quota, "b", 0, 10)).toBe(10);
});

test("what it may do comes back with the centre's clock, never more than a burst, and not by a clock that goes back", () => {
  const quota = new KeyQuota();
  taken(quota, "a", 100 * SECOND, BURST);
  expect(taken(quota, "a", 100 * SECOND - SECOND, 10)).toBe(0);
  expect(taken(quota, "a", 103 * SECOND, BURST)).toBe(3 * ACTS_PER_SECOND);
  expect(taken(quota, "a", 103 * SECOND, 10)).toBe(0);
  expect(taken(quota, "a", 1e9 * SECOND, 2 * BURST)).toBe(BURST);
});
