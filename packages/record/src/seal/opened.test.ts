import { describe, expect, test } from "vitest";
import { unwrap } from "../fault.ts";
import { readLeaf, signStatement } from "../statement/leaf.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { checkOpened, type SealedPlace } from "./opened.ts";

const INCIDENT = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
const body = {
  ...{ room: "A", epoch: 1, commitment: "0".repeat(64), ciphertext: "1".repeat(64), bytes: 100 },
  promise: { kind: "conclusion.stated", incident: INCIDENT, deadline: "2021-03-02T00:00:00.000000Z" },
};
const act = { component: "A", role: "A-Duty-1" };

async function sealedBy(made: Scenario, officer = "A-Duty-1"): Promise<SealedPlace> {
  const { index, leaf } = made.add(
    await made.sign(signerOf(officer), { ...act, role: officer, kind: "sealed", subject: INCIDENT, body }),
  );
  return { index, leaf };
}

async function inner(made: Scenario, signer: string, fields: object = {}): Promise<Uint8Array> {
  const conclusion = { incident: INCIDENT, text: "Two bursts.", language: "en" };
  const draft = made.draft({ ...act, kind: "conclusion.stated", subject: INCIDENT, body: conclusion, ...fields });
  return signStatement(sha256, signerOf(signer), draft);
}

describe("an opened entry", () => {
  test("is the officer's word as of the place where it was sealed", async () => {
    const made = await scenario();
    const sealed = await sealedBy(made);
    const statement = await inner(made, "A-Duty-1");
    expect(unwrap(checkOpened(primitives, made.state, sealed, statement)).statement.body).toMatchObject({
      text: "Two bursts.",
    });
    expect(unwrap(readLeaf(sha256, statement)).statement.origin).toBe(ORIGIN);
  });

  test("is refused when it is not what was promised, each by its own name", async () => {
    const made = await scenario();
    const sealed = await sealedBy(made);
    const late = signerOf("too late");
    const tries: [Uint8Array, string][] = [
      [await inner(made, "A-Duty-1", { kind: "sealed", body }), "opened.kind"],
      [await inner(made, "A-Duty-1", { origin: "exercise.other/log" }), "opened.origin"],
      [await inner(made, "A-Duty-2", { role: "A-Duty-2" }), "opened.officer"],
      [await inner(made, "B-Duty-1"), "opened.key"],
      [await signStatement(sha256, late, made.draft({ ...act, kind: "conclusion.stated" })), "opened.key"],
      [await inner(made, "A-Duty-1", { body: { incident: "another", text: "x", language: "en" } }), "opened.promise"],
      [await inner(made, "A-Duty-1", { kind: "incident.noted", body: { incident: INCIDENT } }), "opened.promise"],
    ];
    for (const [statement, code] of tries)
      expect(checkOpened(primitives, made.state, sealed, statement)).toMatchObject({ ok: false, fault: { code } });
  });

  test("is refused under a key that was enrolled only after it had been sealed", async () => {
    const made = await scenario();
    const sealed = await sealedBy(made);
    const leaf = await made.enrolmentLeaf("A", "A-Duty-1", signerOf("fresh"));
    made.add(leaf);
    made.add(await made.countersign(made.roots("A")[1]!, leaf));
    const statement = await inner(made, "fresh");
    expect(checkOpened(primitives, made.state, sealed, statement)).toMatchObject({ fault: { code: "opened.key" } });
  });
});
