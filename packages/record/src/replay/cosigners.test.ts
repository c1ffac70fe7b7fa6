import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tell } from "../archive/tell.ts";
import { bytesToBase64 } from "../bytes/base64.ts";
import { bytesToHex } from "../bytes/hex.ts";
import type { Result } from "../fault.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, ML_DSA_44_COSIGNATURE, noteKey } from "../note/vkey.ts";
import { componentOfCosigner, gradeOf } from "../policy/cosigners.ts";
import { readerOf, recordOf, verifyMany } from "../testing/memory-record.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../testing/scenario.ts";
import { verifyRecord } from "../verify/record.ts";
import { type AnchorGrade, SealedPoints } from "./sealed-points.ts";

const LOG = noteKey(sha256, ORIGIN, ED25519_NOTE, signerOf("log").publicKey);
const keyOf = (name: string) =>
  noteKey(sha256, `${ORIGIN}/${name}`, ED25519_COSIGNATURE, signerOf(`node ${name}`).publicKey);
const witnessLine = (name: string) => `witness ${name} ${formatVkey(keyOf(name))}`;
const POLICY = [
  `log ${formatVkey(LOG)}`,
  ...["A", "B", "N"].map(witnessLine),
  "group guarantors all A B",
  "group neutral any N",
  "group public all guarantors neutral",
  "quorum public",
];

const codeOf = (result: Result<unknown>): string => (result.ok ? "accepted" : result.fault.code);

/** A founded log whose components have heads. */
async function headed(): Promise<Scenario> {
  const log = await scenario();
  for (const component of ["A", "B"]) await log.enrol(component, `${component}-Head`, undefined, ["head-of-component"]);
  return log;
}

async function named(
  log: Scenario,
  body: object = { policy: POLICY },
  [first, second] = ["A-Head", "B-Head"],
): Promise<Result<unknown>> {
  const leaf = await log.sign(signerOf(first!), {
    ...{ kind: "cosigners.named", component: "A", role: first!, subject: "cosigners", revision: log.leaves.length },
    body,
  });
  const signed = log.try(leaf);
  return signed.ok ? log.try(await log.countersign(signerOf(second!), leaf)) : signed;
}

async function cosignatures(log: Scenario, names: readonly string[], size = log.state.history.size, time = 1000) {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: log.state.history.rootAt(size)! });
  return Promise.all(
    names.map(async (name) => {
      const { bytes } = await signNote(keyOf(name), signerOf(`node ${name}`), text, time);
      return { name, time, signature: bytesToBase64(bytes.subarray(8)) };
    }),
  );
}

async function cosigned(log: Scenario, names: readonly string[], change: object = {}): Promise<Result<unknown>> {
  const { size } = log.state.history;
  const body = {
    size,
    root: bytesToHex(log.state.history.rootAt(size)!),
    cosignatures: await cosignatures(log, names),
  };
  return log.try(await log.sign(log.machine, { kind: "checkpoint.cosigned", body: { ...body, ...change } }));
}

async function withCosigners(): Promise<Scenario> {
  const log = await headed();
  expect(codeOf(await named(log))).toBe("accepted");
  return log;
}

/** The grade of an act by an officer over this anchor. */
async function gradeOver(log: Scenario, size: number): Promise<AnchorGrade> {
  const anchor = { size, root: bytesToHex(log.state.history.rootAt(size)!) };
  return log.add(await log.propose(signerOf("A-Duty-1"), { anchor, subject: `finding-${log.leaves.length}` }))
    .anchorGrade;
}

