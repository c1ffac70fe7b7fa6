/** Fields of what is stated in the course of a case. */
import {
  ADMIRALTY_CREDIBILITY,
  ADMIRALTY_RELIABILITY,
  CASUALTY_GROUPS,
  CASUALTY_HARMS,
  CASUALTY_STANDINGS,
  COUNT_QUALIFIERS,
  CUSTODY_STEPS,
  FOLLOW_UP_STATES,
  LINK_RELATIONS,
  SOURCE_TIES,
} from "@openjmc/model";
import { fileCustody } from "../docket/bodies.ts";
import { code, origin, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

export const INQUIRY_BODIES: Readonly<Record<string, Fields>> = {
  "incident.led": { officer: text(128) },
  "incident.planned": {
    steps: {
      type: "list",
      least: 1,
      most: 30,
      of: { type: "body", fields: { what: text(500), who: text(128), until: { type: "instant" } } },
    },
  },
  "incident.linked": { to: { type: "ulid" }, relation: code(LINK_RELATIONS), reason: text(2_000) },
  "evidence.graded": {
    incident: { type: "ulid" },
    evidence: text(64),
    target: text(64),
    reliability: code(ADMIRALTY_RELIABILITY),
    credibility: code(ADMIRALTY_CREDIBILITY),
    origin: { type: "body", fields: origin },
    reason: text(2_000),
  },
  "custody.stated": {
    incident: { type: "ulid" },
    evidence: text(64),
    target: text(64),
    step: code(CUSTODY_STEPS),
    ...fileCustody,
  },
  "casualties.stated": {
    incident: { type: "ulid" },
    group: code(CASUALTY_GROUPS),
    harm: code(CASUALTY_HARMS),
    standing: code(CASUALTY_STANDINGS),
    number: { type: "integer", least: 0, most: 1_000_000 },
    qualifier: code(COUNT_QUALIFIERS),
    statedBy: text(80),
    sources: { type: "list", most: 20, of: { type: "body", fields: origin } },
    note: text(2_000, 0),
  },
  "source.tied": { one: text(200), other: text(200), tie: code(SOURCE_TIES), reason: text(2_000) },
  "followup.recorded": {
    finding: { type: "sha256" },
    demand: { type: "integer", least: 0, most: 100 },
    state: code(FOLLOW_UP_STATES),
    text: text(4_000),
  },
};
