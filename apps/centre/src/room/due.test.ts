import { parseInstant, unwrap } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { dueForDisclosure, type SealedConclusion } from "./due.ts";

const at = (hour: number): number => unwrap(parseInstant(`2021-03-01T${String(hour).padStart(2, "0")}:00:00.000000Z`));
const sealed = (component: string, more: Partial<SealedConclusion> & { hour?: number; incident?: string } = {}) => ({
  statement: `${component} ${more.incident ?? "one"} ${more.hour ?? 12}`,
  component,
  isDisclosed: false,
  ...more,
  promise: {
    kind: "conclusion.stated",
    incident: more.incident ?? "one",
    deadline: `2021-03-01T${String(more.hour ?? 12).padStart(2, "0")}:00:00.000000Z`,
  },
});
const due = (conclusions: readonly SealedConclusion[], hour: number) =>
  dueForDisclosure(conclusions, "A", ["A", "B"], at(hour));

describe("a sealed conclusion", () => {
  it("stays sealed while the other side's is missing and the clock runs", () => {
    expect(due([sealed("A")], 11)).toEqual([]);
    expect(due([sealed("A"), sealed("B", { incident: "another" })], 11)).toEqual([]);
  });
  it("is opened when both are in, also an earlier revision of it", () => {
    expect(due([sealed("A"), sealed("A", { hour: 13 }), sealed("B")], 1)).toEqual(["A one 12", "A one 13"]);
  });
  it("is opened when the clock of the first one has run out", () => {
    expect(due([sealed("A")], 13)).toEqual(["A one 12"]);
    expect(due([sealed("A"), sealed("A", { hour: 20 })], 13)).toEqual(["A one 12", "A one 20"]);
    expect(due([sealed("A", { hour: 20 }), sealed("A")], 13)).toEqual([]);
  });
  it("is opened once, and only by its own component", () => {
    expect(due([sealed("A", { isDisclosed: true }), sealed("B")], 1)).toEqual([]);
    expect(due([sealed("B")], 23)).toEqual([]);
  });
});
