/** The minimum particulars of an allegation: without them it rests, and is counted nowhere. */
import type { AllegationBody, AllegationRow } from "@openjmc/model";

/** The minimum particulars that an allegation lacks: when, where, what, harm, basis. */
export function missingParticulars(body: AllegationBody): AllegationRow["missing"] {
  const absent: AllegationRow["missing"][number][] = [];
  if (body.occurredAt === undefined) absent.push("when");
  if (body.place === undefined) absent.push("where");
  if (body.what.trim() === "" || body.observation === undefined) absent.push("what");
  if (!body.harm?.trim()) absent.push("harm");
  if (!body.basis?.trim()) absent.push("basis");
  return absent;
}
