import { loadMission } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { answersOf, MISSION_QUESTIONS, newMissionFiles } from "./new-mission.ts";

const GIVEN = {
  id: "border-2031",
  name: 'The "long" border: a mission',
  language: "en",
  timeZone: "Europe/Rome",
  sends: "S T",
  parties: "M N",
  host: "M",
  place: "12.5 -41.25",
};

describe("a new mission", () => {
  it("is made of the answers to every question, and passes the loader's check", () => {
    expect(Object.keys(GIVEN)).toEqual(MISSION_QUESTIONS.map(({ field }) => field));
    for (const { field, pattern } of MISSION_QUESTIONS) expect(GIVEN[field as keyof typeof GIVEN]).toMatch(pattern);
    const loaded = loadMission(newMissionFiles(answersOf(GIVEN)), { exercise: false });
    expect(loaded).toMatchObject({
      ok: true,
      value: {
        view: { id: "border-2031", names: { en: GIVEN.name } },
        states: [{ code: "M", roles: expect.arrayContaining(["host", "party"]) }, {}, {}, {}],
      },
    });
  });

  it("may have a state in several parts", () => {
    const files = newMissionFiles(answersOf({ ...GIVEN, parties: "M S", host: "S" }));
    expect(loadMission(files, { exercise: false })).toMatchObject({ ok: true, value: { states: { length: 3 } } });
  });
});
