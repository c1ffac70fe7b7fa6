import { emptyState, type ReplayState, type SealedPoint } from "@openjmc/record";
import { expect, test } from "vitest";
import { nodePrimitives } from "../primitives.ts";
import { anchorSize } from "./anchor-size.ts";

const SECOND = 1_000_000;

function stateWith(points: readonly SealedPoint[]): ReplayState {
  const state = emptyState(nodePrimitives);
  state.cosigners = { silence: 600 * SECOND } as NonNullable<ReplayState["cosigners"]>;
  for (const point of points) state.sealed.add(point);
  return state;
}

const joint: SealedPoint = { size: 100, grade: "joint", time: 1000 };
const lower: SealedPoint = { size: 140, grade: "one-and-neutral", time: 1500 };

test.each([
  ["nobody is named", emptyState(nodePrimitives), 1100, 200],
  ["nothing is cosigned yet", stateWith([]), 1100, 200],
  ["all have cosigned lately", stateWith([joint]), 1600, 100],
  ["all have, and later one and a neutral", stateWith([joint, lower]), 1600, 100],
  ["one has been silent too long", stateWith([joint, lower]), 1601, 140],
  ["all have been silent too long", stateWith([joint, lower]), 2101, 200],
])("%s", (_, state, seconds, wanted) => {
  expect(anchorSize(state, 200, seconds * SECOND)).toBe(wanted);
});

test("what lies too many entries back, or is not durable yet, is no anchor", () => {
  expect(anchorSize(stateWith([joint]), 5000, 1001 * SECOND)).toBe(5000);
  expect(anchorSize(stateWith([joint]), 99, 1001 * SECOND)).toBe(99);
});
