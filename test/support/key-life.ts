/**
 * A log in which every key there is has been replaced, and each step in between tried the wrong way as well. Refused leaves keep
 * their places, so that verifiers in whatever language can be run over the one record and have to say the same of each.
 */
import {
  bytesToBase64,
  bytesToHex,
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatCheckpoint,
  formatNote,
  formatStatementTime,
  formatVkey,
  keyIdOf,
  type NoteKey,
  noteKey,
  readLeaf,
  replay,
  type Signer,
  signNote,
  unwrap,
  utf8,
} from "@openjmc/record";
import { recordOf } from "../../packages/record/src/testing/memory-record.ts";
import { primitives, sha256, signerOf } from "../../packages/record/src/testing/primitives.ts";
import { ORIGIN, type Scenario, SECOND, scenario } from "../../packages/record/src/testing/scenario.ts";

const DAY = 86_400;
const LOG = signerOf("log");
const FRESH_LOG = signerOf("fresh log");
const FRESH_MACHINE = signerOf("fresh machine");
const NEW_ROOTS = ["new root 1", "new root 2", "new root 3"].map(signerOf);

const logKeyOf = (signer: Signer): NoteKey => noteKey(sha256, ORIGIN, ED25519_NOTE, signer.publicKey);
const nodeOf = (name: string): Signer => signerOf(`node ${name}`);
const nodeKeyOf = (name: string): NoteKey =>
  noteKey(sha256, `${ORIGIN}/${name}`, ED25519_COSIGNATURE, nodeOf(name).publicKey);

const policyUnder = (log: Signer): string[] => [
  `log ${formatVkey(logKeyOf(log))}`,
  ...["A", "B", "N"].map((name) => `witness ${name} ${formatVkey(nodeKeyOf(name))}`),
  "group public any A B N",
  "quorum public",
];

export interface Refused {
  readonly index: number;
  readonly name: string;
  readonly code: string;
}

export interface KeyLife {
  /** Files of the record, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly refused: readonly Refused[];
  /** Checkpoint and key as somebody would give them out who has the log's key of before. */
  readonly former: ReadonlyMap<string, Uint8Array>;
}

class Life {
  readonly log: Scenario;
  readonly refused: Refused[] = [];

  constructor(log: Scenario) {
    this.log = log;
  }

  /** Takes a leaf as a verifier does. `code`: by which it must be refused; it stays in the log all the same. */
  take(name: string, leaf: Uint8Array, code?: string): void {
    const index = this.log.leaves.length;
    const [refusal] = replay(primitives, this.log.state, [leaf]);
    this.log.leaves.push(leaf);
    if (refusal?.fault.code !== code) throw new Error(`${name}: ${refusal?.fault.code ?? "accepted"}, not ${code}`);
    if (code !== undefined) this.refused.push({ index, name, code });
  }

  /** A statement that several sign. */
  async all(name: string, leaf: Uint8Array, signers: readonly Signer[]): Promise<void> {
    this.take(name, leaf);
    for (const signer of signers) this.take(name, await this.log.countersign(signer, leaf));
  }
}

export async function keyLife(): Promise<KeyLife> {
  const life = new Life(
    await scenario({
      rootRecoverySeconds: 7 * DAY,
      shortestAnswerSeconds: DAY,
      logKey: bytesToHex(LOG.publicKey),
      cosigners: { policy: policyUnder(LOG) },
    }),
  );
  await officers(life);
  await heads(life);
  await cosigned(life);
  await recovery(life);
  await rekeying(life);
  await answers(life);
  await replacedRoot(life);
  const files = await recordOf(life.log.leaves);
  const former = await headUnder(LOG, life.log);
  return { files: new Map([...files, ...(await headUnder(FRESH_LOG, life.log))]), refused: life.refused, former };
}

/** Sessions end with the key that opened them. */
async function officers(life: Life): Promise<void> {
  const { log } = life;
  const session = await log.openSession("A", "A-Duty-1");
  const note = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "x" } };
  life.take("a note under a session", await log.sign(session, note));
  await log.enrol("A", "A-Duty-1", signerOf("A-Duty-1 anew"));
  life.take("a session of the key before", await log.sign(session, note), "key.revoked");
  const body = await log.keyBody(signerOf("A-Duty-1 rotated"), "A", "A-Duty-1");
  const rotation = { kind: "officer.rotated", component: "A", role: "A-Duty-1", body };
  life.take("a rotation", await log.sign(signerOf("A-Duty-1 anew"), rotation));
  const suspect = (fields: object) =>
    log.sign(log.roots("A")[0]!, {
      ...{ kind: "officer.suspected", component: "A", role: "root", subject: "A-Duty-1" },
      body: { officer: "A-Duty-1", reason: "seen elsewhere", suspectFrom: 3, ...fields },
    });
  life.take("a mark from nowhere", await suspect({ suspectFrom: 10_000 }), "statement.body");
  life.take("a mark on nobody", await suspect({ officer: "A-Duty-9" }), "officer.unknown");
  life.take("a mark on a key of others", await suspect({ key: "0".repeat(64) }), "key.unenrolled");
  await life.all("a mark", await suspect({ key: keyIdOf(sha256, session.publicKey) }), [log.roots("A")[1]!]);
}

