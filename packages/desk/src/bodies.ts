/** The field tables of every kind of statement that people write. */
import { CONSENTS, FACT_KINDS } from "@openjmc/agreement";
import { DERIVATION_KINDS, DIRECTIONS, MEANS, OBSERVATION_KINDS, VISIBILITIES, WEAPONS } from "@openjmc/model";
import { ACCOUNT_BODIES } from "./accounts/prefer.ts";
import { ALARM_BODIES } from "./alarms/bodies.ts";
import { COLLECTION_BODIES, FLIGHT_PLAN } from "./collection/bodies.ts";
import { DISMISSAL_BODIES } from "./dismissal/bodies.ts";
import { DOCKET_BODIES } from "./docket/bodies.ts";
import { ESCALATION_BODIES } from "./escalation/bodies.ts";
import { asks, code, count, optionalText, place, text } from "./fields.ts";
import { INFLUENCE_BODIES } from "./influence/bodies.ts";
import { INQUIRY_BODIES } from "./inquiry/bodies.ts";
import { LIST_BODIES } from "./lists/submit.ts";
import { MATTER_BODIES } from "./matters/bodies.ts";
import { MISSION_BODIES } from "./mission-acts.ts";
import { PRESS_BODIES } from "./press/bodies.ts";
import { REPORT_BODIES } from "./reports.ts";
import type { Fields } from "./shape.ts";

const consent: Fields = { state: text(80), consent: { type: "code", list: CONSENTS } };

