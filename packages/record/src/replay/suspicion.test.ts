import { expect, test } from "vitest";
import { keyIdOf } from "../envelope/envelope.ts";
import type { Result } from "../fault.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { type Scenario, scenario } from "../testing/scenario.ts";
import { isSuspect } from "./state.ts";

const A1 = signerOf("A-Duty-1");
const KEY = keyIdOf(sha256, A1.publicKey);

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

function note(log: Scenario) {
  return log.sign(A1, { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." } });
}

async function byRoots(log: Scenario, kind: string, body: object, component = "A"): Promise<Result<unknown>> {
  const [first, second] = log.roots(component);
  const leaf = await log.sign(first!, { kind, component, role: "root", subject: "A-Duty-1", body });
  const result = log.try(leaf);
  return result.ok ? log.try(await log.countersign(second!, leaf)) : result;
}

test("a mark can be put on later, without ending the key, and moves back only", async () => {
  const log = await scenario();
  const first = log.add(await note(log)).index;
  const second = log.add(await note(log)).index;
  const mark = (suspectFrom: number) => ({ officer: "A-Duty-1", suspectFrom, reason: "the machine was open" });
  expect(codeOf(await byRoots(log, "officer.suspected", mark(second)))).toBe("accepted");
  expect([isSuspect(log.state, KEY, first), isSuspect(log.state, KEY, second)]).toEqual([false, true]);
  expect(codeOf(log.try(await note(log)))).toBe("accepted");
  await byRoots(log, "officer.suspected", mark(first));
  expect(isSuspect(log.state, KEY, first)).toBe(true);
  await byRoots(log, "officer.suspected", mark(log.state.history.size));
  expect(isSuspect(log.state, KEY, first)).toBe(true);
});

test("a key that has ended can still be marked, alone among its officer's", async () => {
  const log = await scenario();
  const index = log.add(await note(log)).index;
  const fresh = await log.enrol("A", "A-Duty-1", signerOf("fresh"));
  const mark = { officer: "A-Duty-1", key: KEY, suspectFrom: index, reason: "found copied" };
  expect(codeOf(await byRoots(log, "officer.suspected", mark))).toBe("accepted");
  expect(isSuspect(log.state, KEY, index)).toBe(true);
  expect(isSuspect(log.state, keyIdOf(sha256, fresh.publicKey), log.state.history.size)).toBe(false);
});

test.each<[string, object, string]>([
  ["an officer that nobody has heard of", { officer: "A-9" }, "officer.unknown"],
  ["an officer of the other component", { officer: "B-Duty-1" }, "officer.unknown"],
  ["a key of somebody else", { key: "0".repeat(64) }, "key.unenrolled"],
  ["an entry still to come", { suspectFrom: 10_000 }, "statement.body"],
  ["no entry", { suspectFrom: null }, "statement.body"],
  ["no reason", { reason: "" }, "statement.body"],
])("cannot mark %s", async (_, more, code) => {
  const log = await scenario();
  const body = { officer: "A-Duty-1", suspectFrom: 0, reason: "lost", ...more };
  expect(codeOf(await byRoots(log, "officer.suspected", body))).toBe(code);
});

test("the other component's roots cannot mark", async () => {
  const log = await scenario();
  const body = { officer: "A-Duty-1", suspectFrom: 0, reason: "we say so" };
  const draft = { kind: "officer.suspected", component: "A", role: "root", body };
  expect(codeOf(log.try(await log.sign(log.roots("B")[0]!, draft)))).toBe("component.wrong");
});