describe("cosigners are named", () => {
  test("by a joint act, or in the founding; one side alone names nobody", async () => {
    const log = await headed();
    const leaf = await log.sign(signerOf("A-Head"), {
      ...{ kind: "cosigners.named", component: "A", role: "A-Head", subject: "cosigners", body: { policy: POLICY } },
    });
    log.add(leaf);
    expect(log.state.cosigners).toBeUndefined();
    log.add(await log.countersign(signerOf("B-Head"), leaf));
    expect(log.state.cosigners?.policy.witnesses.map(({ name }) => name)).toEqual(["A", "B", "N"]);
    expect(log.state.cosigners?.silence).toBe(600_000_000);
  });

  test("by the heads of the components and nobody else, neither first nor second", async () => {
    const log = await headed();
    expect(codeOf(await named(log, undefined, ["A-Duty-1", "B-Head"]))).toBe("role.not-allowed");
    expect(codeOf(await named(log, undefined, ["A-Head", "B-Duty-1"]))).toBe("role.not-allowed");
    expect(log.state.cosigners).toBeUndefined();
    expect(codeOf(await named(log))).toBe("accepted");
  });

  const mlDsa = noteKey(sha256, `${ORIGIN}/A`, ML_DSA_44_COSIGNATURE, new Uint8Array(1312));
  test.each([
    [
      "another log",
      "policy.log",
      POLICY.map((line) =>
        line.replace(
          formatVkey(LOG),
          formatVkey({ ...LOG, ...noteKey(sha256, "exercise.other", ED25519_NOTE, LOG.publicKey) }),
        ),
      ),
    ],
    ["no cosigner of B", "policy.component", [POLICY[0], POLICY[1], POLICY[3], "group g all A N", "quorum g"]],
    [
      "B with ML-DSA only",
      "policy.component",
      [POLICY[0], POLICY[1], `witness B ${formatVkey(mlDsa)}`, "group g all A B", "quorum g"],
    ],
    [
      "one key for two",
      "policy.same-key",
      [
        ...POLICY.slice(0, 4),
        `witness N2 ${formatVkey(noteKey(sha256, "n2", ED25519_COSIGNATURE, keyOf("N").publicKey))}`,
        "group g all A B N2",
        "quorum g",
      ],
    ],
    [
      "the log as its own cosigner",
      "policy.same-key",
      [
        ...POLICY.slice(0, 3),
        `witness N ${formatVkey(noteKey(sha256, "n", ED25519_COSIGNATURE, LOG.publicKey))}`,
        "group g all A B N",
        "quorum g",
      ],
    ],
    [
      "a note key as cosigner",
      "policy.key-type",
      [
        ...POLICY.slice(0, 3),
        `witness N ${formatVkey(noteKey(sha256, "n", ED25519_NOTE, signerOf("n").publicKey))}`,
        "group g all A B N",
        "quorum g",
      ],
    ],
    [
      "a low-order key",
      "key.low-order",
      [
        ...POLICY.slice(0, 3),
        `witness N ${formatVkey(noteKey(sha256, "n", ED25519_COSIGNATURE, Uint8Array.of(1, ...new Uint8Array(31))))}`,
        "group g all A B N",
        "quorum g",
      ],
    ],
    ["no quorum", "policy.quorum", [...POLICY.slice(0, 4), "quorum none"]],
    ["a line that is none", "policy.malformed", [...POLICY, "allow everything"]],
  ])("never with %s", async (_, code, policy) => {
    expect(codeOf(await named(await headed(), { policy }))).toBe(code);
  });

  test("never with lines in lines or spans without end", async () => {
    const log = await headed();
    expect(codeOf(await named(log, { policy: [POLICY.join("\n")] }))).toBe("statement.body");
    expect(codeOf(await named(log, { policy: POLICY.join("\n") }))).toBe("statement.body");
    expect(codeOf(await named(log, { policy: POLICY, silenceSeconds: 1e9 }))).toBe("statement.body");
    expect(codeOf(await named(log, { policy: POLICY, mergeSeconds: 0 }))).toBe("statement.body");
  });
});

describe("a cosigner whose key was stolen", () => {
  const marked = (log: Scenario, suspect: unknown) => named(log, { policy: POLICY, suspect });

  test("is marked from an entry on with the naming of the next ones, by both heads", async () => {
    const log = await withCosigners();
    expect(codeOf(await marked(log, [{ name: "N", from: 3 }]))).toBe("accepted");
    const until = log.state.history.size - 1;
    expect(log.state.suspectCosigners).toEqual([{ name: "N", from: 3, until }]);
    expect(codeOf(await marked(log, [{ name: "A", from: 5 }]))).toBe("accepted");
    expect(log.state.suspectCosigners.map(({ name }) => name)).toEqual(["N", "A"]);
  });

  test.each([["x"], [{}], [[{ name: "M", from: 3 }]], [[{ name: "N" }]], [[{ name: "N", from: -1 }]], [[null]]])(
    "is not marked by %j",
    async (suspect) => {
      const log = await withCosigners();
      expect(codeOf(await marked(log, suspect))).toBe("statement.body");
      expect(codeOf(await marked(log, [{ name: "N", from: log.leaves.length + 1 }]))).toBe("statement.body");
      expect(log.state.suspectCosigners).toEqual([]);
    },
  );

  test("is told to whoever verifies", async () => {
    const log = await withCosigners();
    await marked(log, [{ name: "N", from: 3 }]);
    const result = await verifyRecord(readerOf(await recordOf(log.leaves)), { sha256, verifyMany, story: "short" });
    const until = log.state.history.size - 1;
    expect(tell(result)).toContainEqual({
      ...{ tone: "notice", code: "verify.cosigner-suspect" },
      values: { name: "N", from: 3, until },
    });
  });
});

