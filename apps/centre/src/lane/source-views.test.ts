import type { LocatorConfiguration, Registration } from "@openjmc/fusion";
import type { SourceDescription } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { SourceViews } from "./source-views.ts";
import type { WeatherBook } from "./weather-book.ts";

const radar = {
  ...{ id: "rd-1", name: "Radar", format: "asterix", means: "radar", lon: 10, lat: 50, heightMetres: 0 },
  ...{ heightReference: "msl", rangeMetres: 100_000, operator: "A", marking: "open", authentication: "address-only" },
  link: { kind: "udp", host: "127.0.0.1", port: 0 },
} as const satisfies SourceDescription;

const found = (plots: number): Registration => ({
  ...{ source: "rd-1", rangeMetres: 41.23, azimuth: Math.PI / 1800, seconds: 0.2004, plots },
  ...{ rangeDeviation: 3.06, azimuthDeviation: 0.0001, timeDeviation: 0.01 },
});

describe("a radar's row", () => {
  it("tells how far it is off once enough plots bear it, and goes on to tell it", () => {
    const views = new SourceViews([radar], {} as LocatorConfiguration, {} as WeatherBook);
    views.noteErrors([found(29), { ...found(100), source: "unknown" }]);
    expect(views.rows(0)[0]).not.toHaveProperty("errors");
    views.noteErrors([found(30)]);
    views.noteErrors([]);
    expect(views.rows(1)[0]!.errors).toEqual({
      ...{ metres: 41.2, degrees: 0.1, seconds: 0.2, plots: 30 },
      ...{ metresDeviation: 3.1, degreesDeviation: 0.006, secondsDeviation: 0.01 },
    });
  });
});
