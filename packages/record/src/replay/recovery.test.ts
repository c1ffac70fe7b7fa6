import { describe, expect, test } from "vitest";
import { bytesToHex } from "../bytes/hex.ts";
import type { Result } from "../fault.ts";
import { unwrap } from "../fault.ts";
import type { Signer } from "../primitives.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { readLeaf } from "../statement/leaf.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { Scenario, SECOND, scenario } from "../testing/scenario.ts";

const WEEK = 7 * 86_400;
const TERMS = { rootRecoverySeconds: WEEK };
const NEW_ROOTS = ["new root 1", "new root 2", "new root 3"].map(signerOf);

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

async function claimLeaf(log: Scenario, by: Signer, more: object = {}, component = "B"): Promise<Uint8Array> {
  const roots = [];
  for (const root of NEW_ROOTS) roots.push(await log.keyBody(root, component, "root"));
  const body = { roots, reason: "the safe burnt", ...more };
  return log.sign(by, { kind: "roots.claimed", component, role: "root", subject: component, body });
}

/** A claim of B, witnessed by A, with a root that B has left. */
async function openClaim(log: Scenario): Promise<Uint8Array> {
  const claim = await claimLeaf(log, log.roots("A")[0]!);
  log.add(claim);
  log.add(await log.countersign(log.roots("A")[1]!, claim));
  expect(log.add(await log.countersign(log.roots("B")[0]!, claim)).effect).toBe("keys-changed");
  return claim;
}

function about(claim: Uint8Array): StatementDraft["refs"] {
  return [{ rel: "claim", sha256: unwrap(readLeaf(sha256, claim)).statementId }];
}

function restoration(log: Scenario, claim: Uint8Array, seconds: number): Promise<Uint8Array> {
  const at = formatStatementTime(log.now + seconds * SECOND);
  const body = { restores: "B" };
  return log.sign(log.machine, { kind: "roots.restored", subject: "B", refs: about(claim), at, body });
}

function objection(log: Scenario, claim: Uint8Array, by: Signer, component = "B"): Promise<Uint8Array> {
  const body = { reason: "our roots are safe" };
  return log.sign(by, { kind: "roots.contested", component, role: "root", subject: "B", refs: about(claim), body });
}

