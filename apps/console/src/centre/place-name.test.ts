import type { MissionView, Place, PlaceNaming } from "@openjmc/model";
import { expect, it } from "vitest";
import { placeName } from "./place-name.ts";

const PLACE: Place = {
  code: "N-1",
  lon: 0,
  lat: 0,
  names: { en: "Town", tr: "Kent" },
  partyNames: { Q: "Qent", P: "Pent" },
};
const parties = [{ code: "P" }, { code: "Q" }] as unknown as MissionView["parties"];
const named = (placeNaming?: PlaceNaming, place = PLACE) =>
  placeName(place, { parties, ...(placeNaming === undefined ? {} : { placeNaming }) }, "tr");

it("names a place by the mission's rule: the reader's language, each party's own name, or the code", () => {
  expect([named(), named("language"), named("each-party"), named("code")]).toEqual([
    "Kent",
    "Kent",
    "Pent / Qent",
    "N-1",
  ]);
  expect(named("each-party", { ...PLACE, partyNames: { P: "Same", Q: "Same" } })).toBe("Same");
  expect(named("each-party", { ...PLACE, partyNames: {} })).toBe("Kent");
});
