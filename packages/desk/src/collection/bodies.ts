/** Fields of flights that are told beforehand, of the components' own sorties and of the collection plan. */
import { COLLECTION_ANSWERS, COLLECTION_OUTCOMES, GAP_CAUSES, SORTIE_ANSWERS, SORTIE_STATES } from "@openjmc/model";
import { code, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const metres = { type: "integer", least: -500, most: 40_000, optional: true } as const;
const point: Fields = { lon: { type: "degrees", limit: 180 }, lat: { type: "degrees", limit: 90 } };
const asked = (least: number) => ({ type: "list", of: text(80), most: 10, least }) as const;

/** What is told of a flight: who it is by address, callsign or serial number, where, when and how high it goes. */
export const FLIGHT_PLAN: Fields = {
  callsign: optionalText(8),
  icao: { type: "text", most: 6, least: 6, optional: true },
  serial: optionalText(20),
  type: text(40),
  purpose: text(200),
  zones: { type: "list", of: text(80), most: 50 },
  from: { type: "instant" },
  until: { type: "instant" },
  floorMetres: metres,
  ceilingMetres: metres,
  altitudeReference: { type: "code", list: ["ellipsoid", "msl", "pressure", "ground"], optional: true },
  route: { type: "list", of: { type: "body", fields: point }, most: 40, optional: true },
  corridorMetres: { type: "integer", least: 0, most: 100_000, optional: true },
};

export const COLLECTION_BODIES: Readonly<Record<string, Fields>> = {
  "sortie.requested": { ...FLIGHT_PLAN, asked: asked(1) },
  "sortie.answered": { by: text(80), answer: code(SORTIE_ANSWERS), note: text(2_000, 0) },
  "sortie.reported": { state: code(SORTIE_STATES), at: { type: "instant" }, note: text(2_000, 0) },
  "collection.requested": {
    source: optionalText(80),
    asset: text(200),
    target: text(400),
    purpose: text(400),
    place: { type: "body", fields: place, optional: true },
    zone: optionalText(80),
    from: { type: "instant" },
    until: { type: "instant" },
    asked: asked(0),
  },
  "collection.answered": { by: text(80), answer: code(COLLECTION_ANSWERS), note: text(2_000, 0) },
  "collection.reported": {
    outcome: code(COLLECTION_OUTCOMES),
    from: { type: "instant" },
    until: { type: "instant" },
    text: text(4_000, 0),
    cause: { type: "code", list: GAP_CAUSES, optional: true },
  },
};
