/**
 * What can be done to a record and to an archive of it, one thing after the other: each is caught, and told by a sentence that no
 * other of them gets. The forger is careful: manifests always fit, and where the keeper himself lies, the log's key has signed.
 */
import { createHash } from "node:crypto";
import { createWords, LOCALES } from "@openjmc/words";
import { beforeAll, describe, expect, it } from "vitest";
import { nodeVerification } from "../apps/centre/src/archive/verification.ts";
import { sentenceOf } from "../apps/centre/src/cli/verify.ts";
import {
  ARCHIVE,
  BAG_ALGORITHMS,
  BAG_DECLARATION,
  bytesToHex,
  canonicalize,
  encodeEnvelope,
  formatManifest,
  formatNote,
  formatPayloadType,
  formatVkey,
  parseNote,
  type RecordFinding,
  signEnvelope,
  tell,
  unwrap,
  utf8,
  utf8ToText,
  verifyArchive,
} from "../packages/record/src/index.ts";
import {
  type Files,
  LOG_KEY,
  readerOf,
  recordOf,
  signedHead,
  WITNESS_KEY,
} from "../packages/record/src/testing/memory-record.ts";
import { sha256, signerOf } from "../packages/record/src/testing/primitives.ts";
import { ORIGIN, type Scenario, scenario } from "../packages/record/src/testing/scenario.ts";

const A1 = signerOf("A-Duty-1");
const NOTE = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." } };
const PHOTO = utf8("a photograph");
const CIPHERTEXT = utf8("what a room keeps to itself");
const name = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

let log: Scenario;
let archive: Files;

beforeAll(async () => {
  log = await scenario();
  log.add(await log.sign(A1, { ...NOTE, refs: [{ rel: "attachment", sha256: name(PHOTO) }] }));
  const sealed = { room: "A", epoch: 1, commitment: "0".repeat(64), ciphertext: name(CIPHERTEXT), bytes: 27 };
  log.add(await log.sign(A1, { ...NOTE, kind: "sealed", body: sealed }));
  for (let count = 0; count < 8; count++) log.add(await log.sign(A1, { ...NOTE, body: { text: `${count}` } }));
  archive = await archiveOf(log.leaves);
});

/** An archive of a record of these leaves, sealed by the log's own key and a witness, as far as it goes without manifests. */
async function archiveOf(leaves: readonly Uint8Array[]): Promise<Files> {
  const record = await recordOf(leaves);
  const files: Files = new Map([...record].map(([path, bytes]) => [`${ARCHIVE.log}${path}`, bytes]));
  const root = bytesToHex(await rootOf(record));
  const says = {
    ...{ format: "openjmc-archive", version: 1, level: "full", origin: ORIGIN, size: leaves.length, root },
    ...{ exercise: true, madeAt: "2021-03-01T00:00:00.000000Z", software: "test" },
    ...{ withheldEntries: 0, withheldAttachments: 0, cosigners: [WITNESS_KEY.name] },
  };
  files.set(ARCHIVE.description, utf8(JSON.stringify(says)));
  const rule = `log ${formatVkey(LOG_KEY)}\nwitness neutral ${formatVkey(WITNESS_KEY)}\nquorum neutral\n`;
  files.set(ARCHIVE.policy, utf8(rule));
  for (const bytes of [PHOTO, CIPHERTEXT]) files.set(`${ARCHIVE.attachments}${name(bytes)}`, bytes);
  return files;
}

async function rootOf(record: Files): Promise<Uint8Array> {
  const text = unwrap(utf8ToText(record.get("checkpoint")!));
  return new Uint8Array(Buffer.from(text.split("\n")[2]!, "base64"));
}

function withManifests(files: Files): Files {
  const bag: Files = new Map([...files, ["bagit.txt", utf8(BAG_DECLARATION)]]);
  for (const start of ["manifest", "tagmanifest"])
    for (const algorithm of BAG_ALGORITHMS) {
      const isListed = (path: string) =>
        start === "manifest" ? path.startsWith("data/") : !path.startsWith("data/") && !path.startsWith("tagmanifest");
      const digests = [...bag]
        .filter(([path]) => isListed(path))
        .map(([path, bytes]) => [path, createHash(algorithm).update(bytes).digest("hex")] as const);
      bag.set(`${start}-${algorithm}.txt`, formatManifest(new Map(digests)));
    }
  return bag;
}

/** What is done, to a copy of the archive; a new one is given back where the keeper wrote the log anew. */
// biome-ignore lint/suspicious/noConfusingVoidType: most change the copy and give nothing back
type Tampering = (files: Files) => Files | void | Promise<Files | void>;

