/** `scenarios/*.yaml`: a mission as it is played: who states what when, and what the centre must then answer. */
import { exactly, list, record, type Shape, type ShapeType, text } from "../shape/shape.ts";
import { code, moment, names } from "./common.ts";

/** Bodies and answers are what the kinds of statements and the interface say they are; the player finds out. */
const anything: Shape<unknown> = { schema: { description: "a value" } };

const act = record(
  "an act of an officer",
  { by: code, kind: text("kind of the statement"), body: anything },
  {
    subject: text("id of what it is about; a new one without it"),
    countersign: list(code, "officers of the other components who then sign the same text"),
    save: text("name under which later steps find its statement, as $name"),
    refused: text("code with which it must be refused; the record must then be as it was"),
  },
);

const ask = record(
  "a question to the centre",
  { by: code, get: text("path of the interface") },
  {
    hash: text("name under which later steps find the SHA-256 of the answer's bytes, as $name"),
    expect: anything,
    lacks: anything,
    contains: list(text("a text that the answer holds"), "texts"),
    excludes: list(text("a text that the answer must not hold"), "texts"),
  },
);

const step = record(
  "what happens, and what follows",
  { at: moment, says: text("what happens, in one sentence") },
  { acts: list(act, "acts, one after the other"), asks: list(ask, "questions") },
);

export const scenarioFile = record(
  "a scenario",
  { format: exactly("openjmc-scenario/1"), names, startsAt: moment, steps: list(step, "steps in order of time", 1) },
  {
    without: list(text("a file of the mission"), "files that are left out: what they know is what the scenario tells"),
    archive: list(text("a release level"), "archives made at the end, each of which must verify"),
    annotations: list(step, "steps in a log of annotations that succeeds the closed record"),
  },
);
export type ScenarioFile = ShapeType<typeof scenarioFile>;
export type ScenarioStep = ScenarioFile["steps"][number];
