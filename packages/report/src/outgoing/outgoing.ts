/** A message that leaves the centre, as the gate lets it out: what every form of it is written from. */
import {
  type Edition,
  type EscalationOutcome,
  type Instant,
  type MissionView,
  type Names,
  parseInstant,
} from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";

/** What may be told outside of a flash or an escalation. Its place has been coarsened, its texts hold no position. */
export interface OutgoingMatter {
  readonly id: string;
  readonly kind: "flash" | "ladder";
  readonly number: string;
  readonly statement: string;
  readonly index: number;
  readonly standing: "one-sided" | "joint" | "split" | "withdrawn";
  /** Components that have signed it. */
  readonly components: readonly string[];
  readonly dissent?: string;
  readonly title: string;
  readonly event?: string;
  readonly text: string;
  readonly asked: string;
  readonly language: string;
  readonly area: string;
  readonly place?: { readonly lon: string; readonly lat: string; readonly uncertaintyMetres: number };
  readonly expires?: string;
  readonly ended?: { readonly outcome: EscalationOutcome; readonly reason: string };
}

export interface Outgoing {
  readonly matter: OutgoingMatter;
  /** Stable id of this message, and in whose name it speaks. */
  readonly message: string;
  readonly edition: Edition;
  /** Ids of earlier editions that the same recipient had. */
  readonly earlier: readonly { readonly message: string; readonly sent: Instant }[];
  /** When this edition came to be: the same in every copy of the message. */
  readonly sent: Instant;
  readonly recipient: string;
  /** Everybody who is told the same. */
  readonly recipients: readonly string[];
  readonly mission: MissionView;
  readonly origin: string;
}

export function nameIn(names: Names, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? "";
}

/** Names of the recipients in the reader's language; the id of one that the mission does not name. */
export function recipientName(mission: MissionView, id: string, words: Words): string {
  const found = mission.escalation?.recipients.find((one) => one.id === id);
  return found ? nameIn(found.names, words.locale) : id;
}

/** Whose word it is, said before anything else. */
export function standingText({ matter, edition, mission }: Outgoing, words: Words): string {
  const components = words.formats.list(
    matter.components.map((code) =>
      nameIn(mission.components.find((one) => one.code === code)?.names ?? { en: code }, words.locale),
    ),
  );
  if (matter.standing === "withdrawn") return words.say("influence.message.withdrawn");
  if (matter.standing === "split")
    return words.say("influence.message.split", { components, text: matter.dissent ?? "" });
  const isJoint = matter.standing === "joint" && edition !== "one-sided";
  return words.say(isJoint ? "influence.message.joint" : "influence.message.one-sided", { components });
}

export function titleText({ matter }: Outgoing, words: Words): string {
  const title =
    matter.kind === "flash" ? words.say("influence.message.flash", { headline: matter.title }) : matter.title;
  return `[${matter.number}] ${title}`;
}

export function whereText({ matter: { area, place } }: Outgoing, words: Words): string {
  if (place === undefined) return area;
  return words.say("influence.message.about", {
    area,
    place: words.formats.position(Number(place.lon), Number(place.lat), 2),
    metres: words.formats.metres(place.uncertaintyMetres),
  });
}

export function endedText({ matter: { ended } }: Outgoing, words: Words): string | undefined {
  return ended === undefined
    ? undefined
    : words.say("influence.message.ended", {
        outcome: words.sayCode("escalationOutcome", ended.outcome),
        reason: ended.reason,
      });
}

export function expiresText({ matter: { expires }, mission }: Outgoing, words: Words): string | undefined {
  const until = expires === undefined ? undefined : parseInstant(expires);
  return until?.ok
    ? words.say("influence.message.expires", {
        time: words.formats.dateTime(until.value, { timeZone: mission.timeZone, seconds: false }),
      })
    : undefined;
}
