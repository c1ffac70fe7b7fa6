import { describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import { keyIdOf } from "../envelope/envelope.ts";
import type { Result } from "../fault.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { isSuspect, officerName } from "./state.ts";

const A1 = signerOf("A-Duty-1");

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

function note(log: Scenario, fields: Partial<StatementDraft> = {}): StatementDraft {
  return log.draft({ kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." }, ...fields });
}

describe("founding", () => {
  test.each<[string, object, string]>([
    ["exercise without the origin that says so", { exercise: false, demonstration: false }, "founding.exercise"],
    ["exercise that is no truth value", { exercise: "yes" }, "statement.body"],
    ["machine key of low order", { machineKey: `01${"0".repeat(62)}` }, "key.low-order"],
    ["one component", { components: [] }, "statement.body"],
    ["mission without a hash", { mission: { id: "m" } }, "statement.body"],
    ["a watch of two days", { watchSeconds: 172_800 }, "statement.body"],
    ["kinds that are standard", { kinds: [{ kind: "finding.proposed", tier: "session" }] }, "statement.body"],
  ])("%s", async (_, change, code) => {
    const log = new Scenario();
    const body = { ...log.foundingBody(), ...change };
    expect(codeOf(log.try(await log.sign(log.machine, { kind: "log.founded", body })))).toBe(code);
  });

  test("root keys must be three of their own for each component", async () => {
    for (const [roots, code] of [
      [["1", "1", "1"].map(() => bytesToHex(signerOf("same").publicKey)), "key.already-enrolled"],
      [[bytesToHex(signerOf("one").publicKey)], "statement.body"],
      [[1, 2, 3], "hex.malformed"],
    ] as const) {
      const log = new Scenario();
      const body = log.foundingBody();
      body.components = [
        { id: "A", roots },
        { id: "B", roots: log.roots("B").map((root) => bytesToHex(root.publicKey)) },
      ];
      expect(codeOf(log.try(await log.sign(log.machine, { kind: "log.founded", body })))).toBe(code);
    }
  });

  test("comes first, once, and is signed by the key it names", async () => {
    const log = new Scenario();
    expect(codeOf(log.try(await log.sign(log.machine, { kind: "alert.raised" })))).toBe("founding.missing");
    const draft = log.draft({ kind: "log.founded", body: log.foundingBody() });
    expect(codeOf(log.try(await log.sign(signerOf("other"), draft)))).toBe("key.unenrolled");
    await log.found();
    expect(codeOf(log.try(await log.sign(log.machine, draft)))).toBe("founding.second");
  });

  test("can be accepted by two roots of each component", async () => {
    const log = new Scenario();
    await log.found();
    const founding = log.leaves[0]!;
    const effects = [];
    for (const component of ["A", "B"]) {
      for (const root of log.roots(component).slice(0, 2)) {
        effects.push(log.add(await log.countersign(root, founding)).effect);
      }
    }
    expect(effects).toEqual(Array(4).fill("founding-accepted"));
    expect(log.state.quorums.get(log.state.founding!.statementId)!.complete).toBe(true);
    expect(codeOf(log.try(await log.countersign(log.roots("A")[2]!, founding)))).toBe("root.already-complete");
  });

  test("a real centre accepts no demonstration key", async () => {
    const log = new Scenario();
    const body = { ...log.foundingBody(), demonstration: false };
    log.add(await log.sign(log.machine, { kind: "log.founded", body }));
    const enrolment = { officer: "A-1", roles: ["duty"], demonstration: true, ...(await log.keyBody(A1, "A", "A-1")) };
    const draft = { kind: "officer.enrolled", component: "A", role: "root", body: enrolment };
    expect(codeOf(log.try(await log.sign(log.roots("A")[0]!, draft)))).toBe("key.demonstration");
  });
});

describe("officers", () => {
  test("are enrolled by two of three roots of their own component", async () => {
    const log = new Scenario();
    await log.found();
    const leaf = await log.enrolmentLeaf("A", "A-Duty-1", A1);
    expect(log.add(leaf).effect).toBe("waiting-for-roots");
    expect(codeOf(log.try(leaf))).toBe("root.same-key");
    expect(codeOf(log.try(await log.countersign(log.roots("B")[0]!, leaf)))).toBe("component.wrong");
    expect(codeOf(log.try(await log.countersign(A1, leaf)))).toBe("key.unenrolled");
    expect(log.state.officers.size).toBe(0);
    expect(log.add(await log.countersign(log.roots("A")[2]!, leaf)).effect).toBe("keys-changed");
    expect(log.state.officers.get(officerName("A", "A-Duty-1"))).toMatchObject({ roles: ["duty"] });
    expect(codeOf(log.try(await log.countersign(log.roots("A")[1]!, leaf)))).toBe("root.already-complete");
  });

  test("prove that they hold the key, for this log, this name and this moment", async () => {
    const log = new Scenario();
    await log.found();
    for (const wrong of [
      await log.keyBody(A1, "B", "A-Duty-1"),
      await log.keyBody(A1, "A", "A-Duty-2"),
      { ...(await log.keyBody(A1, "A", "A-Duty-1")), key: bytesToHex(signerOf("other").publicKey) },
      { ...(await log.keyBody(A1, "A", "A-Duty-1")), possession: "AAAA" },
    ]) {
      const body = { officer: "A-Duty-1", roles: ["duty"], ...wrong };
      const draft = { kind: "officer.enrolled", component: "A", role: "root", body };
      expect(codeOf(log.try(await log.sign(log.roots("A")[0]!, draft)))).toBe("key.possession");
    }
  });

  test("bring a key that nobody has, of high order and without torsion", async () => {
    const log = await scenario();
    const leaf = await log.enrolmentLeaf("B", "B-Duty-3", A1);
    expect(codeOf(log.try(leaf))).toBe("key.already-enrolled");
    const body = { officer: "B-9", roles: ["duty"], key: `ec${"f".repeat(60)}7f`, possession: "AAAA" };
    const draft = { kind: "officer.enrolled", component: "B", role: "root", body };
    expect(codeOf(log.try(await log.sign(log.roots("B")[0]!, draft)))).toMatch(/^key\./);
  });

  test("cannot be enrolled by an officer, a machine or a session", async () => {
    const log = await scenario();
    const body = { officer: "A-9", roles: ["duty"], ...(await log.keyBody(signerOf("A-9"), "A", "A-9")) };
    const draft = { kind: "officer.enrolled", component: "A", role: "root", body };
    expect(codeOf(log.try(await log.sign(A1, draft)))).toBe("tier.root-under-binding");
    expect(codeOf(log.try(await log.sign(log.machine, draft)))).toBe("tier.root-under-machine");
  });

  test("rotate their key: the old one ends, its past stays", async () => {
    const log = await scenario();
    log.add(await log.sign(A1, note(log, { kind: "incident.noted" })));
    const fresh = signerOf("fresh");
    const body = await log.keyBody(fresh, "A", "A-Duty-1");
    log.add(await log.sign(A1, { kind: "officer.rotated", component: "A", role: "A-Duty-1", body }));
    expect(codeOf(log.try(await log.sign(A1, note(log))))).toBe("key.revoked");
    expect(codeOf(log.try(await log.sign(fresh, note(log))))).toBe("accepted");
  });

  test.each(["officer.enrolled", "officer.rotated"])(
    "whose key another takes over (%s) lose the sessions that the old one opened",
    async (kind) => {
      const log = await scenario();
      const [session, other] = [await log.openSession("A", "A-Duty-1"), await log.openSession("A", "A-Duty-2")];
      const fresh = signerOf("fresh");
      if (kind === "officer.enrolled") await log.enrol("A", "A-Duty-1", fresh);
      else {
        const body = await log.keyBody(fresh, "A", "A-Duty-1");
        log.add(await log.sign(A1, { kind, component: "A", role: "A-Duty-1", body }));
      }
      expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("key.revoked");
      expect(codeOf(log.try(await log.sign(fresh, note(log))))).toBe("accepted");
      expect(codeOf(log.try(await log.sign(other, note(log, { role: "A-Duty-2" }))))).toBe("accepted");
    },
  );

  test("are revoked by two roots, with their sessions; what was signed since is marked and stays", async () => {
    const log = await scenario();
    const session = await log.openSession("A", "A-Duty-1");
    const before = log.add(await log.sign(session, note(log))).index;
    const body = { officer: "A-Duty-1", reason: "lost", suspectFrom: before };
    const leaf = await log.sign(log.roots("A")[0]!, { kind: "officer.revoked", component: "A", role: "root", body });
    log.add(leaf);
    expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("accepted");
    log.add(await log.countersign(log.roots("A")[1]!, leaf));
    expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("key.revoked");
    expect(codeOf(log.try(await log.sign(A1, note(log))))).toBe("key.revoked");
    const keyId = keyIdOf(sha256, session.publicKey);
    expect([isSuspect(log.state, keyId, before), isSuspect(log.state, keyId, before - 1)]).toEqual([true, false]);
    expect(
      codeOf(
        log.try(await log.sign(log.roots("A")[0]!, { kind: "officer.revoked", component: "A", role: "root", body })),
      ),
    ).toBe("officer.unknown");
  });

  test("of one component are not revoked by the other's roots", async () => {
    const log = await scenario();
    const body = { officer: "A-Duty-1", reason: "x" };
    const draft = { kind: "officer.revoked", component: "A", role: "root", body };
    expect(codeOf(log.try(await log.sign(log.roots("B")[0]!, draft)))).toBe("component.wrong");
  });
});

describe("roots and the centre's key", () => {
  test("what a root signed before it was replaced is not completed by another", async () => {
    const log = await scenario();
    const [stolen, second, third] = log.roots("A");
    const planted = await log.enrolmentLeaf("A", "A-Duty-9", signerOf("A-Duty-9"));
    log.add(planted);
    const removes = keyIdOf(sha256, stolen!.publicKey);
    const body = { removes, ...(await log.keyBody(signerOf("fresh root"), "A", "root")) };
    const leaf = await log.sign(second!, { kind: "root.replaced", component: "A", role: "root", body });
    log.add(leaf);
    expect(log.add(await log.countersign(third!, leaf)).effect).toBe("keys-changed");
    expect(log.add(await log.countersign(second!, planted)).effect).toBe("waiting-for-roots");
    expect(log.state.officers.has(officerName("A", "A-Duty-9"))).toBe(false);
    expect(log.add(await log.countersign(third!, planted)).effect).toBe("keys-changed");
  });

  test("two roots replace a lost third", async () => {
    const log = await scenario();
    const fresh = signerOf("fresh root");
    const removes = keyIdOf(sha256, log.roots("A")[2]!.publicKey);
    const body = { removes, ...(await log.keyBody(fresh, "A", "root")) };
    const leaf = await log.sign(log.roots("A")[0]!, { kind: "root.replaced", component: "A", role: "root", body });
    log.add(leaf);
    log.add(await log.countersign(log.roots("A")[1]!, leaf));
    const enrolment = await log.enrolmentLeaf("A", "A-Duty-3", signerOf("A-Duty-3"));
    log.add(enrolment);
    expect(codeOf(log.try(await log.countersign(log.roots("A")[2]!, enrolment)))).toBe("key.revoked");
    expect(log.add(await log.countersign(fresh, enrolment)).effect).toBe("keys-changed");
  });

  test("roots of both components replace the centre's key", async () => {
    const log = await scenario();
    const fresh = signerOf("fresh machine");
    const body = await log.keyBody(fresh, "centre", "centre");
    const leaf = await log.sign(log.roots("A")[0]!, { kind: "log.rekeyed", component: "centre", role: "root", body });
    log.add(leaf);
    log.add(await log.countersign(log.roots("A")[1]!, leaf));
    log.add(await log.countersign(log.roots("B")[1]!, leaf));
    expect(codeOf(log.try(await log.sign(log.machine, { kind: "alert.raised" })))).toBe("accepted");
    expect(log.add(await log.countersign(log.roots("B")[2]!, leaf)).effect).toBe("keys-changed");
    expect(codeOf(log.try(await log.sign(log.machine, { kind: "alert.raised" })))).toBe("key.revoked");
    expect(codeOf(log.try(await log.sign(fresh, { kind: "alert.raised" })))).toBe("accepted");
  });
});

describe("sessions", () => {
  test("sign routine acts in their officer's name", async () => {
    const log = await scenario();
    const session = await log.openSession("A", "A-Duty-1");
    expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("accepted");
    expect(codeOf(log.try(await log.sign(session, note(log, { role: "A-Duty-2" }))))).toBe("role.wrong");
    expect(codeOf(log.try(await log.sign(session, note(log, { component: "B" }))))).toBe("component.wrong");
  });

  test("sign no binding act and no machine act", async () => {
    const log = await scenario();
    const session = await log.openSession("A", "A-Duty-1");
    expect(codeOf(log.try(await log.propose(session)))).toBe("tier.binding-under-session");
    expect(codeOf(log.try(await log.propose(log.machine)))).toBe("tier.binding-under-machine");
    expect(codeOf(log.try(await log.propose(log.roots("A")[0]!)))).toBe("tier.binding-under-root");
    expect(codeOf(log.try(await log.sign(session, { kind: "alert.raised" })))).toBe("tier.machine-under-session");
    expect(codeOf(log.try(await log.sign(log.machine, note(log))))).toBe("tier.session-under-machine");
  });

  test("last a watch at most, and end at the time they name", async () => {
    const log = await scenario();
    await expect(log.openSession("A", "A-Duty-1", 9)).rejects.toThrow("session.too-long");
    const session = await log.openSession("A", "A-Duty-1", 1);
    log.now += 3599 * SECOND - SECOND * 2;
    expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("accepted");
    log.now += 10 * SECOND;
    expect(codeOf(log.try(await log.sign(session, note(log))))).toBe("key.expired");
  });

  test("do not live on by claiming an earlier time, once the centre's clock is a watch beyond", async () => {
    const log = await scenario();
    const session = await log.openSession("A", "A-Duty-1", 1);
    const early = log.now + SECOND;
    log.now += 10 * 3600 * SECOND;
    log.add(await log.sign(log.machine, { kind: "alert.raised" }));
    const at = formatStatementTime(early);
    expect(codeOf(log.try(await log.sign(session, note(log, { at }))))).toBe("key.expired");
  });

  test("are ended by themselves, their officer or the centre, and by nobody else", async () => {
    const log = await scenario();
    const end = (session: { publicKey: Uint8Array }, officer: string, component = "A") => ({
      ...{ kind: "session.ended", component, role: officer, body: { session: keyIdOf(sha256, session.publicKey) } },
    });
    const first = await log.openSession("A", "A-Duty-1");
    expect(codeOf(log.try(await log.sign(signerOf("A-Duty-2"), end(first, "A-Duty-2"))))).toBe("role.wrong");
    log.add(await log.sign(first, end(first, "A-Duty-1")));
    expect(codeOf(log.try(await log.sign(first, note(log))))).toBe("key.revoked");
    const second = await log.openSession("A", "A-Duty-1");
    log.add(await log.sign(log.machine, end(second, "centre", "centre")));
    expect(codeOf(log.try(await log.sign(second, note(log))))).toBe("key.revoked");
    expect(codeOf(log.try(await log.sign(A1, end(second, "A-Duty-1"))))).toBe("session.unknown");
  });
});
