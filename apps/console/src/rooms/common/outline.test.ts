import type { MissionView } from "@openjmc/model";
import { LOCALES, loadWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { outlineFacts } from "./outline.ts";

const MISSION = {
  flights: [{ id: "F1", callsign: "GOOD01", type: "small UAV" }],
  zones: [{ zone: "n1", names: { en: "Zone N1" } }],
  sources: [],
  parties: [],
} as unknown as MissionView;
const OUTLINE = {
  ...{ departsFromFlight: "F1", offRouteMetres: 2500, lateSeconds: 90, aboveMetres: 400, clearance: "waiting" },
  zoneNotNotified: "n1",
};

describe("what an alert says of a flight that departs from its notice", () => {
  it("is by how much, in one fact, with the flight by its name", async () => {
    const facts = new Map(outlineFacts(OUTLINE, MISSION, await loadWords("en")));
    expect([...facts.values()]).toEqual([
      "GOOD01 · small UAV",
      "2,500 m off its route, 1m 30s late and 400 m too high",
      "Zone N1",
      "waiting for clearance",
    ]);
  });

  it.each(LOCALES)("leaves no code and no bare number to the reader in %s", async (locale) => {
    const told = outlineFacts(OUTLINE, MISSION, await loadWords(locale))
      .flat()
      .join(" | ");
    expect(told).not.toMatch(/offRoute|Metres|Seconds|deviation\./);
  });
});
