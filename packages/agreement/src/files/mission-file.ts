/** `mission.yaml`: who the mission is. */
import { CHANNELS, CONTACT_LINES, COUNT_UNITS, OBSERVATION_KINDS, PLACE_NAMINGS } from "@openjmc/model";
import type { ShapeType } from "../shape/shape.ts";
import { decimal, either, exactly, list, record, table, text, whole, word } from "../shape/shape.ts";
import {
  code,
  colour,
  day,
  languageTag,
  latitude,
  longitude,
  moment,
  names,
  position,
  precision,
  told,
} from "./common.ts";

const component = record(
  "one of the two components that run the centre",
  {
    code,
    state: code,
    names,
    colour,
    languages: list(languageTag, "languages it signs in; the first is authentic", 1),
  },
  { strength: whole("service members sent", 0), basis: text("where this is known from") },
);

const party = record("a side of the conflict", { code, state: code, names, colour });

const roleOfState = word(["party", "sending-state", "host", "contingent", "signatory"]);
const state = record(
  "a state or body that has a part in the mission",
  { code, names, roles: list(roleOfState, "its parts", 1) },
  { note: text("what must be said about it") },
);

const site = record(
  "where the centre stands",
  { names, position, precision, basis: text("where this is known from") },
  { note: text("what must be said about it") },
);

const release = record("what leaves the two components", {
  gridMetres: whole("no position finer than this", 1),
  delayMinutes: whole("nothing sooner than this", 0),
});

const retention = record("how long recordings are kept; what no rule names is kept for good", {
  id: code,
  what: word(["journal", "picture"]),
  days: whole("days after which they are removed", 1),
  basis: text("who decided this, and where it is written"),
});

const naming = record("how places are named where both components and the parties read", {
  places: word(PLACE_NAMINGS, "each reader's own language; every party's name side by side; the neutral code alone"),
  basis: text("who decided this, and where it is written"),
});

const when = either("a day in the mission's time zone, or an instant", day, moment);

const officer = record("an officer by role name", {
  id: code,
  component: code,
  roles: list(
    word(["duty-officer", "head-of-component", "deputy-head", "liaison-officer", "analyst", "engineer"]),
    "roles",
    1,
  ),
});

const recipient = record("somebody outside who is told; where to reach them stands in the centre's folder, not here", {
  id: code,
  side: code,
  names,
  language: languageTag,
});

const contact = record(
  "an office that the centre talks to: by which line, in which language; numbers and addresses stand in the centre's folder",
  { id: code, of: code, names, line: word(CONTACT_LINES), languages: list(languageTag, "languages", 1) },
  { reference: code, note: told("what must be said about it") },
);

const escalation = record("how word leaves the centre when it cannot wait", {
  recipients: list(recipient, "who is told: offices of the sending states, and for flashes one of each party", 1),
  ladder: list(
    record("a rung: all of it are told at the same time, by one channel after the other", {
      to: list(code, "recipients", 1),
      channels: list(
        record("a channel, and how long it may stay without an answer", {
          by: word(CHANNELS),
          minutes: whole("minutes until the next channel, or the next rung", 1),
        }),
        "channels in their order",
        1,
      ),
    }),
    "rungs in their order; the next one begins when nobody of the one before has answered",
  ),
  flash: list(word(CHANNELS), "channels of a flash to the parties, all at once, besides the portal"),
});

export const missionFile = record(
  "who the mission is and its settings",
  {
    format: exactly("openjmc-mission/1"),
    id: code,
    names,
    languages: list(languageTag, "languages of the centre", 1),
    completeLanguages: list(languageTag, "languages in which every name must be given", 1),
    authenticLanguages: list(languageTag, "languages in which findings are authentic", 1),
    timeZone: text("IANA time zone"),
    map: record("where the map opens", { lon: longitude, lat: latitude, zoom: decimal("zoom level", 0, 22) }),
    components: list(component, "the two components", 2),
    parties: list(party, "the sides of the conflict", 2),
    states: list(state, "states and bodies", 1),
    release,
    lapseHours: whole("hours until an unanswered proposal lapses", 1),
    reportCutOff: text("local time of the daily report's cut-off", "^([01]\\d|2[0-3]):[0-5]\\d$"),
    attributionThreshold: decimal("probability below which nothing is attributed", 0, 1),
    reportUnit: table(word(COUNT_UNITS), `unit of count by kind (${OBSERVATION_KINDS.join(", ")})`),
  },
  {
    site,
    operation: list(
      record("a span in which the centre worked", { from: when }, { until: when }),
      "when the centre worked; absent while it is being founded",
    ),
    retention: list(retention, "rules for keeping recordings"),
    attributionThresholds: table(
      decimal("probability below which nothing is attributed", 0, 1),
      `thresholds of their own by kind (${OBSERVATION_KINDS.join(", ")})`,
    ),
    oneSourceConfidence: decimal("how sure a finding may be at most that rests on one source", 0, 1),
    naming,
    escalation,
    contacts: list(contact, "whom the centre talks to"),
    reportSchedule: list(
      record(
        "a report that the centre makes and keeps by itself at the cut-off",
        {
          kind: word(["daily", "weekly"]),
          languages: list(languageTag, "languages, an edition of each", 1),
          format: word(["pdf", "html", "csv", "json"]),
          audience: word(["component", "public"]),
        },
        { weekday: whole("of a weekly one: Monday is 1", 1, 7) },
      ),
      "reports that are made by themselves",
    ),
    leastWatchedShare: decimal(
      "share of the hours of a means below which no report may say that nothing happened",
      0,
      1,
    ),
    alarms: record(
      "alarms on the officers' queue",
      {},
      {
        shelveMostHours: whole("hours for which an alarm may be shelved at most", 1, 168),
        floodPerTenMinutes: whole("alerts in ten minutes above which they are a flood", 1, 1000),
      },
    ),
    clocks: record(
      "how long each step of the desk's work may take",
      {},
      {
        particularsHours: whole("hours until an allegation's missing particulars are there", 1, 8760),
        admissionHours: whole("hours until a complete allegation is admitted or not", 1, 8760),
        answerHours: whole("hours until the accused side has answered", 1, 8760),
        inquiryHours: whole("hours from an allegation's completeness to its outcome", 1, 8760),
        headsMinutes: whole("minutes for which a component may leave an alert unanswered", 1, 1440),
        firstCallMinutes: whole("minutes from an incident's opening to the first call about it", 1, 1440),
        firstStatementHours: whole("hours from an incident's opening to the first statement on it", 1, 8760),
        closingHours: whole("hours from an incident's opening to an issued finding", 1, 8760),
      },
    ),
    terrain: record("the shape of the land, of which terrain.asc holds the heights above mean sea level", {
      basis: told("who measured it, and how finely"),
    }),
    heights: record(
      "how heights of several references compare, as far as it is known beforehand; weather stations tell the pressure of the hour",
      { basis: told("where this is known from") },
      {
        geoidMetres: decimal("of mean sea level above the ellipsoid, in the middle of the area", -110, 90),
        geoidDoubtMetres: decimal("by how much it may be otherwise anywhere in the area", 0, 50),
      },
    ),
    partyFiles: record("what each party may hand in through the portal", {
      mostMegabytes: whole("size of a file at most, in millions of bytes", 1, 2000),
      mostMegabytesPerDay: whole("size of all files of one party in a day at most, in millions of bytes", 1, 100_000),
    }),
    officers: list(officer, "officers by role name"),
    notes: list(text("what must be known about these settings")),
  },
);
export type MissionFile = ShapeType<typeof missionFile>;
