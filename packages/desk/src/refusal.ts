/** How the desk refuses a statement. */
import type { Fault } from "@openjmc/model";

/** A fault that names the field, what was expected and what came. */
export const refusal = (code: string, field: string, expected: string, got: string): Fault => ({
  code,
  what: "statement",
  where: { field },
  expected,
  got: got.slice(0, 80),
});
