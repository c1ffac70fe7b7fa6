import { describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import type { Result } from "../fault.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { signerOf } from "../testing/primitives.ts";
import { type Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { officerName } from "./state.ts";

const NODE = { component: "B", role: "B-Node" };
const B = signerOf("B-Node");

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

async function withNode(terms: object = {}, roles = ["node"]): Promise<Scenario> {
  const log = await scenario(terms);
  await log.enrol("B", "B-Node", B, roles);
  return log;
}

describe("a node", () => {
  test.each([[["node"]], [["node", "duty"]]])("countersigns nothing, with the roles %j", async (roles) => {
    const log = await withNode({}, roles);
    const proposal = await log.propose(signerOf("A-Duty-1"));
    const { leaf } = log.add(proposal);
    expect(codeOf(log.try(await log.countersign(B, proposal)))).toBe("node.binding");
    expect(log.state.acts.get(leaf.statementId)).toMatchObject({
      status: "proposed",
      signatures: [{ component: "A" }],
    });
    expect(log.add(await log.countersign(signerOf("B-Duty-1"), proposal)).effect).toBe("joint");
  });

  test.each<[string, Partial<StatementDraft> & { readonly kind: string }]>([
    ["a finding", { kind: "finding.proposed", body: { texts: { en: "x" } } }],
    ["a dissent", { kind: "finding.dissented", body: { proposal: "0".repeat(64), text: "x" } }],
    ["a joint act of the session's tier", { kind: "alert.dismissed" }],
    ["further kinds", { kind: "kinds.extended", body: { kinds: [{ kind: "x.y", tier: "session" }] } }],
    ["the end of the centre", { kind: "centre.closed" }],
    ["a mission", { kind: "mission.configured" }],
  ])("puts forward no binding or joint statement: %s", async (_, fields) => {
    const log = await withNode();
    expect(codeOf(log.try(await log.sign(B, { ...NODE, ...fields })))).toBe("node.binding");
  });

  test("opens no session and changes no key of its own", async () => {
    const log = await withNode();
    const key = await log.keyBody(signerOf("fresh"), "B", "B-Node");
    const until = formatStatementTime(log.now + 3600 * SECOND);
    for (const draft of [
      { kind: "session.enrolled", body: { ...key, until } },
      { kind: "officer.rotated", body: key },
    ]) {
      expect(codeOf(log.try(await log.sign(B, { ...NODE, ...draft })))).toBe("node.binding");
    }
  });

  test("is none of the two officers who may claim new roots", async () => {
    const log = await withNode({ rootRecoverySeconds: 7 * 86_400 });
    const roots = [1, 2, 3].map((number) => bytesToHex(signerOf(`new root ${number}`).publicKey));
    const draft = { kind: "roots.claimed", component: "B", role: "root", body: { roots } };
    expect(codeOf(log.try(await log.sign(B, draft)))).toBe("node.binding");
  });

  test.each(["disclosed", "key.destroyed", "tap.compared"])("signs the routine %s", async (kind) => {
    const log = await withNode();
    expect(codeOf(log.try(await log.sign(B, { ...NODE, kind })))).toBe("accepted");
  });
});

describe("an officer's name", () => {
  const enrolment = async (log: Scenario, component: string, officer: string, key = `${component} as ${officer}`) =>
    codeOf(log.try(await log.enrolmentLeaf(component, officer, signerOf(key))));

  test("that another component has is refused, also after its officer was revoked", async () => {
    const log = await scenario();
    await log.enrol("B", "Liaison");
    expect(await enrolment(log, "A", "Liaison")).toBe("officer.name-of-other");
    const body = { officer: "Liaison", reason: "left" };
    const leaf = await log.sign(log.roots("B")[0]!, { kind: "officer.revoked", component: "B", role: "root", body });
    log.add(leaf);
    log.add(await log.countersign(log.roots("B")[1]!, leaf));
    expect(await enrolment(log, "A", "Liaison")).toBe("officer.name-of-other");
    expect(await enrolment(log, "B", "Liaison")).toBe("accepted");
  });

  test("after another component is refused, so that nobody takes it first", async () => {
    const log = await scenario();
    expect(await enrolment(log, "A", "B-Duty-9")).toBe("officer.name-of-other");
    expect(await enrolment(log, "A", "B-Duty-1")).toBe("officer.name-of-other");
    expect(await enrolment(log, "B", "B-Duty-9")).toBe("accepted");
    expect(await enrolment(log, "A", "Bravo")).toBe("accepted");
  });

  test("goes to whose second root comes first, where both reach for it", async () => {
    const log = await scenario();
    const [ofA, ofB] = [
      await log.enrolmentLeaf("A", "Liaison", signerOf("liaison of A")),
      await log.enrolmentLeaf("B", "Liaison", signerOf("liaison of B")),
    ];
    for (const leaf of [ofA, ofB]) expect(log.add(leaf).effect).toBe("waiting-for-roots");
    expect(log.add(await log.countersign(log.roots("B")[1]!, ofB)).effect).toBe("keys-changed");
    expect(codeOf(log.try(await log.countersign(log.roots("A")[1]!, ofA)))).toBe("officer.name-of-other");
    expect([log.state.officers.has(officerName("A", "Liaison")), log.state.officers.size]).toEqual([false, 5]);
  });
});