/** What commits a component is its head's or the deputy's. */
async function heads(life: Life): Promise<void> {
  const { log } = life;
  const configure = (officer: string, revision: number) =>
    log.propose(signerOf(officer), {
      ...{ kind: "mission.configured", component: "A", role: officer, subject: "sample", revision },
    });
  life.take("a mission by an officer while there is no head", await configure("A-Duty-2", 1), "role.not-allowed");
  await log.enrol("A", "A-Head", undefined, ["head-of-component"]);
  await log.enrol("B", "B-Deputy", undefined, ["deputy-head"]);
  const mission = await configure("A-Head", 2);
  life.take("a mission by the head", mission);
  life.take("by an officer of the other", await log.countersign(signerOf("B-Duty-1"), mission), "role.not-allowed");
  life.take("by the other's deputy", await log.countersign(signerOf("B-Deputy"), mission));
}

async function cosigned(life: Life): Promise<void> {
  const { log } = life;
  const { size } = log.state.history;
  const root = log.state.history.rootAt(size)!;
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  const by = async (name: string) => {
    const { bytes } = await signNote(nodeKeyOf(name), nodeOf(name), text, 1000);
    return { name, time: 1000, signature: bytesToBase64(bytes.subarray(8)) };
  };
  const good = { size, root: bytesToHex(root), cosignatures: [await by("A"), await by("N")] };
  const tell = (change: object) => log.sign(log.machine, { kind: "checkpoint.cosigned", body: { ...good, ...change } });
  const forged = [{ ...(await by("A")), time: 1001 }];
  life.take("another root cosigned", await tell({ root: "0".repeat(64) }), "cosigned.root");
  life.take("another time cosigned", await tell({ cosignatures: forged }), "cosigned.signature");
  const stranger = [{ ...(await by("A")), name: "M" }];
  life.take("cosigned by nobody who is named", await tell({ cosignatures: stranger }), "statement.body");
  life.take("cosigned twice by one", await tell({ cosignatures: [await by("A"), await by("A")] }), "statement.body");
  life.take("cosigned", await tell({}));
  const earlier = { size: 1, root: bytesToHex(log.state.history.rootAt(1)!) };
  life.take("an earlier point after a later", await tell(earlier), "cosigned.order");
}

/** B has one root left and gets three new ones; before that, every way in which it must not. */
async function recovery(life: Life): Promise<void> {
  const { log } = life;
  const claim = async (by: Signer, more: object = {}): Promise<Uint8Array> => {
    const roots = [];
    for (const root of NEW_ROOTS) roots.push(await log.keyBody(root, "B", "root"));
    const body = { roots, reason: "the safe burnt", ...more };
    return log.sign(by, { kind: "roots.claimed", component: "B", role: "root", subject: "B", body });
  };
  const [a1, a2] = log.roots("A");
  const [b1, , b3] = log.roots("B");
  life.take("a claim of two roots", await claim(a1!, { roots: [{}, {}] }), "statement.body");
  const known = [await log.keyBody(signerOf("A-Duty-2"), "B", "root"), {}, {}];
  life.take("a claim of a key that is known", await claim(a1!, { roots: known }), "key.already-enrolled");
  const first = await claim(a1!);
  life.take("a claim, witnessed once", first);
  life.take("by an officer of the witness", await log.countersign(signerOf("A-Duty-2"), first), "component.wrong");
  life.take("witnessed twice by one root", await log.countersign(a1!, first), "root.same-key");
  life.take("witnessed by two", await log.countersign(a2!, first));
  life.take("by one of its officers", await log.countersign(signerOf("B-Duty-1"), first));
  life.take("by its root, which opens it", await log.countersign(b1!, first));
  life.take("a second claim beside it", await claim(a1!, { reason: "again" }), "recovery.open");
  const refs = (of: Uint8Array) => [{ rel: "claim", sha256: unwrap(readLeaf(sha256, of)).statementId }];
  const object = (by: Signer, component: string) =>
    log.sign(by, {
      ...{ kind: "roots.contested", component, role: "root", subject: "B", refs: refs(first) },
      body: { reason: "our roots are safe" },
    });
  life.take("an objection of the witness", await object(a1!, "B"), "component.wrong");
  life.take("an objection of a root that is left", await object(b3!, "B"));
  const restore = (of: Uint8Array, days: number) =>
    log.sign(log.machine, {
      ...{ kind: "roots.restored", subject: "B", refs: refs(of), body: { restores: "B" } },
      at: formatStatementTime(log.now + days * DAY * SECOND),
    });
  life.take("a restoration of what was stopped", await restore(first, 8), "recovery.none");
  const second = await claim(a1!, { reason: "it burnt after all" });
  await life.all("another claim", second, [a2!, b1!]);
  life.take("a restoration before its time", await restore(second, 6), "recovery.early");
  life.take("a restoration", await restore(second, 8));
  const enrolment = async (by: Signer) => {
    const body = { officer: "B-9", roles: ["duty"], ...(await log.keyBody(signerOf("B-9"), "B", "B-9")) };
    return log.sign(by, { kind: "officer.enrolled", component: "B", role: "root", subject: "B-9", body });
  };
  life.take("an enrolment by a root of before", await enrolment(b1!), "key.revoked");
  await life.all("an enrolment by the new roots", await enrolment(NEW_ROOTS[0]!), [NEW_ROOTS[2]!]);
}

