import type { RosterPerson } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { billOf, mostOthers } from "./bill.ts";

const person = (id: string, duty: RosterPerson["duties"][number], officer?: string): RosterPerson => ({
  ...{ id, duties: [duty], rank: "", languages: [], from: "2030-01-01" },
  ...(officer === undefined ? {} : { officer }),
});
const people = [
  person("1", "head-of-component", "Head"),
  person("2", "duty-officer", "Duty-1"),
  person("3", "duty-officer", "Duty-2"),
  person("4", "duty-officer"),
  ...["5", "6", "7", "8"].map((id) => person(id, "operator")),
];

describe("a bill", () => {
  it("has watches of eight hours, duty officers with keys in turn, and nobody in two that follow", () => {
    const bill = billOf(people, 0, 21, 2)!;
    expect(bill).toMatchObject({ hours: 8, watches: { length: 21 } });
    expect(new Set(bill.watches.map(({ officer }) => officer))).toEqual(new Set(["2", "3"]));
    for (const [index, { officer, others }] of bill.watches.entries()) {
      const next = bill.watches[index + 1];
      for (const id of [officer, ...others]) expect([next?.officer, ...(next?.others ?? [])]).not.toContain(id);
    }
  });
  it("tells how many can stand beside each duty officer", () => {
    expect(billOf(people, 0, 3, mostOthers(people))).toBeDefined();
    expect(billOf(people, 0, 3, mostOthers(people) + 1)).toBeUndefined();
    expect(mostOthers([])).toBe(0);
  });
  it("is none where there are too few to rest", () => {
    expect(billOf(people, 0, 3, 3)).toBeUndefined();
    expect(billOf(people.slice(0, 2), 0, 3, 0)).toBeUndefined();
  });
});
