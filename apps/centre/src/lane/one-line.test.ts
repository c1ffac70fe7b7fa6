import { canonicalize } from "@openjmc/record";
import fc from "fast-check";
import { expect, it } from "vitest";
import { oneLine } from "./one-line.ts";

it("is a line that the record takes, whatever was sent and wherever it is cut", () => {
  const told = fc.string({
    unit: fc.constantFrom("e\u0301", "\u{1f198}", "\ud83c", "a", " ", "\n", "\u202e", "\u0301"),
    maxLength: 40,
  });
  fc.assert(
    fc.property(told, fc.integer({ min: 0, max: 30 }), (text, longest) => {
      const line = oneLine(text, longest);
      expect(line.length).toBeLessThanOrEqual(longest);
      expect(canonicalize(line)).toMatchObject({ ok: true });
    }),
  );
});

it("keeps what is said", () => {
  expect(oneLine("  HELP\nat the\u202emill \u{1f198}  ", 60)).toBe("HELP at the mill \u{1f198}");
});
