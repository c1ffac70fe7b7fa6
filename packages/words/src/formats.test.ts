import { describe, expect, it } from "vitest";
import { createFormats } from "./formats.ts";

const AT = Date.UTC(2021, 3, 6, 3, 40, 5) * 1000;

describe("formats", () => {
  it("writes times on a 24-hour clock and always with the zone", () => {
    expect(createFormats("en").dateTime(AT)).toMatch(/06 Apr 2021.*03:40:05.*UTC/);
    expect(createFormats("tr").dateTime(AT)).toMatch(/06 Nis 2021.*03:40:05.*UTC/);
    expect(createFormats("ru").dateTime(AT)).toMatch(/06 апр.* 2021.*03:40:05.*UTC/);
    expect(createFormats("en").time(AT, { timeZone: "Etc/GMT-4", seconds: false })).toMatch(/^07:40.*GMT\+4$/);
  });

  it("writes positions with the language's hemispheres", () => {
    expect(createFormats("en").position(46.9, -39.25)).toBe("39.2500° S, 46.9000° E");
    expect(createFormats("tr").position(-46.9, 39.25, 2)).toBe("39,25° K, 46,90° B");
    expect(createFormats("ru").position(46.9, 39.25, 2)).toBe("39,25° с. ш., 46,90° в. д.");
  });

  it("writes bearings as three figures from true north", () => {
    const { bearing } = createFormats("en");
    expect([0, Math.PI / 2, -Math.PI / 2, 2 * Math.PI - 0.0001].map(bearing)).toEqual(["000°", "090°", "270°", "000°"]);
  });

  it("writes durations in their two largest units", () => {
    const { duration } = createFormats("en");
    expect(duration(0)).toBe("0s");
    expect(duration(59_400_000)).toBe("59s");
    expect(duration(3_725_000_000)).toBe("1h 2m");
    expect(duration(86_400_000_000)).toBe("1d");
  });

  it("names languages", () => {
    expect(["en", "tr", "ru"].map((locale) => createFormats(locale as "en").language("ru"))).toEqual([
      "Russian",
      "Rusça",
      "русский",
    ]);
  });

  it("writes distances, areas and sizes", () => {
    const formats = createFormats("en");
    expect(formats.distance(2499.6)).toBe("2,500 m");
    expect(formats.distance(12_340)).toBe("12.3 km");
    expect(formats.area(5123)).toBe("5,123 km²");
    expect(formats.bytes(1_500_000)).toBe("1.5 MB");
    expect(createFormats("ru").percent(0.61)).toMatch(/^61\s%$/);
  });
});
