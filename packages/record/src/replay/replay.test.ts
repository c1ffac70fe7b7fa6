import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { decodeEnvelope, encodeEnvelope } from "../envelope/envelope.ts";
import { type Result, unwrap } from "../fault.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { type Scenario, scenario } from "../testing/scenario.ts";
import { checkLeaf } from "./check.ts";
import { DigestIndex } from "./digest-index.ts";
import { applyLeaf, replay, trusting, wouldAccept } from "./replay.ts";
import { emptyState, type ReplayState } from "./state.ts";

const A1 = signerOf("A-Duty-1");
const B1 = signerOf("B-Duty-1");

function codeOf(result: Result<unknown>): string {
  return result.ok ? "accepted" : result.fault.code;
}

function noteOf(log: Scenario, fields: object = {}) {
  return log.draft({ kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." }, ...fields });
}

/** Everything that replaying established, as plain data. */
function outline(state: ReplayState) {
  const { founding, machineTime } = state;
  const maps = [state.keys, state.officers, state.acts, state.actsBySubject, state.quorums].map((map) => [...map]);
  return { founding, machineTime, maps, kinds: [...state.kinds.keys()], root: bytesToHex(state.history.root()) };
}

async function busyLog(): Promise<Scenario> {
  const log = await scenario();
  const session = await log.openSession("B", "B-Duty-1");
  log.add(await log.sign(session, noteOf(log, { component: "B", role: "B-Duty-1" })));
  for (const subject of ["finding-1", "finding-2"]) {
    const proposal = await log.propose(A1, { subject });
    log.add(proposal);
    if (subject === "finding-1") log.add(await log.countersign(B1, proposal));
  }
  log.add(await log.sign(log.machine, { kind: "recordings.sealed" }));
  return log;
}

describe("replay", () => {
  test("from the leaves alone gives the state the server had, in one go or resumed at any place", async () => {
    const log = await busyLog();
    for (let stop = 0; stop <= log.leaves.length; stop += 5) {
      const state = emptyState(primitives);
      expect(replay(primitives, state, log.leaves.slice(0, stop))).toEqual([]);
      expect(replay(primitives, state, log.leaves.slice(stop))).toEqual([]);
      expect(outline(state)).toEqual(outline(log.state));
    }
  });

  test("checking changes nothing", async () => {
    const log = await busyLog();
    const before = outline(log.state);
    const leaf = await log.propose(A1, { subject: "finding-3" });
    expect(wouldAccept(primitives, log.state, leaf).ok).toBe(true);
    expect(outline(log.state)).toEqual(before);
  });

  test("an acceptance is good for its own place only", async () => {
    const log = await scenario();
    const accepted = unwrap(checkLeaf(primitives, log.state, await log.sign(A1, noteOf(log))));
    log.add(await log.sign(log.machine, { kind: "alert.raised" }));
    expect(() => applyLeaf(log.state, accepted)).toThrow("acceptance for entry");
  });

  test("a refused leaf keeps its place in the tree, has no effect and is told", async () => {
    const log = await busyLog();
    const stranger = await log.sign(signerOf("stranger"), noteOf(log));
    const leaves = log.leaves.toSpliced(11, 0, stranger);
    const state = emptyState(primitives);
    const accepted: number[] = [];
    const refused = replay(primitives, state, leaves, (acceptance) => accepted.push(acceptance.index));
    expect(refused[0]).toMatchObject({ index: 11, fault: { code: "key.unenrolled" } });
    // What was anchored after that place is anchored to another history now.
    expect(refused.slice(1).every(({ fault }) => fault.code === "anchor.root" || fault.code === "key.unenrolled")).toBe(
      true,
    );
    expect(state.history.size).toBe(leaves.length);
    expect(accepted).not.toContain(11);
  });

  test("leaves in another order are refused", async () => {
    const log = await busyLog();
    const leaves = log.leaves.slice();
    [leaves[9], leaves[10]] = [leaves[10]!, leaves[9]!];
    expect(replay(primitives, emptyState(primitives), leaves).length).toBeGreaterThan(0);
  });

  test("one that trusts its own signatures comes to the same state", async () => {
    const log = await busyLog();
    const state = emptyState(primitives);
    expect(replay(trusting(primitives), state, log.leaves)).toEqual([]);
    expect(outline(state)).toEqual(outline(log.state));
  });
});

describe("refused before they are appended", () => {
  test("another log's statement", async () => {
    const log = await scenario();
    const draft = noteOf(log, { origin: "exercise.other.example/log" });
    expect(codeOf(log.try(await log.sign(A1, draft)))).toBe("origin.wrong");
  });

  test("the same statement twice", async () => {
    const log = await scenario();
    const leaf = await log.sign(A1, noteOf(log));
    log.add(leaf);
    expect(log.try(leaf)).toMatchObject({ fault: { code: "leaf.duplicate", got: `entry ${log.leaves.length - 1}` } });
  });

  test("a kind that nobody knows", async () => {
    const log = await scenario();
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { kind: "drill.held" }))))).toBe("kind.unknown");
  });

  test("a changed payload, a changed signature, a changed key id", async () => {
    const log = await scenario();
    const envelope = unwrap(decodeEnvelope(await log.sign(A1, noteOf(log))));
    const text = new TextDecoder().decode(envelope.payload);
    const payload = utf8(text.replace("Seen.", "Felt."));
    expect(codeOf(log.try(unwrap(encodeEnvelope({ ...envelope, payload }))))).toBe("signature.bad");
    const signature = envelope.signature.map((byte, place) => (place === 3 ? byte ^ 1 : byte));
    expect(codeOf(log.try(unwrap(encodeEnvelope({ ...envelope, signature }))))).toMatch(/^signature\./);
    const keyId = bytesToHex(sha256(B1.publicKey));
    expect(codeOf(log.try(unwrap(encodeEnvelope({ ...envelope, keyId }))))).toBe("signature.bad");
  });

  test("an anchor ahead of the log or of another history", async () => {
    const log = await scenario();
    const size = log.state.history.size;
    const { root } = log.draft({ kind: "incident.noted" }).anchor;
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { anchor: { size: size + 1, root } }))))).toBe(
      "anchor.future",
    );
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { anchor: { size: size - 1, root } }))))).toBe("anchor.root");
    const old = { size: 1, root: bytesToHex(log.state.history.rootAt(1)!) };
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { anchor: old }))))).toBe("accepted");
  });

  test("anything at all: a check never throws", async () => {
    const log = await scenario();
    const envelope = unwrap(decodeEnvelope(await log.sign(A1, noteOf(log))));
    const value = fc.jsonValue();
    const draft = fc.record({
      kind: fc.constantFrom(...log.state.kinds.keys()),
      body: fc.dictionary(fc.string(), value),
    });
    const bodies = fc.record(
      {
        ...{
          officer: value,
          roles: value,
          key: value,
          possession: value,
          until: value,
          session: value,
          removes: value,
        },
        ...{ proposal: value, deadline: value, kinds: value, text: value, reason: value, suspectFrom: value },
      },
      { requiredKeys: [] },
    );
    const yes = trusting(primitives);
    await fc.assert(
      fc.asyncProperty(draft, bodies, fc.nat(4), async ({ kind }, body, who) => {
        const signer = [A1, B1, log.machine, ...log.roots("A")][who]!;
        const [component, role] = [
          ["A", "B", "centre", "A", "A"][who]!,
          ["A-Duty-1", "B-Duty-1", "centre", "root", "root"][who]!,
        ];
        const leaf = await log.sign(signer, { kind, component, role, body }).catch(() => undefined);
        if (leaf) checkLeaf(yes, log.state, leaf);
      }),
      { numRuns: runs(400) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (payload) => {
        expect(checkLeaf(yes, log.state, unwrap(encodeEnvelope({ ...envelope, payload }))).ok).toBe(false);
      }),
    );
  });
});

