/** The files that a new mission begins with, from a few answers: enough to be checked, honest about what is not known. */

export interface MissionAnswers {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  /** States of the two components, and of the two sides. */
  readonly sends: readonly [string, string];
  readonly parties: readonly [string, string];
  readonly host: string;
  readonly lon: number;
  readonly lat: number;
}

/** Name of the field, the question, and what an answer must look like. */
export const MISSION_QUESTIONS: readonly {
  readonly field: string;
  readonly question: string;
  readonly pattern: RegExp;
  readonly expected: string;
}[] = [
  {
    field: "id",
    question: "Short name of the mission, as border-2031",
    pattern: /^[a-z0-9][a-z0-9-]{1,40}$/,
    expected: "small letters, digits and dashes",
  },
  { field: "name", question: "Its name in words", pattern: /\S/, expected: "a name" },
  {
    field: "language",
    question: "Language of its names and findings (en, tr, ru …)",
    pattern: /^[a-z]{2,3}$/,
    expected: "a language tag",
  },
  {
    field: "timeZone",
    question: "Time zone, as Europe/Rome",
    pattern: /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/,
    expected: "an IANA time zone",
  },
  {
    field: "sends",
    question: "The two states that send a component (codes, with a space)",
    pattern: /^[A-Z0-9]{1,12} [A-Z0-9]{1,12}$/,
    expected: "two codes",
  },
  {
    field: "parties",
    question: "The two sides of the conflict (codes of their states, with a space)",
    pattern: /^[A-Z0-9]{1,12} [A-Z0-9]{1,12}$/,
    expected: "two codes",
  },
  { field: "host", question: "The host state (code)", pattern: /^[A-Z0-9]{1,12}$/, expected: "a code" },
  {
    field: "place",
    question: "Where the map opens: longitude and latitude in degrees",
    pattern: /^-?\d{1,3}(\.\d+)? -?\d{1,2}(\.\d+)?$/,
    expected: "two numbers",
  },
];

/** Answers by field → what the files are made of. */
export function answersOf(given: Readonly<Record<string, string>>): MissionAnswers {
  const pair = (field: string): [string, string] => given[field]!.split(" ") as [string, string];
  const [lon, lat] = pair("place").map(Number) as [number, number];
  const { id, name, language, timeZone, host } = given as Record<
    "id" | "name" | "language" | "timeZone" | "host",
    string
  >;
  return { id, name, language, timeZone, host, sends: pair("sends"), parties: pair("parties"), lon, lat };
}

/** File name → text. What nobody has answered is written as unknown, or is an empty list with a note of what belongs there. */
export function newMissionFiles(answers: MissionAnswers): ReadonlyMap<string, string> {
  return new Map([
    ["mission.yaml", missionFile(answers)],
    ["instruments/instrument-1.yaml", instrumentFile(answers)],
    ["zones.yaml", "# Zones in versions; their geometry in zones/*.geojson.\nzones: []\n"],
    ["rules.yaml", "# What turns the picture into alerts.\nrules: []\n"],
    ["gazetteer.yaml", "# Places with a neutral code and each side's own name.\nplaces: []\n"],
    ["references.yaml", "# Where each fact is known from.\nreferences: []\n"],
  ]);
}

const COLOURS = ["#0072b2", "#d55e00", "#9467bd", "#8c6d31"] as const;
const quoted = (text: string): string => JSON.stringify(text);

function missionFile({ id, name, language, timeZone, sends, parties, host, lon, lat }: MissionAnswers): string {
  const states = [...new Set([...sends, ...parties, host])].sort();
  const rolesOf = (state: string): string =>
    [
      ...(parties.includes(state) ? ["party", "signatory"] : []),
      ...(sends.includes(state) ? ["sending-state"] : []),
      ...(state === host ? ["host"] : []),
    ].join(", ");
  const named = (text: string): string => `{ ${language}: ${quoted(text)} }`;
  return `# Checked with: npx jmc mission check DIR. The schema of every field is in missions/schema/mission.schema.json.
format: openjmc-mission/1
id: ${id}
names: ${named(name)}
languages: [${language}]
completeLanguages: [${language}]
authenticLanguages: [${language}]
timeZone: ${timeZone}
map: { lon: ${lon}, lat: ${lat}, zoom: 8 }
components:
${["A", "B"].map((code, index) => `  - { code: ${code}, state: ${sends[index]}, names: ${named(`Component ${code} (${sends[index]})`)}, colour: "${COLOURS[index]}", languages: [${language}] }`).join("\n")}
parties:
${["P", "Q"].map((code, index) => `  - { code: ${code}, state: ${parties[index]}, names: ${named(parties[index]!)}, colour: "${COLOURS[index + 2]}" }`).join("\n")}
states:
${states.map((state) => `  - { code: ${state}, names: ${named(state)}, roles: [${rolesOf(state)}] }`).join("\n")}
release: { gridMetres: 1000, delayMinutes: 30 }
lapseHours: 48
clocks: { particularsHours: 24, admissionHours: 24, answerHours: 24, inquiryHours: 48, headsMinutes: 5, firstCallMinutes: 5, firstStatementHours: 2, closingHours: 48 }
reportCutOff: "19:30"
attributionThreshold: 0.8
reportUnit: { explosion: explosion, burst: burst, shot: shot, overflight: flight }
notes:
  - Release, lapse, clocks, cut-off, threshold and units are first values that both components must agree on.
`;
}

function instrumentFile({ language, parties, sends }: MissionAnswers): string {
  const signatories = [...new Set(parties)];
  return `# The first instrument. What is not known stays written as unknown; nothing is guessed.
id: instrument-1
kind: agreement
names: { ${language}: "Instrument 1" }
textPublic: false
signatories:
${signatories.map((state) => `  - { state: ${state}, standing: reported-signed }`).join("\n")}
sides: [P, Q]
signedAt: unknown
announcedAt: unknown
effectiveAt: unknown
authenticLanguages: unknown
witnesses: []
provisions:
  - id: instrument-1/1
    number: "1"
    kind: cease-fire
    names: { ${language}: "Ceasefire" }
    says: All fire ends.
    dutyHolders: [P, Q]
    performance: omission
    open: ["The text itself, and from when it binds."]
mandates:
${[...new Set(sends)].map((state) => `  - { by: ${state}, area: unknown, means: unknown, acts: unknown, attribution: unknown }`).join("\n")}
open: ["Everything that is not yet known of the text."]
`;
}
