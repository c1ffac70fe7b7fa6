/** The card that an officer reads out by voice where no other channel brought an answer. */
import type { ReportWords as Words } from "@openjmc/words";
import type { Block, ReportDocument } from "../document.ts";
import {
  endedText,
  expiresText,
  type Outgoing,
  recipientName,
  standingText,
  titleText,
  whereText,
} from "./outgoing.ts";

/** Makes it as a document for print; `phone` is the operator's, where one is set. */
export function cardDocument(out: Outgoing, phone: string | undefined, words: Words): ReportDocument {
  const { matter, mission, origin } = out;
  const heading = (text: string): Block => ({ kind: "heading", text });
  const note = (text: string | undefined): Block[] =>
    text === undefined || text === "" ? [] : [{ kind: "note", text }];
  const asked = words.say(matter.kind === "flash" ? "influence.message.instruction" : "influence.message.asked");
  return {
    language: words.locale,
    title: words.say("influence.card.title", { number: matter.number }),
    subtitle: words.say("influence.card.call", { recipient: recipientName(mission, out.recipient, words) }),
    isExercise: mission.exercise,
    watermark: mission.exercise ? words.say("influence.message.exercise") : "",
    blocks: [
      ...note(
        phone === undefined ? words.say("influence.card.noNumber") : words.say("influence.card.number", { phone }),
      ),
      heading(words.say("influence.card.read")),
      ...note(titleText(out, words)),
      { kind: "warning", text: standingText(out, words) },
      ...note(endedText(out, words)),
      ...note(words.say("influence.message.language", { language: words.formats.language(matter.language) })),
      ...note(matter.text),
      heading(asked),
      ...note(matter.asked),
      heading(words.say("influence.message.where")),
      ...note(whereText(out, words)),
      ...note(expiresText(out, words)),
      heading(words.say("influence.card.heard")),
      ...note(words.say("influence.card.after", { number: matter.number })),
      ...note("________________________________________________________________"),
      ...note("________________________________________________________________"),
    ],
    footer: `${words.say("influence.message.record", { origin, index: matter.index, statement: matter.statement.slice(0, 16) })} ${words.say("influence.message.id", { id: out.message })}`,
  };
}
