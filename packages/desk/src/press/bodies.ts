/** Fields of what is stated at the open-source desk. */
import { ALIGNMENTS, CLAIM_CERTAINTIES, JUDGED_KINDS, TRANSLATIONS, VERDICTS } from "@openjmc/model";
import { code, language, optionalText, text } from "../fields.ts";
import type { Field, Fields } from "../shape.ts";

const place: Field = { type: "integer", least: 0, most: 1_000_000 };
const SIDES_OF_A_NUMBER = ["each", "total"] as const;

/** What leaves with a claim is a short quotation, never a text. */
export const LONGEST_QUOTE = 280;

export const PRESS_BODIES: Readonly<Record<string, Fields>> = {
  "text.received": {
    outlet: text(80),
    language,
    title: text(300),
    publishedAt: { type: "instant" },
    timeZone: text(64),
    retrievedAt: { type: "instant" },
    address: optionalText(500),
    original: { type: "sha256" },
    mediaType: text(100),
    text: { type: "sha256" },
    characters: { type: "integer", least: 1, most: 1_000_000 },
    translation: code(TRANSLATIONS),
    translationOf: { type: "ulid", optional: true },
    alignment: code(ALIGNMENTS),
    side: optionalText(40),
    repeats: { type: "ulid", optional: true },
    cites: optionalText(80),
  },
  "reading.judged": {
    text: { type: "sha256" },
    judgements: {
      type: "list",
      least: 1,
      most: 100,
      of: {
        type: "body",
        fields: {
          start: place,
          end: place,
          kind: code(JUDGED_KINDS),
          verdict: code(VERDICTS),
          value: text(200),
          words: optionalText(LONGEST_QUOTE),
        },
      },
    },
  },
  "claim.stated": {
    text: { type: "ulid" },
    fact: text(80),
    aspect: optionalText(80),
    value: text(200),
    of: { type: "code", list: SIDES_OF_A_NUMBER, optional: true },
    validFrom: { type: "day", optional: true },
    validUntil: { type: "day", optional: true },
    speaker: {
      type: "body",
      optional: true,
      fields: { code: optionalText(80), name: text(120), isPerson: { type: "boolean" } },
    },
    form: code(["quote", "paraphrase"]),
    certainty: code(CLAIM_CERTAINTIES),
    certaintyWords: optionalText(200),
    framing: { type: "list", most: 12, of: text(80), optional: true },
    start: place,
    end: place,
    quote: text(LONGEST_QUOTE),
  },
  "value.adopted": {
    fact: text(80),
    aspect: optionalText(80),
    value: text(200),
    of: { type: "code", list: SIDES_OF_A_NUMBER, optional: true },
    reasons: text(4_000),
    claims: { type: "list", most: 50, of: { type: "ulid" } },
  },
};
