import { expect, it } from "vitest";
import { partAsked } from "./part-asked.ts";

it("is one range within the file; the end where no end is named, the last bytes where no beginning is", () => {
  const asked = (header: string, length = 100) => partAsked(header, length);
  expect(asked("bytes=0-9")).toEqual({ start: 0, end: 9 });
  expect(asked("bytes=90-")).toEqual({ start: 90, end: 99 });
  expect(asked("bytes=-10")).toEqual({ start: 90, end: 99 });
  expect(asked("bytes=-1000")).toEqual({ start: 0, end: 99 });
  expect(asked("bytes=90-1000")).toEqual({ start: 90, end: 99 });
  for (const nothing of ["bytes=100-", "bytes=9-5", "bytes=-0"]) expect(asked(nothing)).toBe("outside");
  expect(asked("bytes=0-", 0)).toBe("outside");
  for (const whole of ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=0x1-2"])
    expect(asked(whole)).toBeUndefined();
});
