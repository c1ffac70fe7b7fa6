/**
 * Leaves that must not be in a log, each beside the code by which it is refused. Made over a founded log, so that verifiers
 * in whatever language can be run on the same record and have to say the same.
 */
import { bytesToHex, concat, formatStatementTime, keyIdOf, utf8 } from "@openjmc/record";
import { signEnvelope } from "../../packages/record/src/envelope/envelope.ts";
import { recordOf } from "../../packages/record/src/testing/memory-record.ts";
import { sha256, signerOf } from "../../packages/record/src/testing/primitives.ts";
import { type Scenario, scenario } from "../../packages/record/src/testing/scenario.ts";

export interface MalformedLeaf {
  readonly name: string;
  readonly code: string;
  readonly leaf: Uint8Array;
}

export interface MalformedRecord {
  /** Files of the record, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly size: number;
  /** In the order of the log, from the first place that is not sound on. */
  readonly malformed: readonly (MalformedLeaf & { readonly index: number })[];
}

const NOTE = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "x" } };
const TYPE = "application/vnd.openjmc.incident.noted.v1+json";

/** A sound log of two components, and behind it one malformed leaf after the other. */
export async function malformedRecord(): Promise<MalformedRecord> {
  const log = await scenario();
  await prepare(log);
  const leaves = await malformedLeaves(log);
  const start = log.leaves.length;
  const files = await recordOf([...log.leaves, ...leaves.map(({ leaf }) => leaf)]);
  const malformed = leaves.map((one, place) => ({ ...one, index: start + place }));
  return { files, size: start + leaves.length, malformed };
}

const PROPOSAL = { subject: "finding-9", body: { texts: { en: "Two." }, deadline: "2031-01-01T00:00:00.000000Z" } };

/** A node, an officer who was revoked, a session that has ended, an open proposal. */
async function prepare(log: Scenario): Promise<void> {
  await log.enrol("B", "B-Node", signerOf("B-Node"), ["node"]);
  await log.enrol("B", "Liaison");
  await log.enrol("A", "A-Gone");
  const body = { officer: "A-Gone" };
  const leaf = await log.sign(log.roots("A")[0]!, {
    kind: "officer.revoked",
    component: "A",
    role: "root",
    subject: "A-Gone",
    body,
  });
  log.add(leaf);
  log.add(await log.countersign(log.roots("A")[1]!, leaf));
  log.add(await log.propose(signerOf("A-Duty-1"), PROPOSAL));
}

async function malformedLeaves(log: Scenario): Promise<MalformedLeaf[]> {
  const made: MalformedLeaf[] = [];
  const add = (name: string, code: string, leaf: Uint8Array): void => void made.push({ name, code, leaf });
  for (const [name, code, leaf] of await ofKeys(log)) add(name, code, leaf);
  for (const [name, code, leaf] of await ofSpelling(log)) add(name, code, leaf);
  for (const [name, code, leaf] of await ofText(log)) add(name, code, leaf);
  for (const [name, code, leaf] of await ofPlace(log)) add(name, code, leaf);
  for (const [name, code, leaf] of await ofTwoKeys(log)) add(name, code, leaf);
  return made;
}

type Row = readonly [string, string, Uint8Array];

