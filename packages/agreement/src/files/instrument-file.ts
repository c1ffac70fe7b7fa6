/** `instruments/*.yaml`: one instrument each, with its text witnesses, provisions, term and what it says of the centre. */
import { MANDATE_ACTS, WEAPONS } from "@openjmc/model";
import { decimal, either, flag, list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { access, code, day, dayOrUnknown, languageTag, momentOrUnknown, names, told, unknown } from "./common.ts";

export const PROVISION_KINDS = [
  "cease-fire",
  "stop-in-place",
  "withdraw",
  "hand-over",
  "deploy",
  "ceiling",
  "corridor",
  "return-of-people",
  "exchange",
  "transport",
  "monitor",
  "notify",
  "term",
] as const;

const reference = code;

const signatory = record(
  "who signed",
  { state: code, standing: word(["signed", "reported-signed", "not-a-signatory"]) },
  { by: text("office held by the person who signed"), reference },
);

const witness = record(
  "one published wording of the text",
  {
    id: code,
    publisher: told("who published it"),
    language: languageTag,
    nature: word(["original", "official-translation", "translation", "machine-translation", "draft", "unknown"]),
    reference,
    sha256: either("hash of the kept copy, or unknown", text("SHA-256, hex", "^[0-9a-f]{64}$"), unknown),
  },
  { differences: list(told("where it departs from other wordings"), "differences") },
);

const reading = record(
  "how somebody reads it",
  { by: text("code of a state, a party, or whose reading it is"), says: told("the reading, in our words") },
  { reference, value: text("the choice that this reading makes, as data") },
);

const deadline = record(
  "until when",
  {
    day,
    inclusive: word(["inclusive", "exclusive", "open"], "whether the day itself still counts"),
    timeZones: list(text("IANA time zone"), "zones in which the day may be meant", 1),
  },
  { wordings: list(text("the word used, and by which witness"), "wordings") },
);

const strength = record(
  "a stated number",
  {
    what: text("what is counted; declarations name it so"),
    number: whole("the number", 0),
    readings: list(word(["exact", "ceiling"]), "how it can be read", 1),
  },
  { names, note: told("what must be said about it") },
);

const withdrawal = record("weapons that must stand off a line", {
  weapons: list(word(WEAPONS), "kinds of weapons", 1),
  metresFromLine: decimal("least distance from the line", 0),
});

const provision = record(
  "a provision",
  {
    id: code,
    number: text("number in the text"),
    kind: word(PROVISION_KINDS),
    names,
    says: told("what it says, in our words"),
    dutyHolders: either("who must", list(code, "codes", 1), unknown),
    performance: word(["act", "omission", "both"], "to do, or not to do"),
  },
  {
    beneficiaries: list(code, "for whom"),
    object: text("what it is about"),
    from: momentOrUnknown,
    deadline,
    zone: code,
    zones: list(code, "where it holds in several zones", 1),
    strengths: list(strength, "stated numbers"),
    withdrawal: list(withdrawal, "distances by weapon"),
    dependsOn: list(record("a link", { provision: code, relation: word(["in-parallel-with", "after", "before"]) })),
    readings: list(reading, "readings that differ"),
    verification: told("how it can be verified, and by whom"),
    permits: list(word(MANDATE_ACTS), "acts of the centre that rest on it"),
    reference,
    open: list(told("what is not known"), "open points"),
  },
);

const term = record(
  "how long it lasts",
  {
    from: momentOrUnknown,
    years: whole("years of one term", 0),
    renewal: word(["another", "successive", "open", "none"], "one further period, or period after period"),
    notice: record("how it is ended", {
      monthsBefore: whole("months before the end of the term", 0),
      by: word(["either-side", "a-party", "open"], "who may give it"),
    }),
  },
  { provision: code, readings: list(reading, "readings that differ") },
);

const mandate = record(
  "what the centre may do, as this instrument or a state reads it",
  {
    by: text("the instrument itself, or the state whose reading it is"),
    area: told("where"),
    means: either("by which means", list(told("a means"), "means", 1), unknown),
    acts: either("which acts", list(told("an act"), "acts", 1), unknown),
    attribution: word(["required", "allowed", "forbidden", "unknown"], "saying who did it"),
  },
  {
    excluded: list(told("what is ruled out"), "excluded"),
    permits: list(word(MANDATE_ACTS), "acts that it lets the centre do, as codes"),
    forbids: list(word(MANDATE_ACTS), "acts that it rules out, as codes"),
    period: record("when", { from: dayOrUnknown, until: dayOrUnknown }),
    reference,
    note: told("what must be said about it"),
  },
);

export const instrumentFile = record(
  "an instrument",
  {
    id: code,
    kind: text("kind of instrument"),
    names,
    textPublic: flag("whether its text is public"),
    signatories: list(signatory, "who signed", 1),
    signedAt: either("a day, an instant, or unknown", day, momentOrUnknown),
    announcedAt: either("a day, an instant, or unknown", day, momentOrUnknown),
    effectiveAt: either("a day, an instant, or unknown", day, momentOrUnknown),
    authenticLanguages: either("languages of equal force", list(languageTag, "languages", 1), unknown),
    witnesses: list(witness, "text witnesses"),
    provisions: list(provision, "provisions"),
  },
  {
    titles: list(text("a title variant, with its publisher"), "title variants"),
    sides: list(code, "whom the text means by 'the Parties'"),
    term,
    mandates: list(mandate, "what it says of the centre"),
    access,
    open: list(told("what is not known"), "open points"),
  },
);
export type InstrumentFile = ShapeType<typeof instrumentFile>;
export type ProvisionEntry = InstrumentFile["provisions"][number];
