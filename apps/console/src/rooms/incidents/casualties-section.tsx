/** Casualties in their separate states: nothing here is added to anything else. */
import {
  CASUALTY_GROUPS,
  CASUALTY_HARMS,
  CASUALTY_STANDINGS,
  COUNT_QUALIFIERS,
  type IncidentRow,
} from "@openjmc/model";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";
import { originFields } from "./origin-fields.ts";

export function CasualtiesSection({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const choices = useChoices();
  const lines = incident.casualties ?? [];
  return (
    <section className={styles.section} aria-label={words.say("desk.casualties")}>
      <h2>{words.say("desk.casualties")}</h2>
      <Note>{words.say("desk.casualties.note")}</Note>
      {lines.length === 0 ? null : (
        <DataTable
          label={words.say("desk.casualties")}
          rows={lines}
          keyOf={(line) => line.id}
          columns={[
            { name: words.say("desk.casualties.group"), cell: (line) => words.sayCode("casualtyGroup", line.group) },
            { name: words.say("desk.casualties.harm"), cell: (line) => words.sayCode("casualtyHarm", line.harm) },
            {
              ...{ name: words.say("console.finding.number"), numeric: true },
              cell: (line) =>
                [
                  line.qualifier === "exact" ? "" : words.sayCode("qualifier", line.qualifier),
                  words.formats.number(line.number),
                ]
                  .join(" ")
                  .trim(),
            },
            {
              name: words.say("desk.casualties.standing"),
              cell: (line) => words.sayCode("casualtyStanding", line.standing),
            },
            { name: words.say("desk.casualties.statedBy"), cell: (line) => choices.nameOf(line.statedBy) },
            {
              ...{ name: words.say("desk.casualties.independent"), numeric: true },
              cell: (line) => words.formats.number(line.independentSources),
            },
            { name: words.say("console.by"), cell: (line) => <Mark mark={line.mark} /> },
          ]}
        />
      )}
      <details>
        <summary>{words.say("desk.casualties.state")}</summary>
        <ActForm
          name={`casualties-${incident.id}`}
          heading="desk.casualties.state"
          send="desk.casualties.state"
          act={{ kind: "casualties.stated", body: { incident: incident.id } }}
          first={{ qualifier: "exact", standing: "alleged" }}
          fields={[
            {
              ...{ name: "group", label: "desk.casualties.group", as: "choice" },
              choices: choices.codes("casualtyGroup", CASUALTY_GROUPS),
            },
            {
              ...{ name: "harm", label: "desk.casualties.harm", as: "choice" },
              choices: choices.codes("casualtyHarm", CASUALTY_HARMS),
            },
            {
              ...{ name: "standing", label: "desk.casualties.standing", as: "choice" },
              choices: choices.codes("casualtyStanding", CASUALTY_STANDINGS),
            },
            { name: "number", label: "console.finding.number", as: "number", least: 0, most: 1_000_000 },
            {
              ...{ name: "qualifier", label: "console.finding.qualifier", as: "choice" },
              choices: choices.codes("qualifier", COUNT_QUALIFIERS),
            },
            {
              ...{ name: "statedBy", label: "desk.casualties.statedBy", hint: "desk.casualties.statedByHint" },
              ...{ as: "text", most: 80 },
            },
            {
              ...{ name: "sources", label: "desk.origin.source", as: "lines", most: 20, optional: true },
              parts: originFields(""),
            },
            { blank: true, name: "note", label: "desk.note", as: "text", most: 2000 },
          ]}
        />
      </details>
    </section>
  );
}