describe("anchors", () => {
  test("are graded by who had cosigned the point they name", async () => {
    const log = await withCosigners();
    const points: [readonly string[], AnchorGrade][] = [
      [["A", "B", "N"], "joint"],
      [["A", "B"], "joint"],
      [["A", "N"], "one-and-neutral"],
      [["N", "B"], "one-and-neutral"],
      [["A"], "none"],
      [["N"], "none"],
    ];
    for (const [names, grade] of points) {
      const { size } = log.state.history;
      expect(codeOf(await cosigned(log, names))).toBe("accepted");
      expect([names, await gradeOver(log, size)]).toEqual([names, grade]);
      expect(await gradeOver(log, log.state.history.size)).toBe("none");
    }
    expect(log.state.sealed.lastOf("joint")!.size).toBeLessThan(log.state.sealed.last!.size);
    expect(log.state.sealed.last!.time).toBe(1000);
  });

  test("cosignatures of those whom nobody named, or over another tree, are not taken", async () => {
    const bare = await scenario();
    expect(codeOf(await cosigned(bare, ["A", "B"]))).toBe("cosigned.no-rules");
    const log = await withCosigners();
    const good = await cosignatures(log, ["A", "B"]);
    const other = await cosignatures(log, ["A"], 3);
    expect(codeOf(await cosigned(log, ["A"], { root: "0".repeat(64) }))).toBe("cosigned.root");
    expect(codeOf(await cosigned(log, ["A"], { size: 9999 }))).toBe("cosigned.root");
    expect(codeOf(await cosigned(log, [], { cosignatures: other }))).toBe("cosigned.signature");
    expect(codeOf(await cosigned(log, [], { cosignatures: [{ ...good[0], time: 1001 }] }))).toBe("cosigned.signature");
    expect(codeOf(await cosigned(log, [], { cosignatures: [{ ...good[0], name: "B" }] }))).toBe("cosigned.signature");
    expect(codeOf(await cosigned(log, [], { cosignatures: [{ ...good[0], name: "X" }] }))).toBe("statement.body");
    expect(codeOf(await cosigned(log, [], { cosignatures: [good[0], good[0]] }))).toBe("statement.body");
    expect(codeOf(await cosigned(log, [], { cosignatures: [] }))).toBe("statement.body");
    expect(log.state.sealed.last).toBeUndefined();
  });

  test("what was told cosigned is not followed by less", async () => {
    const log = await withCosigners();
    await cosigned(log, ["A", "B"]);
    const body = {
      size: 3,
      root: bytesToHex(log.state.history.rootAt(3)!),
      cosignatures: await cosignatures(log, ["A", "B"], 3),
    };
    const leaf = await log.sign(log.machine, { kind: "checkpoint.cosigned", body });
    expect(codeOf(log.try(leaf))).toBe("cosigned.order");
  });

  test("only the centre tells of cosignatures", async () => {
    const log = await withCosigners();
    const body = {
      size: 3,
      root: bytesToHex(log.state.history.rootAt(3)!),
      cosignatures: await cosignatures(log, ["A"], 3),
    };
    const leaf = await log.sign(signerOf("A-Duty-1"), {
      kind: "checkpoint.cosigned",
      component: "A",
      role: "A-Duty-1",
      body,
    });
    expect(codeOf(log.try(leaf))).toBe("tier.machine-under-binding");
  });
});

test("one clock that is wrong moves nothing", async () => {
  for (const [wrong, wanted] of [
    [9_000_000, 1000],
    [1, 1000],
  ] as const) {
    const log = await withCosigners();
    const { size } = log.state.history;
    const signed = [...(await cosignatures(log, ["A", "N"])), ...(await cosignatures(log, ["B"], size, wrong))];
    expect(codeOf(await cosigned(log, [], { cosignatures: signed }))).toBe("accepted");
    expect(log.state.sealed.last).toEqual({ size, grade: "joint", time: wanted });
  }
});

test("a cosigner stands for the component its name begins with, and no other", () => {
  const components = ["A", "B"];
  expect(["A", "A-pq", "AB", "B-2", "N", "neutral-A"].map((name) => componentOfCosigner(name, components))).toEqual([
    ...["A", "A", undefined, "B", undefined, undefined],
  ]);
  expect(gradeOf(["A-pq", "B"], components)).toBe("joint");
  expect(gradeOf([], components)).toBe("none");
});

test("sealed points are found by their size, whatever came between", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(5000), { maxLength: 600 }), (sizes) => {
      const points = new SealedPoints();
      const sorted = sizes.sort((left, right) => left - right);
      for (const size of sorted) points.add({ size, grade: "one-and-neutral", time: size + 7 });
      for (const size of sorted) expect(points.get(size)).toEqual({ size, grade: "one-and-neutral", time: size + 7 });
      expect(points.get(5001)).toBeUndefined();
      const last = sorted.at(-1);
      if (last === undefined) return;
      points.add({ size: last, grade: "joint", time: 1 });
      expect([points.last, points.lastOf("joint")?.size]).toEqual([{ size: last, grade: "joint", time: 1 }, last]);
    }),
  );
});