/** Kind → fields of its body. A kind that is not here is not for people. */
export const BODIES: Readonly<Record<string, Fields>> = {
  ...MISSION_BODIES,
  ...DOCKET_BODIES,
  ...INQUIRY_BODIES,
  ...INFLUENCE_BODIES,
  ...ESCALATION_BODIES,
  ...MATTER_BODIES,
  ...LIST_BODIES,
  ...REPORT_BODIES,
  ...COLLECTION_BODIES,
  ...ACCOUNT_BODIES,
  ...PRESS_BODIES,
  "act.dissented": { proposal: { type: "sha256" }, text: text(12_000), language: text(8, 2) },
  "act.withdrawn": { proposal: { type: "sha256" }, reason: text(2_000) },
  "alert.acknowledged": { note: text(2_000, 0) },
  ...DISMISSAL_BODIES,
  ...ALARM_BODIES,
  "incident.opened": {
    title: text(200),
    alert: { type: "text", most: 64, optional: true },
    occurredAt: { type: "instant" },
    lon: { type: "degrees", limit: 180, optional: true },
    lat: { type: "degrees", limit: 90, optional: true },
  },
  "incident.noted": { text: text(8_000) },
  "evidence.attached": {
    incident: { type: "ulid" },
    kind: { type: "code", list: ["track", "event", "sighting", "file", "alert", "allegation"] },
    target: text(64),
    title: text(200),
    mediaType: optionalText(100),
    bytes: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER, optional: true },
    derivation: {
      type: "body",
      fields: { from: { type: "sha256" }, what: code(DERIVATION_KINDS), by: text(200), how: text(2_000) },
      optional: true,
    },
  },
  sealed: {
    room: text(64),
    epoch: { type: "integer", least: 1, most: 1_000_000 },
    commitment: { type: "sha256" },
    ciphertext: { type: "sha256" },
    bytes: { type: "integer", least: 1, most: 200_000 },
    promise: {
      type: "body",
      fields: {
        kind: { type: "code", list: ["conclusion.stated"] },
        incident: { type: "ulid" },
        deadline: { type: "instant" },
      },
      optional: true,
    },
  },
  disclosed: { sealed: { type: "sha256" }, key: text(44, 44) },
  "key.destroyed": { sealed: { type: "sha256" }, reason: text(2_000) },
  "source.keyed": { source: text(80), key: { type: "sha256" } },
  "tap.compared": {
    from: { type: "instant" },
    until: { type: "instant" },
    same: { type: "integer", least: 0, most: 1_000_000 },
    others: {
      type: "list",
      most: 60,
      of: {
        type: "body",
        fields: {
          source: text(80),
          minute: { type: "instant" },
          outcome: { type: "code", list: ["missing", "different"] },
          ours: text(64, 0),
          centres: text(64, 0),
        },
      },
    },
  },
  "conclusion.stated": { incident: { type: "ulid" }, text: text(12_000), language: text(8, 2) },
  "sighting.reported": {
    observer: { type: "body", fields: place },
    occurredAt: { type: "instant" },
    timeUncertaintySeconds: { type: "integer", least: 0, most: 86_400 },
    means: { type: "code", list: MEANS },
    observation: { type: "code", list: OBSERVATION_KINDS },
    count: { type: "body", fields: count },
    bearingDegrees: { type: "integer", least: 0, most: 359, optional: true },
    bearingUncertaintyDegrees: { type: "integer", least: 0, most: 180, optional: true },
    rangeMetres: { type: "integer", least: 0, most: 100_000, optional: true },
    rangeUncertaintyMetres: { type: "integer", least: 0, most: 100_000, optional: true },
    place: { type: "body", fields: place, optional: true },
    direction: { type: "code", list: DIRECTIONS },
    weapon: { type: "code", list: WEAPONS },
    visibility: { type: "code", list: VISIBILITIES },
    remark: text(2_000, 0),
  },
  "allegation.received": {
    accuser: text(40),
    accused: optionalText(40),
    via: { type: "code", list: ["portal", "hotline", "import", "letter"] },
    what: text(8_000, 0),
    observation: { type: "code", list: OBSERVATION_KINDS, optional: true },
    count: { type: "body", fields: count, optional: true },
    occurredAt: { type: "instant", optional: true },
    place: { type: "body", fields: place, optional: true },
    harm: optionalText(4_000),
    basis: optionalText(4_000),
    language: text(8, 2),
  },
  "finding.proposed": {
    incident: { type: "ulid" },
    question: text(1_000),
    texts: { type: "texts", most: 6_000 },
    occurredAt: { type: "instant" },
    place: { type: "body", fields: place, optional: true },
    observation: { type: "code", list: OBSERVATION_KINDS },
    count: { type: "body", fields: count },
    means: { type: "list", of: { type: "code", list: MEANS }, most: MEANS.length },
    provision: text(80),
    judgement: { type: "code", list: ["recorded", "established", "not-a-violation", "unable-to-determine"] },
    unknowns: text(4_000, 0),
    version: optionalText(120),
    reading: optionalText(80),
    coverage: optionalText(4_000),
    confidencePerMille: { type: "integer", least: 0, most: 1_000, optional: true },
    attribution: {
      type: "body",
      fields: {
        actor: text(80),
        confidencePerMille: { type: "integer", least: 0, most: 1_000 },
        basis: text(4_000),
      },
      optional: true,
    },
    reply: {
      type: "body",
      fields: { by: text(80), askedAt: { type: "instant" }, text: text(8_000, 0), language: text(8, 2) },
      optional: true,
    },
    asked: { ...asks, optional: true },
    translations: { type: "list", most: 10, of: text(8, 2), optional: true },
    deadline: { type: "instant" },
  },
  "finding.dissented": { proposal: { type: "sha256" }, text: text(12_000), language: text(8, 2) },
  "finding.withdrawn": { proposal: { type: "sha256" }, reason: text(2_000) },
  "statement.withdrawn": { target: { type: "sha256" }, reason: text(2_000) },
  "fact.stated": {
    about: text(80),
    kind: { type: "code", list: FACT_KINDS },
    by: text(80),
    occurredAt: { type: "instant" },
    uncertaintySeconds: { type: "integer", least: 0, most: 366 * 86_400 },
    note: text(4_000, 0),
  },
  "amendment.recorded": {
    instrument: text(80),
    provision: text(80),
    form: { type: "code", list: ["written", "oral", "exchange", "unknown"] },
    deadlineDay: { type: "day", optional: true },
    announcedBy: text(80),
    announcedAt: { type: "instant" },
    effectiveAt: { type: "instant", optional: true },
    consents: { type: "list", of: { type: "body", fields: consent }, most: 20, least: 1 },
    note: text(4_000, 0),
  },
  "consent.recorded": { amendment: text(80), ...consent, note: text(4_000, 0) },
  "notice.recorded": { instrument: text(80), by: text(80), day: { type: "day" }, note: text(4_000, 0) },
  "flight.notified": { operator: text(80), ...FLIGHT_PLAN },
};