/** Signed by a key that may not, or that proves nothing. */
async function ofKeys(log: Scenario): Promise<Row[]> {
  const A1 = signerOf("A-Duty-1");
  const sign = (name: string, fields: object) => log.sign(signerOf(name), { ...NOTE, ...fields });
  const session = await log.openSession("A", "A-Duty-1");
  const bindingUnderSession = await log.sign(session, {
    ...NOTE,
    kind: "finding.dissented",
    body: { proposal: "0".repeat(64), text: "x" },
  });
  const good = text(await log.sign(A1, NOTE));
  const signature = /"sig":"([^"]+)"/.exec(good)![1]!;
  const forged = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = new Uint8Array(Buffer.from(signature, "base64"));
    change(bytes);
    return utf8(good.replace(signature, Buffer.from(bytes).toString("base64")));
  };
  const identity = (bytes: Uint8Array): void => {
    bytes.fill(0);
    bytes[0] = 1;
  };
  return [
    ["a key that is not enrolled", "key.unenrolled", await sign("stranger", {})],
    ["a revoked key", "key.revoked", await sign("A-Gone", { role: "A-Gone" })],
    ["the centre's key for an officer's act", "tier.session-under-machine", await log.sign(log.machine, NOTE)],
    ["a session key for a binding act", "tier.binding-under-session", bindingUnderSession],
    ["a root key for an officer's act", "tier.session-under-root", await log.sign(log.roots("A")[0]!, NOTE)],
    [
      "an officer's key for a machine's act",
      "tier.machine-under-binding",
      await sign("A-Duty-1", { kind: "alert.raised" }),
    ],
    ["the other component's name", "component.wrong", await sign("A-Duty-1", { component: "B" })],
    ["another officer's name", "role.wrong", await sign("A-Duty-1", { role: "A-Duty-2" })],
    ["a signature over something else", "signature.bad", forged((bytes) => bytes.set([bytes[40]! ^ 2], 40))],
    ["a signature of low order", "signature.low-order", forged(identity)],
    ["a signature with S above the order", "signature.not-canonical", forged((bytes) => bytes.fill(0xff, 32))],
    ["a signature cut short", "signature.length", utf8(good.replace(signature, "AAAA"))],
    ...(await ofEnrolment(log)),
  ];
}

/** Keys that must not be enrolled. */
async function ofEnrolment(log: Scenario): Promise<Row[]> {
  const enrol = async (officer: string, publicKey: string, possession = "AAAA"): Promise<Uint8Array> =>
    log.sign(log.roots("B")[0]!, {
      ...{ kind: "officer.enrolled", component: "B", role: "root", subject: officer },
      body: { officer, roles: ["duty"], key: publicKey, possession },
    });
  const stranger = bytesToHex(signerOf("newcomer").publicKey);
  return [
    [
      "a newcomer who does not show that the key is his",
      "key.possession",
      await enrol("B-New", stranger, Buffer.alloc(64, 7).toString("base64")),
    ],
    ["a key of low order", "key.low-order", await enrol("B-Low", `01${"00".repeat(31)}`)],
    ["a name after the other component", "officer.name-of-other", await enrol("A-Duty-9", stranger)],
    ["a name that an officer of the other component has", "officer.name-of-other", await foreignName(log, "Liaison")],
  ];
}

/** All in order but for whose name it is. */
async function foreignName(log: Scenario, officer: string): Promise<Uint8Array> {
  return log.enrolmentLeaf("A", officer, signerOf("namesake"));
}