const at = (path: string) => (files: Files) => files.get(path)!;
const bundle = at(`${ARCHIVE.log}tile/entries/000.p/19`);
const flip = (bytes: Uint8Array, place: number): void => {
  bytes[place] = bytes[place]! ^ 1;
};

/** The keeper takes one more leaf in, of whatever kind, and seals it. */
const withLeaf =
  (leaf: () => Uint8Array | Promise<Uint8Array>): Tampering =>
  async () =>
    archiveOf([...log.leaves, await leaf()]);

/** A leaf that an enrolled officer has signed over these very bytes. */
async function signedOver(payload: string, signer = A1): Promise<Uint8Array> {
  return unwrap(encodeEnvelope(await signEnvelope(sha256, signer, formatPayloadType("incident.noted"), utf8(payload))));
}

const payload = (body: object) => unwrap(canonicalize(log.draft({ ...NOTE, body: body as never })));

async function revoked(): Promise<Files> {
  const log = await scenario();
  const body = { officer: "A-Duty-1", reason: "lost" };
  const first = await log.sign(log.roots("A")[0]!, {
    ...{ kind: "officer.revoked", component: "A", role: "root", subject: "A-Duty-1", body },
  });
  log.add(first);
  log.add(await log.countersign(log.roots("A")[1]!, first));
  return archiveOf([...log.leaves, await log.sign(A1, NOTE)]);
}

async function withoutCosignature(files: Files, change: (bytes: Uint8Array) => Uint8Array | undefined): Promise<void> {
  const note = unwrap(parseNote(at(`${ARCHIVE.log}checkpoint`)(files)));
  const [own, witness] = note.signatures;
  const bytes = change(witness!.bytes.slice());
  const signatures = bytes ? [own!, { ...witness!, bytes }] : [own!];
  files.set(`${ARCHIVE.log}checkpoint`, formatNote({ ...note, signatures }));
}

const LOW_ORDER = new Uint8Array(32);
const DEEP = 40;

/** What is done; how it is named by `--json`; as the record's own history was seen elsewhere. */
type Way = readonly [what: string, code: string, tampering: Tampering, elsewhere?: () => Promise<Uint8Array>];
const LIST: readonly Way[] = [
  ["flip a byte of an entry", "root.differs", (files) => flip(bundle(files), 9_000)],
  ["flip a byte of a tile", "tile.differs", (files) => flip(at(`${ARCHIVE.log}tile/0/000.p/19`)(files), 7)],
  ["flip a byte of the checkpoint", "note.bad-signature", (files) => flip(at(`${ARCHIVE.log}checkpoint`)(files), 40)],
  ["delete entries", "bundle.missing", (files) => void files.delete(`${ARCHIVE.log}tile/entries/000.p/19`)],
  ["delete a tile", "tile.missing", (files) => void files.delete(`${ARCHIVE.log}tile/0/000.p/19`)],
  [
    "truncate entries",
    "bundle.broken",
    (files) => void files.set(`${ARCHIVE.log}tile/entries/000.p/19`, bundle(files).slice(0, -4)),
  ],
  [
    "reorder entries",
    "anchor.future",
    () => archiveOf([...log.leaves.slice(0, -2), log.leaves.at(-1)!, log.leaves.at(-2)!]),
  ],
  [
    "roll back",
    "history.longer-elsewhere",
    () => archiveOf(log.leaves.slice(0, -3)),
    () => signedHead(log.leaves.length, log.state.history.root()),
  ],
  [
    "fork",
    "history.split-view",
    async () => archiveOf([...log.leaves.slice(0, -1), await log.sign(log.machine, { kind: "alert.raised" })]),
    () => signedHead(log.leaves.length, log.state.history.root()),
  ],
  ["drop a cosignature", "cosignature.dropped", (files) => withoutCosignature(files, () => undefined)],
  [
    "alter a cosignature",
    "note.bad-cosignature",
    (files) => withoutCosignature(files, (bytes) => bytes.map((byte, place) => (place === 20 ? byte ^ 1 : byte))),
  ],
  [
    "swap an attachment",
    "attachment.swapped",
    (files) => void files.set(`${ARCHIVE.attachments}${name(PHOTO)}`, utf8("another")),
  ],
  [
    "swap a ciphertext",
    "ciphertext.swapped",
    (files) => void files.set(`${ARCHIVE.attachments}${name(CIPHERTEXT)}`, utf8("another")),
  ],
  ["sign with an unenrolled key", "key.unenrolled", withLeaf(() => log.sign(signerOf("a stranger"), NOTE))],
  ["sign with a revoked key", "key.revoked", revoked],
  [
    "enrol a key of low order",
    "key.low-order",
    withLeaf(() => log.enrolmentLeaf("A", "A-Duty-3", { publicKey: LOW_ORDER, sign: () => new Uint8Array(64) })),
  ],
  [
    "sign with a point of low order",
    "signature.low-order",
    withLeaf(() => log.sign({ ...A1, sign: () => new Uint8Array(64) }, NOTE)),
  ],
  ["sign for the other component", "component.wrong", withLeaf(() => log.sign(A1, { ...NOTE, component: "B" }))],
  ["sign with the wrong tier", "tier.session-under-machine", withLeaf(() => log.sign(log.machine, NOTE))],
  ["sign another text", "signature.bad", withLeaf(async () => resigned(await log.sign(A1, NOTE)))],
  ["write JSON otherwise", "json.not-canonical", withLeaf(() => signedOver(payload({ text: "a" }).replace(":", ": ")))],
  ["write base64 otherwise", "base64.malformed", withLeaf(async () => otherBase64(await log.sign(A1, NOTE)))],
  [
    "say a name twice",
    "json.duplicate-name",
    withLeaf(() => signedOver(payload({ text: "a" }).replace('"text":"a"', '"text":"a","text":"b"'))),
  ],
  ["turn the direction of writing", "json.bidi-control", withLeaf(() => signedOver(payload({ text: "a\u202eb" })))],
  [
    "nest deeply",
    "json.too-deep",
    withLeaf(() =>
      signedOver(payload({ text: 7 }).replace('"text":7', `"text":${"[".repeat(DEEP)}${"]".repeat(DEEP)}`)),
    ),
  ],
];

