/** Fields that several forms of the desk share. */
import type { IncidentRow } from "@openjmc/model";
import type { FormField } from "../../forms/form-body.ts";
import type { Choices } from "../../forms/use-choices.ts";

/** What is asked of whom by when. */
export const asks = (choices: Choices, name: "asked" | "promised", label: FormField["label"]): FormField => ({
  ...{ name, label, as: "lines", most: 6, optional: true },
  parts: [
    { name: "of", label: "desk.ask.of", as: "choice", choices: choices.sides },
    { name: "what", label: "desk.ask.what", as: "text", most: 1000 },
    { name: "by", label: "desk.ask.hours", as: "hours" },
  ],
});

export const language = (choices: Choices): FormField => ({
  ...{ name: "language", label: "console.textLanguage", as: "choice" },
  choices: choices.languages,
});

export const provision = (choices: Choices): FormField => ({
  ...{ name: "provision", label: "console.finding.provision", as: "choice", optional: true },
  choices: choices.provisions,
});

/** The incident it belongs to, of those that the record holds. */
export const incident = (incidents: readonly IncidentRow[]): FormField => ({
  ...{ name: "incident", label: "console.find.incident", as: "choice", optional: true },
  choices: incidents.map((row) => ({ value: row.id, label: `${row.number} ${row.title}` })),
});
