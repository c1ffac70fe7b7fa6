/** `scenarios/*.yaml`: a mission as it is played: who states what when, and what the centre must then answer. */
import { decimal, exactly, list, record, type Shape, type ShapeType, table, text, whole } from "../shape/shape.ts";
import { code, latitude, longitude, moment, names } from "./common.ts";

/** Bodies and answers are what the kinds of statements and the interface say they are; the player finds out. */
const anything: Shape<unknown> = { schema: { description: "a value" } };

const act = record(
  "an act of an officer",
  { by: code, kind: text("kind of the statement"), body: anything },
  {
    subject: text("id of what it is about; a new one without it"),
    refs: list(record("a reference", { rel: text("what it is"), sha256: text("hash, or $name") }), "references"),
    attach: text("content of a file that is stored before; its SHA-256 is $file in the body and the references"),
    seal: record("sealed in the officer's own component's room, opened when both are in or this clock has run out", {
      incident: text("the incident that it is a conclusion on"),
      deadline: moment,
    }),
    countersign: list(code, "officers of the other components who then sign the same text"),
    save: text("name under which later steps find its statement, as $name"),
    refused: text("code with which it must be refused; the record must then be as it was"),
  },
);

const ask = record(
  "a question to the centre",
  {
    by: text("who asks: an officer, a recipient of the escalation plan, or public"),
    get: text("path of the interface"),
  },
  {
    save: table(
      text("path in the answer, as rows.0.id"),
      "names under which later steps find parts of the answer, as $name",
    ),
    refused: text("code with which it must be refused"),
    hash: text("name under which later steps find the SHA-256 of the answer's bytes, as $name"),
    expect: anything,
    lacks: anything,
    together: text("path in the answer to a list whose items were recorded together, as deliveries"),
    contains: list(text("a text that the answer holds"), "texts"),
    excludes: list(text("a text that the answer must not hold"), "texts"),
  },
);

const step = record(
  "what happens, and what follows",
  { at: moment, says: text("what happens, in one sentence") },
  {
    acts: list(act, "acts, one after the other"),
    asks: list(ask, "questions"),
    unreadable: list(text("a text"), "texts that stand in no file of the centre, of either component or of a mirror"),
    mirrors: list(text("kind of entry"), "kinds of entries that both components' mirrors hold, the same and not none"),
  },
);

const fire = record("something that goes off", {
  at: moment,
  lon: longitude,
  lat: latitude,
  weapon: text("class of what is heard, as the exercise knows it"),
  rounds: whole("how many", 1, 100),
  secondsApart: decimal("seconds from one to the next", 0.4, 60),
});

const silence = record("a station that sends nothing", { station: code, from: moment, until: moment });

const sound = record(
  "what stations of the exercise hear: their true bytes come over real sockets",
  {
    stations: list(code, "sources of the exercise that stand; the others are left out", 4),
    fires: list(fire, "what goes off"),
  },
  {
    silences: list(silence, "stations that are silent"),
    until: moment,
    seed: text("what chance makes of the rest"),
  },
);

const link = record("the line between the components and the centre", {
  bitsPerSecond: whole("in each direction, of all connections of one component together", 1_000),
  delayMilliseconds: whole("there and back", 0, 10_000),
  lossShare: decimal("share of packets that must be sent again", 0, 0.5),
});

const variant = record("one way in which it goes on", {
  id: code,
  says: text("what is otherwise, in one sentence"),
  steps: list(step, "steps in order of time", 1),
});

export const scenarioFile = record(
  "a scenario",
  { format: exactly("openjmc-scenario/1"), names, startsAt: moment, steps: list(step, "steps in order of time", 1) },
  {
    recipients: table(text("token"), "recipients of the escalation plan who read their own feed with a token"),
    settings: table(anything, "settings of the mission that are other in this scenario"),
    sound,
    link,
    variants: list(variant, "each is played from the beginning, behind the steps", 1),
    without: list(text("a file of the mission"), "files that are left out: what they know is what the scenario tells"),
    archive: list(text("a release level"), "archives made at the end, each of which must verify"),
    annotations: list(step, "steps in a log of annotations that succeeds the closed record"),
  },
);
export type ScenarioFile = ShapeType<typeof scenarioFile>;
export type ScenarioStep = ScenarioFile["steps"][number];
export type ScenarioLink = NonNullable<ScenarioFile["link"]>;
export type ScenarioSound = NonNullable<ScenarioFile["sound"]>;