/** The officer's good signature under words that he has not signed. */
async function resigned(leaf: Uint8Array): Promise<Uint8Array> {
  const [own, other] = [leaf, await log.sign(A1, { ...NOTE, body: { text: "what he never said" } })];
  const [{ signatures }, words] = [own, other].map((one) => JSON.parse(unwrap(utf8ToText(one!))) as object) as [
    { readonly signatures: object },
    object,
  ];
  return utf8(unwrap(canonicalize({ ...words, signatures })));
}

/** The same bytes with bits beyond them that a lenient reader passes over. */
function otherBase64(leaf: Uint8Array): Uint8Array {
  const text = unwrap(utf8ToText(leaf));
  return utf8(
    text.replace(/([AQgw])(=="\}\])/, (_, letter, end) => `${String.fromCharCode(letter.charCodeAt(0) + 1)}${end}`),
  );
}

/** What the verification calls it: the finding, or the reason for which an entry or a checkpoint was refused. */
const codeOf = ({ code, fault }: RecordFinding): string => (code.endsWith(".refused") ? (fault?.code ?? code) : code);

async function verified(files: Files, seen: readonly Uint8Array[]) {
  return verifyArchive(readerOf(withManifests(files)), { ...nodeVerification(), seen });
}

describe("the archive itself", () => {
  it("holds, also beside the checkpoint that others have", async () => {
    const seen = [await signedHead(log.leaves.length, log.state.history.root())];
    const result = await verified(archive, seen);
    expect(result.findings).toEqual([]);
    expect(result.attachments).toBe(2);
  });
});

describe("whoever would", () => {
  const told = new Map<string, string>();

  for (const [what, code, tampering, elsewhere] of LIST)
    it(`${what} is told ${code}`, async () => {
      const copy: Files = new Map([...archive].map(([path, bytes]) => [path, bytes.slice()]));
      const files = (await tampering(copy)) ?? copy;
      const result = await verified(files, elsewhere ? [await elsewhere()] : []);
      expect(result.holds).toBe(false);
      expect(result.findings.map(codeOf)).toContain(code);
      const own = result.findings.find((one) => codeOf(one) === code)!;
      const line = tell(result).find((one) => one.code === `wrong.${own.code}` && one.fault?.code === own.fault?.code)!;
      for (const words of LOCALES.map((locale) => createWords(locale))) {
        expect(words.has(`archive.wrong.${own.code}`)).toBe(true);
        const isReason = own.code !== code;
        if (isReason) expect([words.locale, code, words.has(`faults.${code}`)]).toEqual([words.locale, code, true]);
        const sentence = isReason ? words.sayFault({ code, what: "" }) : sentenceOf(line, words);
        expect([sentence, told.get(`${words.locale} ${sentence}`)]).toEqual([sentence, undefined]);
        told.set(`${words.locale} ${sentence}`, what);
      }
    });

  it("are told in as many sentences as there are ways", () => {
    expect([...told.keys()]).toHaveLength(LIST.length * LOCALES.length);
    expect(new Set(LIST.map(([, code]) => code)).size).toBe(LIST.length);
  });
});
