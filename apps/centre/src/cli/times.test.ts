import { formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { readTime } from "./times.ts";

const read = (text: string, timeZone = "Europe/Berlin"): string =>
  formatInstant(readTime(text, "--at", () => timeZone));

describe("a time on the command line", () => {
  it("that is a day begins where the mission is, in winter as in summer", () => {
    expect(read("2020-11-16")).toBe("2020-11-15T23:00:00.000000Z");
    expect(read("2020-07-16")).toBe("2020-07-15T22:00:00.000000Z");
    expect(read("2020-11-16", "America/New_York")).toBe("2020-11-16T05:00:00.000000Z");
  });

  it("that is an instant stands as it is, and nobody is asked for a zone", () => {
    const refuse = (): string => {
      throw new Error("asked");
    };
    expect(readTime("1970-01-01T00:00:01Z", "--at", refuse)).toBe(1_000_000);
    expect(readTime("1970-01-01T01:00+01:00", "--at", refuse)).toBe(0);
  });

  it.each(["yesterday", "2020-11-31", "2020-13-01", "2020-1-1", "2020-11-16T06:00", "", "20201116"])(
    "%j is none",
    (text) => {
      expect(() => read(text)).toThrow(/time\.malformed.*--at/);
    },
  );
});
