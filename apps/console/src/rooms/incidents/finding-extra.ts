/** What a finding says besides the first facts: wording and reading, coverage, how sure, who, the reply, what is asked of whom. */
import { type FindingBody, parseInstant } from "@openjmc/model";
import type { FormField, FormValues } from "../../forms/form-body.ts";
import type { Choices } from "../../forms/use-choices.ts";
import { asks } from "../desk/fields.ts";

/** Fields of the further facts. Naming somebody and his reply are whole or not at all. */
export function extraFields(choices: Choices, values: FormValues): FormField[] {
  const partOf = (group: string) =>
    Object.entries(values).some(([name, typed]) => name.startsWith(`${group}.`) && typed.trim() !== "")
      ? {}
      : ({ optional: true } as const);
  const [named, reply] = [partOf("attribution"), partOf("reply")];
  return [
    { name: "version", label: "desk.finding.version", as: "text", most: 120, optional: true },
    { name: "reading", label: "desk.finding.reading", as: "text", most: 80, optional: true },
    {
      ...{ name: "coverage", label: "desk.finding.coverage", hint: "desk.finding.coverageHint" },
      ...{ as: "area", most: 4000, optional: true },
    },
    { name: "confidencePerMille", label: "desk.finding.confidence", as: "percent", optional: true },
    {
      ...{ name: "attribution.actor", label: "desk.finding.actor", hint: "desk.finding.actorHint", as: "choice" },
      ...named,
      choices: choices.parties,
    },
    { name: "attribution.confidencePerMille", label: "desk.finding.actorConfidence", as: "percent", ...named },
    { name: "attribution.basis", label: "desk.finding.actorBasis", as: "area", most: 4000, ...named },
    { name: "reply.by", label: "desk.finding.replyBy", as: "choice", choices: choices.parties, ...reply },
    { name: "reply.askedAt", label: "desk.finding.askedAt", as: "instant", ...reply },
    { name: "reply.language", label: "console.textLanguage", as: "choice", choices: choices.languages, ...reply },
    {
      ...{ name: "reply.text", label: "desk.finding.reply", hint: "desk.finding.replyHint", as: "area", most: 8000 },
      ...(reply.optional ? reply : { blank: true as const }),
    },
    asks(choices, "asked", "desk.asked"),
  ];
}

/** The form's values of a proposal that a new text begins with; clocks are set anew. */
export function extraValues(body: FindingBody): FormValues {
  const percent = (perMille: number | undefined): string => (perMille === undefined ? "" : String(perMille / 10));
  const { attribution, reply, asked = [] } = body;
  return {
    ...{ version: body.version ?? "", reading: body.reading ?? "", coverage: body.coverage ?? "" },
    confidencePerMille: percent(body.confidencePerMille),
    "attribution.actor": attribution?.actor ?? "",
    "attribution.confidencePerMille": percent(attribution?.confidencePerMille),
    "attribution.basis": attribution?.basis ?? "",
    "reply.by": reply?.by ?? "",
    "reply.askedAt": reply?.askedAt ?? "",
    "reply.language": reply?.language ?? "",
    "reply.text": reply?.text ?? "",
    asked: JSON.stringify(asked.map(({ of, what }) => ({ of, what, by: "24" }))),
  };
}

/** When the reply was asked for, for reading. */
export function askedAt(body: FindingBody): number | undefined {
  const parsed = body.reply === undefined ? undefined : parseInstant(body.reply.askedAt);
  return parsed?.ok ? parsed.value : undefined;
}