describe("kinds of a log's own", () => {
  test("come with the founding or by both components' act, and are then replayed by anyone", async () => {
    const log = await scenario();
    const kinds = [
      { kind: "drill.held", tier: "session" },
      { kind: "plan.agreed", tier: "binding", joint: true },
    ];
    const extension = await log.propose(A1, { kind: "kinds.extended", subject: "kinds", body: { kinds } });
    log.add(extension);
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { kind: "drill.held" }))))).toBe("kind.unknown");
    expect(log.add(await log.countersign(B1, extension)).effect).toBe("kinds-changed");
    expect(codeOf(log.try(await log.sign(A1, noteOf(log, { kind: "drill.held" }))))).toBe("accepted");
    const plan = await log.propose(A1, { kind: "plan.agreed", subject: "plan" });
    log.add(plan);
    expect(log.add(await log.countersign(B1, plan)).effect).toBe("joint");
    expect(replay(primitives, emptyState(primitives), log.leaves)).toEqual([]);
  });

  test("cannot loosen a kind there is", async () => {
    const log = await scenario();
    for (const kinds of [
      [{ kind: "finding.proposed", tier: "session" }],
      [{ kind: "x", tier: "root" }],
      [{ kind: "x", tier: "machine", joint: true }],
      {},
      [null],
    ]) {
      expect(
        codeOf(log.try(await log.propose(A1, { kind: "kinds.extended", subject: "kinds", body: { kinds } }))),
      ).toBe("statement.body");
    }
  });
});

test("the index of statements holds what was put, through its growth", () => {
  const index = new DigestIndex();
  const digest = (number: number) => bytesToHex(sha256(utf8(`${number}`)));
  for (let number = 0; number < 5000; number++) index.set(digest(number), number);
  for (let number = 0; number < 5000; number += 7) expect(index.get(digest(number))).toBe(number);
  for (let number = 5000; number < 6000; number++) expect(index.get(digest(number))).toBeUndefined();
});