/** A stolen root has signed an enrolment; replaced, it is no half of it any more. */
async function replacedRoot(life: Life): Promise<void> {
  const { log } = life;
  const [stolen, second, third] = log.roots("A");
  const planted = await log.enrolmentLeaf("A", "A-Duty-9", signerOf("A-Duty-9"));
  life.take("an enrolment by one root", planted);
  const removes = keyIdOf(sha256, stolen!.publicKey);
  const body = { removes, ...(await log.keyBody(signerOf("fresh root of A"), "A", "root")) };
  const leaf = await log.sign(second!, { kind: "root.replaced", component: "A", role: "root", body });
  await life.all("the root's replacement", leaf, [third!]);
  life.take("the enrolment by another", await log.countersign(second!, planted));
  const act = { kind: "incident.noted", component: "A", role: "A-Duty-9", body: { text: "x" } };
  life.take("a note of whom one root enrolled", await log.sign(signerOf("A-Duty-9"), act), "key.unenrolled");
}

async function rekeying(life: Life): Promise<void> {
  const { log } = life;
  const rekey = async (change: object = {}, logKey = FRESH_LOG) => {
    const fresh = await log.keyBody(logKey, "centre", "log");
    const body = {
      ...(await log.keyBody(FRESH_MACHINE, "centre", "centre")),
      ...{ logKey: fresh.key, logPossession: fresh.possession, ...change },
    };
    return log.sign(log.roots("A")[0]!, { kind: "log.rekeyed", component: "centre", role: "root", body });
  };
  const unproven = bytesToBase64(new Uint8Array(64).fill(7));
  life.take("a log's key without proof", await rekey({ logPossession: unproven }), "key.possession");
  life.take("one key for both", await rekey({}, FRESH_MACHINE), "key.already-enrolled");
  life.take("a mark from nowhere", await rekey({ suspectFrom: -1 }), "statement.body");
  await life.all("new keys of the centre", await rekey(), [log.roots("A")[1]!, ...NEW_ROOTS.slice(0, 2)]);
  life.take("the centre's key of before", await log.sign(log.machine, { kind: "alert.raised" }), "key.revoked");
  const name = (policy: string[], revision: number, suspect?: unknown) =>
    log.sign(signerOf("A-Head"), {
      ...{ kind: "cosigners.named", component: "A", role: "A-Head", subject: "cosigners", revision },
      body: { policy, ...(suspect === undefined ? {} : { suspect }) } as never,
    });
  life.take("cosigners under the log's key of before", await name(policyUnder(LOG), 1), "policy.log");
  const named = [...policyUnder(FRESH_LOG).slice(0, 3), "group public any A B", "quorum public"];
  life.take("a mark on a stranger", await name(named, 2, [{ name: "M", from: 3 }]), "statement.body");
  life.take("a mark from the future", await name(named, 2, [{ name: "N", from: 100_000 }]), "statement.body");
  const marked = await name(named, 2, [{ name: "N", from: 3 }]);
  await life.all("cosigners under the key of now", marked, [signerOf("B-Deputy")]);
}

/** The time to answer runs from the centre's clock, whatever a proposer claims. */
async function answers(life: Life): Promise<void> {
  const { log } = life;
  const clock = formatStatementTime(log.now + 30 * DAY * SECOND);
  life.take("the centre's clock", await log.sign(FRESH_MACHINE, { kind: "alert.raised", at: clock }));
  const propose = (days: number) =>
    log.propose(signerOf("A-Duty-2"), {
      ...{ role: "A-Duty-2", body: { text: "x", deadline: formatStatementTime(log.now + days * DAY * SECOND) } },
    });
  life.take("a proposal kept back until its deadline", await propose(30), "joint.deadline-near");
  life.take("a proposal with time to answer", await propose(32));
}

/** The head as a mirror has it after all that, cosigned by one who is named. */
async function headUnder(signer: Signer, log: Scenario): Promise<Map<string, Uint8Array>> {
  const size = log.leaves.length;
  const text = formatCheckpoint({ origin: ORIGIN, size, root: log.state.history.rootAt(size)! });
  const key = logKeyOf(signer);
  const signatures = [await signNote(key, signer, text), await signNote(nodeKeyOf("B"), nodeOf("B"), text, 2000)];
  return new Map([
    ["checkpoint", formatNote({ text, signatures })],
    ["log.vkey", utf8(`${formatVkey(key)}\n`)],
    ["cosigners.vkey", utf8(`${formatVkey(nodeKeyOf("B"))}\n`)],
  ]);
}
