/** Shapes that several mission files share. */
import { decimal, either, exactly, record, table, text, whole, word } from "../shape/shape.ts";

export const code = text("a short stable code", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$");
export const names = table(text("name in that language"), "names by language tag (BCP 47)");
/** A text of the mission's: in the one language of its files, or in several by tag; then in every complete one. */
export const told = (description: string) => either(description, text(description), names);
export const colour = text("#rrggbb", "^#[0-9a-fA-F]{6}$");
export const languageTag = text("language tag (BCP 47)", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$");
export const moment = text(
  "an instant, RFC 3339 with its own offset",
  "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)$",
);
export const day = text("a calendar day", "^\\d{4}-\\d\\d-\\d\\d$");
export const offsetFromStart = text("time after the exercise's start", "^\\+\\d{2,3}:\\d\\d:\\d\\d$");
/** A fact that public sources do not give is written down as such, never left out and never guessed. */
export const unknown = exactly("unknown");
export const longitude = decimal("longitude, degrees", -180, 180);
export const latitude = decimal("latitude, degrees", -90, 90);
export const position = record("a position, WGS 84", { lon: longitude, lat: latitude });
export const precision = text(
  "how far the drawn edge may be wrong, as 'sketch ±5 km'",
  "^(survey|map|sketch) ±\\d+(\\.\\d+)? (m|km)$",
);
export const heightReference = word(["ellipsoid", "msl", "pressure", "ground"], "what heights are measured from");
export const momentOrUnknown = either("an instant, or unknown", moment, unknown);
export const dayOrUnknown = either("a day, or unknown", day, unknown);
export const access = record(
  "inspections and visits, where the mandate has them: how long whoever is asked has for an answer",
  { provision: code, basis: text("who decided this, and where it is written") },
  {
    inspectionHours: whole("hours for the answer to an inspection", 1),
    visitHours: whole("hours for the answer to a visit", 1),
  },
);