/** Spelled in another than the one allowed way. */
async function ofSpelling(log: Scenario): Promise<Row[]> {
  const leaf = await log.sign(signerOf("A-Duty-1"), NOTE);
  const good = text(leaf);
  const signature = /"sig":"([^"]+)"/.exec(good)![1]!;
  const keyid = /"keyid":"([^"]+)"/.exec(good)![1]!;
  const bits = signature.replace(/(.)==$/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}==`);
  const rows: [string, string, string][] = [
    ["a space in the JSON", "json.not-canonical", good.replace('":"', '": "')],
    ["a line feed behind the JSON", "json.not-canonical", `${good}\n`],
    [
      "members in another order",
      "json.not-canonical",
      good.replace(/^\{("payload":"[^"]*"),("payloadType":"[^"]*")/, "{$2,$1"),
    ],
    ["an escape that need not be", "json.not-canonical", good.replace("application/", "application\\/")],
    ["a name twice", "json.duplicate-name", good.replace('"payloadType":', '"payload":"","payloadType":')],
    ["a member too many", "envelope.malformed", good.replace('"payload":', '"note":"x","payload":')],
    ["no signature", "envelope.signatures", good.replace(/"signatures":\[.*\]/, '"signatures":[]')],
    ["two signatures", "envelope.signatures", good.replace(/"signatures":\[(.*)\]/, '"signatures":[$1,$1]')],
    ["a key id in capitals", "envelope.malformed", good.replace(keyid, keyid.toUpperCase())],
    ["base64 with spare bits", "base64.malformed", good.replace(signature, bits)],
    ["base64 without padding", "base64.malformed", good.replace(signature, signature.replaceAll("=", ""))],
    ["base64 of another alphabet", "base64.malformed", good.replace(signature, `_-${signature.slice(2)}`)],
    ["base64 with a space", "base64.malformed", good.replace(signature, ` ${signature.slice(1)}`)],
    ["no JSON", "json.malformed", good.slice(1)],
    ["JSON broken off", "json.malformed", good.slice(0, -1)],
    ["JSON with something behind it", "json.malformed", `${good}}`],
    ["an empty object", "envelope.malformed", "{}"],
    ["a list", "envelope.malformed", "[]"],
    ["nothing but brackets", "json.too-deep", `${"[".repeat(200)}${"]".repeat(200)}`],
    ["a payload type of somebody else", "envelope.payload-type", good.replace("vnd.openjmc.", "vnd.example.")],
    ["a payload type of another kind", "kind.mismatch", good.replace("incident.noted.v1", "incident.opened.v1")],
  ];
  const broken = concat(leaf.slice(0, 12), Uint8Array.of(0xff), leaf.slice(12));
  return [
    ...rows.map(([name, code, spelled]) => [name, code, utf8(spelled)] as const),
    ["no UTF-8", "utf8.malformed", broken],
  ];
}

/** Well signed, but over a text that must not be signed. */
async function ofText(log: Scenario): Promise<Row[]> {
  const draft = log.draft(NOTE);
  const payload = canonicalText(draft);
  const sign = async (changed: string): Promise<Uint8Array> => envelopeOf(utf8(changed));
  const withText = (inner: string): string => payload.replace('"text":"x"', `"text":${inner}`);
  const rows: [string, string, string][] = [
    ["a payload with a space", "json.not-canonical", payload.replace(",", ", ")],
    ["a payload with a name twice", "json.duplicate-name", withText('"x","text":"y"')],
    ["a fraction", "json.not-canonical", withText("1.0")],
    ["a number with an exponent", "json.not-canonical", withText("1e3")],
    ["a fraction in its own form", "json.number", withText("1.5")],
    ["an integer that doubles lose", "json.not-canonical", withText("9007199254740993")],
    ["an integer beyond what is safe", "json.number", withText("9007199254740992")],
    ["letters put in another order", "json.bidi-control", withText('"a\u202eb"')],
    ["an invisible letter", "json.bidi-control", withText('"a\u200bb"')],
    ["a control character", "json.control-character", withText('"a\\u0007b"')],
    ["a letter spelled in two parts", "json.not-nfc", withText('"e\u0301"')],
    ["deep nesting", "json.too-deep", withText(`${"[".repeat(40)}1${"]".repeat(40)}`)],
    ["a payload too long", "json.too-long", withText(`"${"x".repeat(33 * 1024)}"`)],
    ["no body", "statement.malformed", payload.replace('"body":{"text":"x"},', "")],
    ["a negative revision", "statement.malformed", payload.replace('"revision":1', '"revision":-1')],
    [
      "a subject with a space",
      "statement.malformed",
      payload.replace('"subject":"subject-1"', '"subject":"subject 1"'),
    ],
    [
      "a day that there is not",
      "statement.time",
      payload.replace(/"at":"[^"]+"/, '"at":"2021-02-30T00:00:00.000000Z"'),
    ],
    ["a time without fractions", "statement.time", payload.replace(/"at":"[^"]+"/, '"at":"2021-02-20T00:00:00Z"')],
  ];
  return Promise.all(rows.map(async ([name, code, changed]) => [name, code, await sign(changed)] as const));
}

/** At a place in the log, or of a log, where it does not belong. */
async function ofPlace(log: Scenario): Promise<Row[]> {
  const A1 = signerOf("A-Duty-1");
  const { size } = log.state.history;
  const root = bytesToHex(log.state.history.rootAt(size)!);
  return [
    ["of another log", "origin.wrong", await log.sign(A1, { ...NOTE, origin: "exercise.other/log" })],
    ["of a kind that nobody knows", "kind.unknown", await log.sign(A1, { ...NOTE, kind: "incident.burnt" })],
    ["anchored in the future", "anchor.future", await log.sign(A1, { ...NOTE, anchor: { size: size + 10_000, root } })],
    [
      "anchored in another history",
      "anchor.root",
      await log.sign(A1, { ...NOTE, anchor: { size, root: "0".repeat(64) } }),
    ],
    ["entered twice", "root.same-key", log.leaves.find((leaf) => text(leaf).includes("officer.enrolled"))!],
    [
      "a second founding",
      "founding.second",
      await log.sign(log.machine, { kind: "log.founded", subject: "log", body: log.foundingBody() }),
    ],
    ["a session beyond a watch", "session.too-long", await sessionOf(log, 9)],
  ];
}

async function sessionOf(log: Scenario, hours: number): Promise<Uint8Array> {
  const until = formatStatementTime(log.now + hours * 3_600_000_000);
  const body = { ...(await log.keyBody(signerOf("long session"), "A", "A-Duty-1")), until };
  return log.sign(signerOf("A-Duty-1"), { kind: "session.enrolled", component: "A", role: "A-Duty-1", body });
}

/** Against the rule of the two keys. */
async function ofTwoKeys(log: Scenario): Promise<Row[]> {
  const proposal = log.leaves.find((leaf) => text(leaf).includes("finding.proposed"))!;
  const id = [...log.state.acts.keys()].at(-1)!;
  const of = (kind: string, officer: string, body: object, component = officer[0]!) =>
    log.sign(signerOf(officer), {
      kind,
      component,
      role: officer,
      subject: "finding-9",
      body: { proposal: id, ...body },
    });
  const lapse = await log.sign(log.machine, { kind: "finding.lapsed", subject: "finding-9", body: { proposal: id } });
  return [
    ["signed a second time by the same officer", "joint.same-officer", proposal],
    [
      "countersigned by the proposer's own side",
      "joint.same-component",
      await log.countersign(signerOf("A-Duty-2"), proposal),
    ],
    ["countersigned by the other side's node", "node.binding", await log.countersign(signerOf("B-Node"), proposal)],
    ["proposed by a node", "node.binding", await log.propose(signerOf("B-Node"), { component: "B", role: "B-Node" })],
    ["dissent by a node", "node.binding", await of("finding.dissented", "B-Node", { text: "no" })],
    [
      "another text under the other's name",
      "joint.other-text",
      await log.propose(signerOf("B-Duty-1"), { ...PROPOSAL, revision: 2 }),
    ],
    [
      "a countersignature to nothing",
      "joint.no-proposal",
      await log.propose(signerOf("B-Duty-1"), { ...PROPOSAL, subject: "finding-0" }),
    ],
    [
      "a proposal that goes back",
      "joint.revision",
      await log.propose(signerOf("A-Duty-2"), { ...PROPOSAL, role: "A-Duty-2", revision: 0 }),
    ],
    ["dissent from one's own side", "joint.own-dissent", await of("finding.dissented", "A-Duty-2", { text: "no" })],
    ["withdrawal by the other side", "component.wrong", await of("finding.withdrawn", "B-Duty-1", { reason: "no" })],
    ["dissent of another kind", "kind.wrong", await of("act.dissented", "B-Duty-1", { text: "no" })],
    [
      "dissent about nothing",
      "joint.no-proposal",
      await of("finding.dissented", "B-Duty-1", { text: "no", proposal: "0".repeat(64) }),
    ],
    ["a lapse before its time", "lapse.early", lapse],
  ];
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function canonicalText(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

/** An envelope over any bytes, well signed by an officer: spelled by hand, as the package itself would refuse to. */
async function envelopeOf(payload: Uint8Array): Promise<Uint8Array> {
  const signer = signerOf("A-Duty-1");
  const { signature } = await signEnvelope(sha256, signer, TYPE, payload);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const keyid = keyIdOf(sha256, signer.publicKey);
  return utf8(
    `{"payload":"${base64(payload)}","payloadType":"${TYPE}","signatures":[{"keyid":"${keyid}","sig":"${base64(signature)}"}]}`,
  );
}
