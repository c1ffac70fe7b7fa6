import { describe, expect, test } from "vitest";
import type { Result } from "../fault.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { signerOf } from "../testing/primitives.ts";
import { type Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { partyOf, partyRole } from "./parties.ts";

const LIAISON = { component: "B", role: "B-Party-1" };
const KEY = signerOf("B-Party-1");

const codeOf = (result: Result<unknown>): string => (result.ok ? "accepted" : result.fault.code);

async function withLiaison(roles = [partyRole("P")]): Promise<Scenario> {
  const log = await scenario();
  await log.enrol("B", "B-Party-1", KEY, roles);
  return log;
}

describe("a party's liaison officer", () => {
  test("is known by his role", () => {
    expect(partyOf([partyRole("P")])).toBe("P");
    expect(partyOf(["duty-officer", "liaison-officer"])).toBeUndefined();
  });

  test.each([[[partyRole("P")]], [["duty-officer", partyRole("P")]]])(
    "countersigns nothing, with the roles %j",
    async (roles) => {
      const log = await withLiaison(roles);
      const proposal = await log.propose(signerOf("A-Duty-1"));
      log.add(proposal);
      expect(codeOf(log.try(await log.countersign(KEY, proposal)))).toBe("party.binding");
      expect(log.add(await log.countersign(signerOf("B-Duty-1"), proposal)).effect).toBe("joint");
    },
  );

  test.each<[string, Partial<StatementDraft> & { readonly kind: string }]>([
    ["a finding", { kind: "finding.proposed", body: { texts: { en: "x" } } }],
    ["a dissent", { kind: "finding.dissented", body: { proposal: "0".repeat(64), text: "x" } }],
    ["the end of an allegation", { kind: "allegation.closed", body: { reason: "x" } }],
    ["the dismissal of an alert", { kind: "alert.dismissed" }],
    ["a mission", { kind: "mission.configured" }],
  ])("puts nothing forward for the component: %s", async (_, fields) => {
    const log = await withLiaison();
    expect(codeOf(log.try(await log.sign(KEY, { ...LIAISON, ...fields })))).toBe("party.binding");
  });

  test("enrols a session of his own and signs routine statements", async () => {
    const log = await withLiaison();
    const key = await log.keyBody(signerOf("fresh"), "B", "B-Party-1");
    const until = formatStatementTime(log.now + 3600 * SECOND);
    const enrolled = await log.sign(KEY, { ...LIAISON, kind: "session.enrolled", body: { ...key, until } });
    expect(codeOf(log.try(enrolled))).toBe("accepted");
    expect(codeOf(log.try(await log.sign(KEY, { ...LIAISON, kind: "allegation.received" })))).toBe("accepted");
  });
});
