import { describe, expect, test } from "vitest";
import type { Result } from "../fault.ts";
import { unwrap } from "../fault.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { readLeaf } from "../statement/leaf.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { type Scenario, SECOND, scenario } from "../testing/scenario.ts";

const A1 = signerOf("A-Duty-1");
const A2 = signerOf("A-Duty-2");
const B1 = signerOf("B-Duty-1");
const B2 = signerOf("B-Duty-2");

function idOf(leaf: Uint8Array): string {
  return unwrap(readLeaf(sha256, leaf)).statementId;
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

async function closing(log: Scenario, kind: string, proposal: Uint8Array, fields: Partial<StatementDraft> = {}) {
  const machine = kind === "finding.lapsed";
  const place = machine ? {} : { component: "B", role: "B-Duty-1" };
  return log.draft({
    ...{ kind, subject: "finding-1", ...place, refs: [{ rel: "proposal", sha256: idOf(proposal) }] },
    body: { text: "We heard one.", reason: "To be worded again." },
    ...fields,
  });
}

describe("the two-key rule", () => {
  test("two components make a finding joint", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    expect(log.add(proposal).effect).toBe("proposed");
    const second = log.add(await log.countersign(B1, proposal));
    expect(second.effect).toBe("joint");
    const act = log.state.acts.get(idOf(proposal))!;
    expect(act.status).toBe("joint");
    expect(act.signatures.map((signature) => signature.component)).toEqual(["A", "B"]);
  });

  test("two officers of one component do not", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    expect(codeOf(log.try(await log.countersign(A2, proposal)))).toBe("joint.same-component");
    expect(log.state.acts.get(idOf(proposal))!.status).toBe("proposed");
  });

  test("nor the same officer twice, under one key or after a rotation", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    expect(codeOf(log.try(proposal))).toBe("joint.same-officer");
    const fresh = await log.enrol("A", "A-Duty-1", signerOf("a new key"));
    expect(codeOf(log.try(await log.countersign(fresh, proposal)))).toBe("joint.same-officer");
  });

  test("a countersignature over other words, or over nothing proposed", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    const altered = await log.propose(B1, { body: { texts: { en: "One burst was heard." } } });
    expect(codeOf(log.try(altered))).toBe("joint.other-text");
    const unheard = await log.propose(B1, { subject: "finding-2" });
    expect(codeOf(log.try(unheard))).toBe("joint.no-proposal");
  });

  test("a superseded revision can no longer be countersigned; revisions only rise", async () => {
    const log = await scenario();
    const first = await log.propose(A1);
    log.add(first);
    expect(codeOf(log.try(await log.propose(A2, { role: "A-Duty-2" })))).toBe("joint.revision");
    const second = await log.propose(A1, { revision: 2 });
    log.add(second);
    expect(codeOf(log.try(await log.countersign(B1, first)))).toBe("joint.superseded");
    expect(codeOf(log.try(await log.countersign(B1, second)))).toBe("accepted");
  });

  test("one component's revision does not supersede the other's; adoption of one closes both", async () => {
    const log = await scenario();
    const ofA = await log.propose(A1);
    const ofB = await log.propose(B1, { component: "B", role: "B-Duty-1", revision: 2 });
    log.add(ofA);
    log.add(ofB);
    expect(log.state.acts.get(idOf(ofA))!.status).toBe("proposed");
    log.add(await log.countersign(A1, ofB));
    expect(log.state.acts.get(idOf(ofA))!.status).toBe("superseded");
    expect(log.state.acts.get(idOf(ofB))!.status).toBe("joint");
  });

  test("a later joint revision replaces an adopted one", async () => {
    const log = await scenario();
    const first = await log.propose(A1);
    log.add(first);
    log.add(await log.countersign(B1, first));
    const erratum = await log.propose(A1, { revision: 2 });
    log.add(erratum);
    expect(log.state.acts.get(idOf(first))!.replacedBy).toBeUndefined();
    log.add(await log.countersign(B2, erratum));
    expect(log.state.acts.get(idOf(first))).toMatchObject({ status: "joint", replacedBy: idOf(erratum) });
  });

  test("dissent splits, by the other component only, and ends it", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    const own = await closing(log, "finding.dissented", proposal, { component: "A", role: "A-Duty-2" });
    expect(codeOf(log.try(await log.sign(A2, own)))).toBe("joint.own-dissent");
    const wordless = await closing(log, "finding.dissented", proposal, { body: {} });
    expect(codeOf(log.try(await log.sign(B1, wordless)))).toBe("statement.body");
    expect(log.add(await log.sign(B1, await closing(log, "finding.dissented", proposal))).effect).toBe("split");
    expect(codeOf(log.try(await log.countersign(B2, proposal)))).toBe("joint.split");
  });

  test("withdrawal, by the proposer's component only, before it is joint", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    expect(codeOf(log.try(await log.sign(B1, await closing(log, "finding.withdrawn", proposal))))).toBe(
      "component.wrong",
    );
    const own = await closing(log, "finding.withdrawn", proposal, { component: "A", role: "A-Duty-2" });
    expect(log.add(await log.sign(A2, own)).effect).toBe("withdrawn");
    expect(codeOf(log.try(await log.countersign(B1, proposal)))).toBe("joint.withdrawn");
  });

  test("no withdrawal of what is joint", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    log.add(await log.countersign(B1, proposal));
    const late = await closing(log, "finding.withdrawn", proposal, { component: "A", role: "A-Duty-1" });
    expect(codeOf(log.try(await log.sign(A1, late)))).toBe("joint.already-joint");
    expect(codeOf(log.try(await log.countersign(B2, proposal)))).toBe("joint.same-component");
  });

  test("lapse only after the deadline, by the centre only", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    const early = await closing(log, "finding.lapsed", proposal);
    expect(codeOf(log.try(await log.sign(log.machine, early)))).toBe("lapse.early");
    const at = formatStatementTime(log.now + 49 * 3600 * SECOND);
    const byOfficer = await closing(log, "finding.lapsed", proposal, { at, component: "A", role: "A-Duty-1" });
    expect(codeOf(log.try(await log.sign(A1, byOfficer)))).toBe("tier.machine-under-binding");
    expect(log.add(await log.sign(log.machine, await closing(log, "finding.lapsed", proposal, { at }))).effect).toBe(
      "one-sided",
    );
    expect(codeOf(log.try(await log.countersign(B1, proposal)))).toBe("joint.one-sided");
  });

  test("a proposal without a deadline does not lapse", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1, { body: { texts: { en: "Words." } } });
    log.add(proposal);
    expect(codeOf(log.try(await log.sign(log.machine, await closing(log, "finding.lapsed", proposal))))).toBe(
      "lapse.no-deadline",
    );
  });

  test("a closing act must name one proposal, its subject and its kind", async () => {
    const log = await scenario();
    const proposal = await log.propose(A1);
    log.add(proposal);
    const tries: [Partial<StatementDraft>, string][] = [
      [{ refs: [] }, "statement.body"],
      [{ refs: [{ rel: "proposal", sha256: "1".repeat(64) }] }, "joint.no-proposal"],
      [{ subject: "finding-2" }, "joint.subject"],
      [{ kind: "act.dissented" }, "kind.wrong"],
      [{ body: { text: "No.", proposal: "1".repeat(64) } }, "statement.body"],
    ];
    for (const [fields, code] of tries) {
      expect(codeOf(log.try(await log.sign(B1, await closing(log, "finding.dissented", proposal, fields))))).toBe(code);
    }
  });

  describe("what commits a whole component", () => {
    const BY_HEADS = ["mission.configured", "centre.opened", "centre.closed", "closure.planned", "monitoring.ended"];
    test.each(BY_HEADS)(
      "%s is its head's or the deputy's, on both sides, whether a head can sign or not",
      async (kind) => {
        const log = await scenario();
        const propose = (officer: string, revision: number) =>
          log.propose(signerOf(officer), {
            ...{ kind, component: "A", role: officer, subject: "sample", revision, body: {} },
          });
        expect(codeOf(log.try(await propose("A-Duty-1", 1)))).toBe("role.not-allowed");
        await log.enrol("A", "A-Head", signerOf("A-Head"), ["head-of-component"]);
        const leaf = await propose("A-Head", 2);
        expect(log.add(leaf).effect).toBe("proposed");
        expect(codeOf(log.try(await log.countersign(B1, leaf)))).toBe("role.not-allowed");
        await log.enrol("B", "B-Deputy", signerOf("B-Deputy"), ["deputy-head"]);
        expect(log.add(await log.countersign(signerOf("B-Deputy"), leaf)).effect).toBe("joint");
        await revoke(log, "A-Head");
        expect(codeOf(log.try(await propose("A-Duty-1", 3)))).toBe("role.not-allowed");
      },
    );
  });

  test("the same rule serves every joint kind", async () => {
    const log = await scenario();
    for (const kind of ["report.approved", "allegation.closed", "alert.dismissed", "handover.signed"]) {
      const leaf = await log.propose(A1, { kind, subject: kind, body: {} });
      expect(log.add(leaf).effect).toBe("proposed");
      expect(log.add(await log.countersign(B1, leaf)).effect).toBe("joint");
    }
  });
});

async function revoke(log: Scenario, officer: string): Promise<void> {
  const draft = { kind: "officer.revoked", component: "A", role: "root", subject: officer, body: { officer } };
  const [first, second] = log.roots("A");
  const leaf = await log.sign(first!, draft);
  log.add(leaf);
  log.add(await log.countersign(second!, leaf));
}
