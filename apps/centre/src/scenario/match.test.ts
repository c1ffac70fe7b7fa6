import { describe, expect, it } from "vitest";
import { misfits } from "./match.ts";

describe("an expectation", () => {
  const answer = { phase: "closed", sides: [{ component: "A", state: "silent" }, { component: "B" }], lacking: [] };
  it.each([[{ phase: "closed" }], [{ sides: [{ component: "B" }, { state: "silent" }] }], [{ lacking: [] }]])(
    "is met by an answer that says at least as much: %o",
    (expected) => {
      expect(misfits(expected, answer)).toEqual([]);
    },
  );
  it.each([
    [{ phase: "founded" }, "answer.phase"],
    [{ sides: [{ component: "A", state: "gone" }] }, "answer.sides[0].state"],
    [{ sides: [] }, "answer.sides"],
    [{ lacking: [{ kind: "data" }] }, "answer.lacking"],
    [{ plan: { trigger: "notice" } }, "answer.plan"],
  ])("that is not met says where: %o", (expected, path) => {
    expect(misfits(expected, answer)).toEqual([expect.stringContaining(path)]);
  });
});