describe("a component that has lost its roots", () => {
  test("gets new ones by a root that is left, the witness of the other side, and a delay", async () => {
    const log = await scenario(TERMS);
    const claim = await openClaim(log);
    expect(codeOf(log.try(await restoration(log, claim, WEEK - 60)))).toBe("recovery.early");
    expect(log.add(await restoration(log, claim, WEEK + 60)).effect).toBe("keys-changed");
    expect(log.state.claims.get("B")?.status).toBe("restored");
    const enrolment = { kind: "officer.enrolled", component: "B", role: "root", subject: "B-Duty-3" };
    const body = { officer: "B-Duty-3", roles: ["duty"], ...(await log.keyBody(signerOf("B3"), "B", "B-Duty-3")) };
    expect(codeOf(log.try(await log.sign(log.roots("B")[0]!, { ...enrolment, body })))).toBe("key.revoked");
    const leaf = await log.sign(NEW_ROOTS[0]!, { ...enrolment, body });
    log.add(leaf);
    expect(log.add(await log.countersign(NEW_ROOTS[2]!, leaf)).effect).toBe("keys-changed");
  });

  test("or by two of its officers, where no root is left", async () => {
    const log = await scenario(TERMS);
    const claim = await claimLeaf(log, signerOf("B-Duty-1"));
    log.add(claim);
    for (const root of log.roots("A").slice(0, 2)) {
      expect(log.add(await log.countersign(root, claim)).effect).toBe("waiting-for-roots");
    }
    expect(log.add(await log.countersign(signerOf("B-Duty-2"), claim)).effect).toBe("keys-changed");
    expect(log.state.claims.get("B")).toMatchObject({ status: "open", component: "B" });
  });

  test("never by its witnesses alone, nor by one officer under two keys", async () => {
    const log = await scenario(TERMS);
    const claim = await claimLeaf(log, log.roots("A")[0]!);
    log.add(claim);
    for (const root of log.roots("A").slice(1)) {
      expect(log.add(await log.countersign(root, claim)).effect).toBe("waiting-for-roots");
    }
    log.add(await log.countersign(signerOf("B-Duty-1"), claim));
    expect(codeOf(log.try(await log.countersign(signerOf("B-Duty-1"), claim)))).toBe("root.same-key");
    const fresh = await log.enrol("B", "B-Duty-1", signerOf("another key"));
    expect(codeOf(log.try(await log.countersign(fresh, claim)))).toBe("recovery.same-officer");
    expect(codeOf(log.try(await log.countersign(signerOf("A-Duty-1"), claim)))).toBe("component.wrong");
    expect(log.state.claims.size).toBe(0);
    expect(codeOf(log.try(await restoration(log, claim, WEEK + 60)))).toBe("recovery.none");
  });

  test("nor by an officer who was revoked in between", async () => {
    const log = await scenario(TERMS);
    const claim = await claimLeaf(log, signerOf("B-Duty-1"));
    log.add(claim);
    const revocation = { kind: "officer.revoked", component: "B", role: "root", subject: "B-Duty-1" };
    const leaf = await log.sign(log.roots("B")[1]!, { ...revocation, body: { officer: "B-Duty-1" } });
    log.add(leaf);
    log.add(await log.countersign(log.roots("B")[2]!, leaf));
    for (const signer of [...log.roots("A").slice(0, 2), signerOf("B-Duty-2")])
      expect(log.add(await log.countersign(signer, claim)).effect).toBe("waiting-for-roots");
    expect(log.state.claims.size).toBe(0);
    expect(log.add(await log.countersign(log.roots("B")[0]!, claim)).effect).toBe("keys-changed");
  });

  test("nor without its witnesses", async () => {
    const log = await scenario(TERMS);
    const claim = await claimLeaf(log, log.roots("B")[0]!);
    log.add(claim);
    expect(log.add(await log.countersign(log.roots("B")[1]!, claim)).effect).toBe("waiting-for-roots");
    expect(log.state.claims.size).toBe(0);
  });

  test("is stopped by any of its roots that is left", async () => {
    const log = await scenario(TERMS);
    const claim = await openClaim(log);
    expect(codeOf(log.try(await objection(log, claim, log.roots("A")[0]!)))).toBe("component.wrong");
    expect(codeOf(log.try(await objection(log, claim, signerOf("B-Duty-1"))))).toBe("tier.root-under-binding");
    log.add(await objection(log, claim, log.roots("B")[2]!));
    expect(log.state.claims.get("B")?.status).toBe("contested");
    expect(codeOf(log.try(await restoration(log, claim, WEEK + 60)))).toBe("recovery.none");
    expect(codeOf(log.try(await objection(log, claim, log.roots("B")[2]!)))).toBe("recovery.none");
  });

  test("cannot shorten the delay by claiming an earlier time", async () => {
    const log = await scenario(TERMS);
    log.now += WEEK * SECOND;
    log.add(await log.sign(log.machine, { kind: "alert.raised" }));
    log.now -= WEEK * SECOND;
    const claim = await openClaim(log);
    expect(codeOf(log.try(await restoration(log, claim, WEEK + 60)))).toBe("recovery.early");
    expect(codeOf(log.try(await restoration(log, claim, 2 * WEEK + 60)))).toBe("accepted");
  });

  test("has one claim open at a time; the centre alone carries it out", async () => {
    const log = await scenario(TERMS);
    const claim = await openClaim(log);
    expect(codeOf(log.try(await claimLeaf(log, log.roots("A")[0]!, { reason: "again" })))).toBe("recovery.open");
    const at = formatStatementTime(log.now + 2 * WEEK * SECOND);
    const body = { restores: "B" };
    const draft = { kind: "roots.restored", component: "B", role: "root", refs: about(claim), at, body };
    expect(codeOf(log.try(await log.sign(log.roots("B")[0]!, draft)))).toBe("tier.machine-under-root");
  });

  test.each<[string, object, string]>([
    ["two new roots", { roots: [{}, {}] }, "statement.body"],
    ["roots without proof", { roots: [{ key: "1".repeat(64) }, {}, {}] }, "statement.body"],
    ["no reason", { reason: "" }, "statement.body"],
  ])("cannot claim %s", async (_, more, code) => {
    const log = await scenario(TERMS);
    expect(codeOf(log.try(await claimLeaf(log, log.roots("A")[0]!, more)))).toBe(code);
  });

  test("proves that it holds each new key, and brings no key that is known", async () => {
    const log = await scenario(TERMS);
    const known = await log.keyBody(signerOf("A-Duty-1"), "B", "root");
    const fresh = await log.keyBody(NEW_ROOTS[0]!, "B", "root");
    const stolen = { ...fresh, key: bytesToHex(NEW_ROOTS[1]!.publicKey) };
    const tries = [
      [fresh, fresh, fresh],
      [fresh, stolen, known],
      [known, fresh, fresh],
    ];
    const codes = ["key.already-enrolled", "key.possession", "key.already-enrolled"];
    for (const [position, roots] of tries.entries()) {
      expect(codeOf(log.try(await claimLeaf(log, log.roots("A")[0]!, { roots })))).toBe(codes[position]);
    }
  });

  test("cannot claim where the founding names no delay", async () => {
    const log = await scenario();
    expect(codeOf(log.try(await claimLeaf(log, log.roots("A")[0]!)))).toBe("recovery.not-founded");
  });
});

test.each([
  [3600, "statement.body"],
  [86_400, "accepted"],
])("outside of exercises a delay of %i s is %s", async (rootRecoverySeconds, code) => {
  const log = new Scenario();
  const body = { ...log.foundingBody(), exercise: false, demonstration: false, rootRecoverySeconds };
  const draft = { kind: "log.founded", origin: "centre.example/log", body };
  expect(codeOf(log.try(await log.sign(log.machine, draft)))).toBe(code);
});
