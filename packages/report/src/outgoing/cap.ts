/**
 * Messages as Common Alerting Protocol 1.2 (OASIS, July 2010), and a feed of them as Atom (RFC 4287). Element order is the
 * schema's; times carry an offset, never a Z, as clause 3.3.2 asks.
 */
import { formatInstant, type Instant, parseInstant } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import { endedText, type Outgoing, standingText, titleText, whereText } from "./outgoing.ts";

export const CAP_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

/** How an event is sorted in clause 3.2.2; what is not here is a matter of security. */
const CATEGORY: Readonly<Record<string, string>> = {
  mines: "Safety",
  "hazardous-site": "CBRNE",
  wounded: "Health",
  "lost-aircraft": "Rescue",
};

const MESSAGE_TYPE = { "one-sided": "Alert", joint: "Update", ended: "Cancel" } as const;

/** Text as XML text; what XML 1.0 cannot hold is left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/** `2021-03-01T06:00:00-00:00`: UTC, as CAP writes it. */
function capTime(at: Instant): string {
  return `${formatInstant(at).slice(0, 19)}-00:00`;
}

/** Identifiers hold no space, comma, < or & (clause 3.2.1). */
const capName = (text: string): string => text.replaceAll(/[\s,<&]/g, "_");

const element = (name: string, text: string | undefined): string =>
  text === undefined || text === "" ? "" : `<${name}>${escapeXml(text)}</${name}>`;

/** One alert. `scope` public: for everybody, coarse and late; otherwise for the recipients named. */
export function capAlert(out: Outgoing, words: Words, scope: "Public" | "Private" = "Private"): string {
  const { mission, origin, edition } = out;
  const sender = capName(origin);
  // Whoever had no earlier edition has nothing to update.
  const type = edition === "joint" && out.earlier.length === 0 ? "Alert" : MESSAGE_TYPE[edition];
  const references = out.earlier.map(({ message, sent }) => `${sender},${capName(message)},${capTime(sent)}`).join(" ");
  const alert = [
    element("identifier", capName(out.message)),
    element("sender", sender),
    element("sent", capTime(out.sent)),
    element("status", mission.exercise ? "Exercise" : "Actual"),
    element("msgType", type),
    element("scope", scope),
    scope === "Private" ? element("addresses", out.recipients.map((id) => `"${capName(id)}"`).join(" ")) : "",
    element("note", standingText(out, words)),
    type === "Alert" ? "" : element("references", references),
    capInfo(out, words),
  ];
  return `<alert xmlns="${CAP_NAMESPACE}">${alert.join("")}</alert>`;
}

function capInfo(out: Outgoing, words: Words): string {
  const { matter, mission, origin } = out;
  const expires = matter.expires === undefined ? undefined : parseInstant(matter.expires);
  const description = [
    ...(mission.exercise ? [words.say("influence.message.exercise")] : []),
    standingText(out, words),
    endedText(out, words),
    matter.text,
  ].filter((line) => line !== undefined);
  const parts = [
    element("language", matter.language),
    element("category", CATEGORY[matter.event ?? ""] ?? "Security"),
    element("event", matter.event === undefined ? matter.title : words.sayCode("flashEvent", matter.event)),
    element("urgency", out.edition === "ended" ? "Past" : "Immediate"),
    element("severity", matter.kind === "flash" ? "Extreme" : "Severe"),
    element("certainty", matter.standing === "joint" ? "Observed" : "Likely"),
    expires?.ok ? element("expires", capTime(expires.value)) : "",
    element("senderName", origin),
    element("headline", titleText(out, words).slice(0, 160)),
    element("description", description.join("\n\n")),
    element("instruction", matter.asked),
    parameter("statement", matter.statement),
    parameter("entry", String(matter.index)),
    parameter("components", matter.components.join(" ")),
    `<area>${element("areaDesc", whereText(out, words))}${circle(out)}</area>`,
  ];
  return `<info>${parts.join("")}</info>`;
}

const parameter = (name: string, value: string): string =>
  `<parameter>${element("valueName", name)}${element("value", value)}</parameter>`;

/** Latitude, longitude, radius in kilometres (clause 3.2.4): as coarse as the gate made it. */
function circle({ matter: { place } }: Outgoing): string {
  if (place === undefined) return "";
  const radius = Math.max(1, Math.ceil(place.uncertaintyMetres / 1000));
  return element("circle", `${Number(place.lat)},${Number(place.lon)} ${radius}`);
}

export interface CapFeed {
  readonly alerts: readonly Outgoing[];
  readonly scope: "Public" | "Private";
  readonly origin: string;
  readonly updated: Instant;
}

/** An alert as a document of its own. */
export function capDocument(out: Outgoing, words: Words, scope: "Public" | "Private" = "Private"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${capAlert(out, words, scope)}\n`;
}

/** The feed, latest first, each alert inside its entry. */
export function capFeed({ alerts, scope, origin, updated }: CapFeed, words: Words): string {
  const entries = [...alerts]
    .sort((a, b) => b.sent - a.sent || (a.message < b.message ? 1 : -1))
    .map((out) =>
      [
        "<entry>",
        element("id", `urn:openjmc:${capName(origin)}:${capName(out.message)}`),
        element("title", titleText(out, words)),
        element("updated", formatInstant(out.sent)),
        `<content type="application/cap+xml">${capAlert(out, words, scope)}</content>`,
        "</entry>",
      ].join(""),
    );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.locale}">`,
    element("id", `urn:openjmc:${capName(origin)}:cap:${scope.toLowerCase()}`),
    element("title", words.say("influence.cap.feed")),
    element("updated", formatInstant(updated)),
    `<author>${element("name", origin)}</author>`,
    ...entries,
    "</feed>\n",
  ].join("\n");
}
