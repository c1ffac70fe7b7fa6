import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unwrap } from "../fault.ts";
import { formatCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, noteKey } from "../note/vkey.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorBytes, vectorsPresent, vectorText } from "../testing/shared.ts";
import { evaluatePolicy } from "./evaluate.ts";
import { parsePolicy } from "./parse.ts";

const logKey = noteKey(sha256, "exercise.test/log", ED25519_NOTE, signerOf("log").publicKey);
const NAMES = ["A", "B", "C", "D"];
const keyOf = (name: string) => noteKey(sha256, `${name}.test`, ED25519_COSIGNATURE, signerOf(name).publicKey);
const LOG = `log ${formatVkey(logKey)} https://example.test/log\n`;
const WITNESSES = NAMES.map((name) => `witness ${name} ${formatVkey(keyOf(name))}\n`).join("");
const USUAL = `${LOG}${WITNESSES}group guarantors all A B\ngroup neutral any C D\ngroup public all guarantors neutral\nquorum public\n`;

async function outcome(policyText: string, signers: readonly string[]) {
  const policy = unwrap(parsePolicy(sha256, policyText));
  const text = formatCheckpoint({ origin: logKey.name, size: 1, root: sha256(new Uint8Array(0)) });
  const signatures = [await signNote(logKey, signerOf("log"), text)];
  for (const name of signers) signatures.push(await signNote(keyOf(name), signerOf(name), text, 5));
  const cosigners = policy.witnesses.map((witness) => witness.key);
  return evaluatePolicy(
    policy,
    unwrap(openCheckpoint(primitives, formatNote({ text, signatures }), logKey, cosigners)),
  );
}

describe("policies", () => {
  test("both components and one neutral", async () => {
    expect(await outcome(USUAL, ["A", "B", "D"])).toEqual({ satisfied: true, present: ["A", "B", "D"], absent: ["C"] });
    expect((await outcome(USUAL, ["A", "B"])).satisfied).toBe(false);
    expect((await outcome(USUAL, ["A", "C", "D"])).satisfied).toBe(false);
    expect((await outcome(USUAL, [])).satisfied).toBe(false);
  });

  test("a number of members, one witness, or nobody", async () => {
    const three = `${LOG}${WITNESSES}group most 3 A B C D\nquorum most\n`;
    expect((await outcome(three, ["A", "C", "D"])).satisfied).toBe(true);
    expect((await outcome(three, ["A", "C"])).satisfied).toBe(false);
    expect((await outcome(`${LOG}${WITNESSES}quorum B\n`, ["B"])).satisfied).toBe(true);
    expect((await outcome(`${LOG}${WITNESSES}quorum none\n`, [])).satisfied).toBe(true);
  });

  test.each([
    ["no quorum", LOG],
    ["two quorums", `${LOG}quorum none\nquorum none\n`],
    ["a name not defined yet", `${LOG}quorum A\n`],
    ["a group of what comes later", `${LOG}group g all A\n${WITNESSES}quorum g\n`],
    ["a member of two groups", `${LOG}${WITNESSES}group g any A B\ngroup h any A C\nquorum g\n`],
    ["a member twice", `${LOG}${WITNESSES}group g 2 A A\nquorum g\n`],
    ["a name twice", `${LOG}${WITNESSES}group A any B C\nquorum A\n`],
    ["a witness named none", `${LOG}witness none ${formatVkey(keyOf("A"))}\nquorum none\n`],
    ["more than there are", `${LOG}${WITNESSES}group g 5 A B C D\nquorum g\n`],
    ["none of them", `${LOG}${WITNESSES}group g 0 A B\nquorum g\n`],
    ["an empty group", `${LOG}group g any\nquorum g\n`],
    ["a word that is none", `${LOG}allow everything\nquorum none\n`],
    ["too many words", `${LOG}quorum none please\n`],
  ])("refuses %s", (_, text) => {
    expect(parsePolicy(sha256, text)).toMatchObject({ ok: false, fault: { code: "policy.malformed" } });
  });

  test("says which line is wrong, and never throws", () => {
    expect(parsePolicy(sha256, `${LOG}\n# words\nquorum x\n`)).toMatchObject({ fault: { where: { line: 4 } } });
    const word = fc.constantFrom(
      "log",
      "witness",
      "group",
      "quorum",
      "none",
      "A",
      "B",
      "all",
      "any",
      "2",
      "#",
      formatVkey(keyOf("A")),
      "\u0000",
    );
    const lines = fc.array(
      fc.array(word, { maxLength: 5 }).map((words) => words.join(" ")),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, (list) => void parsePolicy(sha256, list.join("\n"))),
      { numRuns: runs(1000) },
    );
  });
});

test.skipIf(!vectorsPresent)("the sample log meets its policy (data/record/go-sample-600)", () => {
  const policy = unwrap(parsePolicy(sha256, vectorText("go-sample-600/policy.tlog-policy")));
  const cosigners = policy.witnesses.map((witness) => witness.key);
  const note = vectorBytes("go-sample-600/checkpoint");
  expect(
    evaluatePolicy(policy, unwrap(openCheckpoint(primitives, note, policy.logs[0]!.key, cosigners))).satisfied,
  ).toBe(true);
  expect(
    evaluatePolicy(policy, unwrap(openCheckpoint(primitives, note, policy.logs[0]!.key, cosigners.slice(1)))).absent,
  ).toEqual(["A"]);
});
