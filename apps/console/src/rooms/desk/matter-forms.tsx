/** Forms of matters on the ground: what begins one, and the steps on it. */
import {
  DAMAGE_STATES,
  INTERFERENCE_KINDS,
  type MatterRow,
  type MatterTopic,
  RESTRICTION_ENDS,
  RESTRICTION_KINDS,
  SILENCE_PURPOSES,
} from "@openjmc/model";
import type { WordsKey } from "@openjmc/words";
import { ActForm } from "../../forms/act-form.tsx";
import type { FormField } from "../../forms/form-body.ts";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useWords } from "../../words/use-words.tsx";
import { incident, language, provision } from "./fields.ts";

interface Beginning {
  readonly kind: string;
  readonly heading: WordsKey;
  readonly send: WordsKey;
  readonly fields: (choices: Choices) => readonly FormField[];
  readonly hasIncident: boolean;
}

const title: FormField = { name: "title", label: "influence.matter.title", as: "text", most: 200 };
const area: FormField = { name: "area", label: "influence.matter.area", as: "text", most: 400 };
const from: FormField = { name: "from", label: "influence.matter.from", as: "instant" };
const place: FormField = { name: "place", label: "console.place", as: "place", optional: true };

const BEGINNINGS: Readonly<Record<MatterTopic, Beginning>> = {
  silence: {
    kind: "silence.agreed",
    heading: "influence.silence.new",
    send: "influence.silence.send",
    hasIncident: false,
    fields: (choices) => [
      title,
      {
        ...{ name: "purpose", label: "influence.silence.purpose", as: "choice" },
        choices: choices.codes("silencePurpose", SILENCE_PURPOSES),
      },
      area,
      from,
      { name: "until", label: "influence.matter.until", as: "instant" },
      { name: "sides", label: "influence.silence.sides", as: "several", choices: choices.parties, least: 1 },
      place,
    ],
  },
  "own-act": {
    kind: "own-act.declared",
    heading: "influence.declaration.new",
    send: "influence.declaration.send",
    hasIncident: true,
    fields: (choices) => [
      title,
      { name: "by", label: "influence.declaration.by", as: "choice", choices: choices.parties },
      { name: "occurredAt", label: "influence.declaration.occurred", as: "instant" },
      language(choices),
      { name: "text", label: "influence.silence.breachText", as: "area", most: 4000 },
      provision(choices),
      place,
    ],
  },
  restriction: {
    kind: "access.restricted",
    heading: "influence.restriction.new",
    send: "influence.restriction.send",
    hasIncident: true,
    fields: (choices) => [
      title,
      {
        ...{ name: "restriction", label: "influence.restriction.kind", as: "choice" },
        choices: choices.codes("restrictionKind", RESTRICTION_KINDS),
      },
      { name: "by", label: "influence.restriction.by", as: "text", most: 80 },
      area,
      from,
      { blank: true, name: "reason", label: "influence.restriction.reason", as: "area", most: 2000 },
      provision(choices),
      place,
    ],
  },
  interference: {
    kind: "interference.reported",
    heading: "influence.interference.new",
    send: "influence.interference.send",
    hasIncident: true,
    fields: (choices) => [
      title,
      {
        ...{ name: "interference", label: "influence.interference.kind", as: "choice" },
        choices: choices.codes("interferenceKind", INTERFERENCE_KINDS),
      },
      { name: "source", label: "influence.interference.source", as: "text", most: 200 },
      from,
      {
        name: "bearingDegrees",
        label: "influence.interference.bearing",
        as: "number",
        least: 0,
        most: 359,
        optional: true,
      },
      { name: "evidence", label: "influence.interference.evidence", as: "area", most: 4000 },
      place,
    ],
  },
};

export function NewMatter({ topic }: { readonly topic: MatterTopic }) {
  const words = useWords();
  const choices = useChoices();
  const incidents = useRows("incidents").rows;
  const { kind, heading, send, fields, hasIncident } = BEGINNINGS[topic];
  return (
    <ActForm
      name={`matter-${topic}`}
      heading={heading}
      send={send}
      act={{ kind }}
      first={{ language: words.locale }}
      fields={[...fields(choices), ...(hasIncident ? [incident(incidents)] : [])]}
    />
  );
}

/** The steps that a matter of its topic can take. */
export function MatterSteps({ row }: { readonly row: MatterRow }) {
  const choices = useChoices();
  const incidents = useRows("incidents").rows;
  const at: FormField = { name: "at", label: "influence.at", as: "instant" };
  const step = (kind: string, heading: WordsKey, fields: readonly FormField[]) => (
    <ActForm
      key={kind}
      name={`${kind}-${row.id}`}
      heading={heading}
      send={heading}
      act={{ kind, subject: row.id }}
      fields={fields}
    />
  );
  const note = (label: WordsKey, most = 2000): FormField => ({ name: "text", label, as: "area", most, blank: true });
  switch (row.topic) {
    case "silence": {
      const sides = "sides" in row.body ? row.body.sides : [];
      return (
        <>
          {step("silence.guaranteed", "influence.silence.guarantee", [
            {
              ...{ name: "by", label: "influence.silence.side", as: "choice" },
              choices: sides.map((value) => ({ value, label: choices.nameOf(value) })),
            },
            {
              ...{ name: "given", label: "influence.silence.given", as: "choice" },
              choices: choices.codes("guaranteeGiven", ["yes", "no"]),
            },
            note("desk.note"),
          ])}
          {step("silence.breached", "influence.silence.breach", [
            at,
            { name: "text", label: "influence.silence.breachText", as: "area", most: 4000 },
            incident(incidents),
          ])}
        </>
      );
    }
    case "restriction":
      return step("access.resolved", "influence.restriction.resolve", [
        {
          ...{ name: "how", label: "influence.restriction.how", as: "choice" },
          choices: choices.codes("restrictionEnd", RESTRICTION_ENDS),
        },
        at,
        note("desk.note"),
      ]);
    case "interference":
      return (
        <>
          {step("damage.stated", "influence.damage", [
            {
              ...{ name: "damage", label: "influence.damage.state", as: "choice" },
              choices: choices.codes("damageState", DAMAGE_STATES),
            },
            at,
            { name: "text", label: "influence.damage.text", as: "area", most: 4000 },
            { name: "repair", label: "influence.damage.repair", as: "area", most: 2000, blank: true },
          ])}
          {step("interference.ended", "influence.interference.end", [at, note("desk.note")])}
        </>
      );
    case "own-act":
      return null;
  }
}
