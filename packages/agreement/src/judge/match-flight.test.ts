import { describe, expect, test } from "vitest";
import { isSameAircraft, matchFlight } from "./match-flight.ts";
import { FLIGHT, seconds } from "./testing.ts";

const pressure = { altitudeReference: "pressure" } as const;
const track = { icao: "F00001", callsign: "GOOD01", altitudeMetres: 1000 };

describe("a notified flight", () => {
  test.each([
    ["as notified", track, "n1", 10, true],
    ["before its callsign is heard", { icao: "F00001", altitudeMetres: 1000 }, "n1", 10, true],
    ["with a padded callsign in small letters", { callsign: "good01  " }, "n1", 10, true],
    ["of no identity", { altitudeMetres: 1000 }, "n1", 10, false],
    ["in another zone", track, "n2", 10, false],
    ["before its window", track, "n1", -1, false],
    ["after its window", track, "n1", 1801, false],
    ["too high", { ...track, altitudeMetres: 2300 }, "n1", 10, false],
    [
      "no more too high than another reference may explain",
      { ...track, ...pressure, altitudeMetres: 2290 },
      "n1",
      10,
      true,
    ],
    ["higher than another reference may explain", { ...track, ...pressure, altitudeMetres: 2450 }, "n1", 10, false],
    ["a little too high", { ...track, altitudeMetres: 2150 }, "n1", 10, true],
  ])("%s", (_, flown, zone, second, matches) => {
    expect(matchFlight([FLIGHT], flown, zone, seconds(second), 200)?.id).toBe(matches ? "F1" : undefined);
  });

  test("one without identity matches nobody", () => {
    const { icao: _icao, callsign: _callsign, ...anonymous } = FLIGHT;
    expect(isSameAircraft(anonymous, track)).toBe(false);
  });
});
