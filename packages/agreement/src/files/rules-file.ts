/** `rules.yaml`: what turns the picture into alerts. */
import { ACCOUNT_RULES, COUNT_QUALIFIERS, COUNT_UNITS, OBSERVATION_KINDS } from "@openjmc/model";
import { decimal, list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { code, names, told } from "./common.ts";
import { ZONE_KINDS } from "./zones-file.ts";

export const rulesFile = record(
  "rules for alerts",
  {
    rules: list(
      record(
        "a rule",
        {
          id: code,
          kind: word([
            "no-fly-entry",
            "flight-deviation",
            "ceasefire-event",
            "source-lost",
            "interference",
            "deadline",
          ]),
          names,
          severity: word(["information", "caution", "warning", "urgent"]),
          holdSeconds: decimal("seconds that the condition must hold, and be gone", 0),
        },
        {
          provision: code,
          daysBefore: list(whole("days", 0, 400), "how long before a day of the agreement it speaks", 1),
          zoneKinds: list(word(ZONE_KINDS), "kinds of zones it watches"),
          eventKinds: list(word(OBSERVATION_KINDS), "kinds of events it watches"),
          minimumProbability: decimal("probability of being inside", 0, 1),
          groupSeconds: decimal("events closer in time belong to one alert", 0),
          groupMetres: decimal("events closer in space belong to one alert", 0),
          altitudeToleranceMetres: decimal("altitudes closer to the band's edge are undetermined", 0),
          unknownAltitude: word(
            ["undetermined", "inside"],
            "how a target counts whose altitude nobody tells, in a zone with a band; undetermined without it",
          ),
          routeToleranceMetres: decimal("a flight so little off its route keeps to it", 0),
          timeToleranceSeconds: decimal("a flight so little before or after its time keeps to it", 0),
          rationale: record("why this is an alarm (ANSI/ISA-18.2, rationalisation)", {
            cause: told("what may lie behind it"),
            consequence: told("what comes of it if nobody acts"),
            response: told("what the watch does"),
          }),
          suppressedBy: list(code, "rules whose alert about the same subject tells this already", 1),
        },
      ),
    ),
  },
  {
    accounts: word(
      ACCOUNT_RULES,
      "which account of an event by several means is preferred where nobody has said otherwise",
    ),
    countConversions: list(
      record("a rule by which a number of one unit may be told as a number of another; it holds one way", {
        id: code,
        names,
        from: word(COUNT_UNITS),
        to: word(COUNT_UNITS),
        each: whole("how many of the second one of the first stands for", 1),
        qualifier: word(COUNT_QUALIFIERS),
        basis: text("who decided this, and where it is written"),
      }),
      "how units of count may be converted; without a rule they are not",
    ),
  },
);
export type RulesFile = ShapeType<typeof rulesFile>;
