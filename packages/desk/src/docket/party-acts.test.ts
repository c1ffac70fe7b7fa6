import { formatInstant } from "@openjmc/model";
import { expect, it } from "vitest";
import { decide } from "../decide.ts";
import { CONTEXT, FIRST, HOUR, INCIDENT, NOON, openDesk, SECOND } from "../testing/open-desk.ts";
import { PARTY_KINDS } from "./party-acts.ts";

const at = formatInstant(NOON);
const CLAIM = (accuser: string, via = "portal") => ({
  accuser,
  accused: accuser === "P" ? "Q" : "P",
  via,
  what: "x",
  language: "en",
});
const MOVE = (by: string) => ({ subject: "movement", by, title: "x", route: "", from: at, until: at });
const PROTEST = (from: string, to: string) => ({ from, to, facts: "x", demand: "x", language: "en", deliveredAt: at });
const REQUEST = (from: string, of: string) => ({
  from,
  of,
  what: "x",
  askedAt: at,
  deadline: formatInstant(NOON + HOUR),
});
const ANSWER = (by: string) => ({ by, position: "denied", text: "x", language: "en" });
const FILE = (by: string) => ({
  ...{ by, file: "a".repeat(64), name: "x", mediaType: "x", bytes: 1 },
  custody: { at, from: "x", how: "x" },
});
const REPLY = { reply: "agreed", text: "", repliedAt: at, effect: "" };
/** Of P against Q, of Q against P. */
const [OURS, THEIRS] = [FIRST, SECOND];
const NEW = "01JH000000000000000000000D";

it.each([
  ["allegation.received", CLAIM("P"), NEW, true],
  ["allegation.received", CLAIM("Q"), NEW, false],
  ["allegation.received", CLAIM("P", "hotline"), NEW, false],
  ["allegation.completed", { harm: "x", note: "" }, OURS, true],
  ["allegation.completed", { harm: "x", note: "" }, THEIRS, false],
  ["allegation.documented", FILE("P"), OURS, true],
  ["allegation.documented", FILE("Q"), OURS, false],
  // Not before it has been admitted: until then the accused knows nothing of it.
  ["allegation.documented", FILE("P"), THEIRS, false],
  ["allegation.withdrawn", { by: "P", reason: "x" }, OURS, true],
  ["allegation.withdrawn", { by: "Q", reason: "x" }, THEIRS, false],
  ["allegation.answered", ANSWER("P"), THEIRS, true],
  ["allegation.answered", ANSWER("Q"), OURS, false],
  ["allegation.answered", ANSWER("Q"), NEW, false],
  ["allegation.admitted", { answerUntil: formatInstant(NOON + HOUR), note: "" }, OURS, false],
  ["movement.notified", MOVE("P"), NEW, true],
  ["movement.notified", MOVE("Q"), NEW, false],
  ["protest.lodged", PROTEST("P", "Q"), NEW, true],
  ["protest.lodged", PROTEST("Q", "P"), NEW, false],
  ["protest.answered", { by: "P", text: "x", language: "en" }, THEIRS, true],
  ["protest.answered", { by: "Q", text: "x", language: "en" }, OURS, false],
  ["coordination.requested", REQUEST("P", "Q"), NEW, true],
  ["coordination.requested", REQUEST("Q", "P"), NEW, false],
  ["coordination.answered", REPLY, THEIRS, true],
  ["coordination.answered", REPLY, OURS, false],
  ["notice.acknowledged", { by: "P", note: "" }, OURS, true],
  ["notice.acknowledged", { by: "Q", note: "" }, OURS, false],
  ["notice.acknowledged", { by: "P", note: "" }, THEIRS, false],
  ["notice.acknowledged", { by: "P", note: "" }, NEW, false],
  ["incident.opened", { title: "x", occurredAt: at }, INCIDENT, false],
  ["sighting.reported", {}, NEW, false],
  ["conclusion.stated", { incident: INCIDENT, text: "x", language: "en" }, NEW, false],
])("a liaison officer of P states %s %o: %s, %s", (kind, body, subject, isHis) => {
  const desk = openDesk();
  desk.state.officers.set("A/A-Party-1", { id: "A-Party-1", component: "A", roles: ["party:P"] } as never);
  desk.project("allegation.received", { ...CLAIM("P"), observation: "shot" }, { subject: OURS });
  desk.project("allegation.received", { ...CLAIM("Q"), observation: "shot" }, { subject: THEIRS });
  desk.project("protest.lodged", PROTEST("P", "Q"), { subject: OURS });
  desk.project("protest.lodged", PROTEST("Q", "P"), { subject: THEIRS });
  desk.project("coordination.requested", REQUEST("P", "Q"), { subject: OURS });
  desk.project("coordination.requested", REQUEST("Q", "P"), { subject: THEIRS });
  desk.project("movement.notified", MOVE("Q"), { subject: OURS });
  desk.project("movement.notified", { ...MOVE("A"), to: "Q" }, { subject: THEIRS });
  const draft = { kind, body: body as never, subject, component: "A", role: "A-Party-1", claimedAt: NOON };
  const result = decide(desk.state, draft, CONTEXT);
  expect(result.ok ? "his" : result.fault.code).toBe(isHis ? "his" : "party.not-yours");
  if (isHis) expect(PARTY_KINDS).toContain(kind);
  const officer = decide(desk.state, { ...draft, role: "A-Duty-1" }, CONTEXT);
  expect(officer.ok ? "" : officer.fault.code).not.toBe("party.not-yours");
});
