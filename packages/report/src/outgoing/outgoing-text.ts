/** A message as plain text: an e-mail's subject and body. */
import type { ReportWords as Words } from "@openjmc/words";
import {
  endedText,
  expiresText,
  type Outgoing,
  recipientName,
  standingText,
  titleText,
  whereText,
} from "./outgoing.ts";

export interface OutgoingText {
  readonly subject: string;
  readonly text: string;
}

/** Writes it in the recipient's language; what people wrote stays in the language in which they signed it. */
export function outgoingText(out: Outgoing, words: Words): OutgoingText {
  const { matter, mission, origin } = out;
  const exercise = mission.exercise ? [words.say("influence.message.exercise")] : [];
  const askedHead = words.say(matter.kind === "flash" ? "influence.message.instruction" : "influence.message.asked");
  const event = matter.event === undefined ? [] : [words.sayCode("flashEvent", matter.event)];
  const parts = [
    exercise,
    [titleText(out, words), ...event, standingText(out, words)],
    [endedText(out, words)],
    [words.say("influence.message.language", { language: words.formats.language(matter.language) }), matter.text],
    [`${askedHead}:`, matter.asked],
    [`${words.say("influence.message.where")}: ${whereText(out, words)}`, expiresText(out, words)],
    [
      words.say("influence.message.answer", {
        number: matter.number,
        recipients: words.formats.list(out.recipients.map((id) => recipientName(mission, id, words))),
      }),
    ],
    [
      words.say("influence.message.sent", {
        origin,
        time: words.formats.dateTime(out.sent, { timeZone: mission.timeZone }),
      }),
      words.say("influence.message.record", { origin, index: matter.index, statement: matter.statement }),
      words.say("influence.message.id", { id: out.message }),
    ],
    exercise,
  ];
  const text = parts
    .map((part) => part.filter((line) => line !== undefined).join("\n"))
    .filter((part) => part !== "")
    .join("\n\n");
  const subject = [...exercise.map((line) => `${line.split(" ")[0]}:`), titleText(out, words)].join(" ");
  return { subject: oneLine(subject), text: `${text}\n` };
}

/** A header is one line, whatever people typed. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 200);
}
