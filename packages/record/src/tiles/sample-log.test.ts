import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, noteKey } from "../note/vkey.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { vectorBytes, vectorFiles, vectorsPresent, vectorText } from "../testing/shared.ts";
import { EMPTY_LOG, planAppend } from "./writer.ts";

const SAMPLE = "go-sample-600";
const ORIGIN = "jmc.example/log/sample";
const COSIGNED_AT = 1767225600;
const SIZES = [0, 1, 2, 3, 7, 8, 255, 256, 257, 512, 600];

const log = signerOf("openjmc sample log key");
const witnesses = ["a", "b"].map((letter) => {
  const signer = signerOf(`openjmc sample witness ${letter.toUpperCase()}`);
  const name = `component-${letter}.jmc.example/witness`;
  return { signer, key: noteKey(sha256, name, ED25519_COSIGNATURE, signer.publicKey) };
});
const logKey = noteKey(sha256, ORIGIN, ED25519_NOTE, log.publicKey);

async function signedCheckpoint(size: number, root: Uint8Array): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  const signatures = [await signNote(logKey, log, text)];
  for (const [position, { key, signer }] of witnesses.entries()) {
    signatures.push(await signNote(key, signer, text, COSIGNED_AT + position));
  }
  return formatNote({ text, signatures });
}

/** The log grown through all its published sizes, with every file it ever had. */
async function growSample(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let edge = EMPTY_LOG;
  for (const size of SIZES) {
    const entries = Array.from({ length: size - edge.tree.size }, (_, offset) => {
      const seq = edge.tree.size + offset;
      return utf8(JSON.stringify({ seq, type: "observation", text: `sample entry ${seq}` }));
    });
    const plan = unwrap(planAppend(sha256, edge, entries));
    for (const file of plan.files) files.set(file.path, file.bytes);
    files.set(`history/checkpoint.${String(size).padStart(6, "0")}`, await signedCheckpoint(size, plan.root));
    edge = plan.edge;
  }
  files.set("checkpoint", files.get("history/checkpoint.000600")!);
  files.set("log.vkey", utf8(`${formatVkey(logKey)}\n`));
  files.set("cosigners.vkey", concat(...witnesses.map(({ key }) => utf8(`${formatVkey(key)}\n`))));
  return files;
}

describe.skipIf(!vectorsPresent)("the 600-entry sample log (data/record/go-sample-600)", () => {
  test("comes out byte for byte from the same seeds", async () => {
    const files = await growSample();
    const others = ["policy.tlog-policy", "sample.leaf", "sample.tlog-proof"];
    const wanted = vectorFiles(SAMPLE).filter((name) => !others.includes(name));
    expect([...files.keys()].sort()).toEqual(wanted);
    for (const name of wanted) {
      expect([name, Buffer.from(files.get(name)!).equals(vectorBytes(`${SAMPLE}/${name}`))]).toEqual([name, true]);
    }
  });

  test("its leaf is the sample's", () => {
    expect(vectorText(`${SAMPLE}/sample.leaf`)).toBe('{"seq":300,"type":"observation","text":"sample entry 300"}');
  });
});
