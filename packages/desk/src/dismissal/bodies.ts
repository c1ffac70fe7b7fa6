/** Fields of what is stated when an alert needs no incident. */
import { DISMISSAL_CAUSES } from "@openjmc/model";
import { code, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const reason = { cause: code(DISMISSAL_CAUSES), reason: text(2_000) } as const;

export const DISMISSAL_BODIES: Readonly<Record<string, Fields>> = {
  "alert.assessed": reason,
  "alert.dismissed": { ...reason, deadline: { type: "instant" } },
};
