import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorBytes, vectorJson, vectorsPresent, vectorText } from "../testing/shared.ts";
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { formatNote, formatSignatureLine, openNote, parseNote, parseSignatureLine } from "./note.ts";
import { cosignedMessage, signNote, verifyNoteSignature } from "./signature.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, isKeyName, noteKey, parseVkey, parseVkeys } from "./vkey.ts";

const logSigner = signerOf("log");
const logKey = noteKey(sha256, "exercise.test/log", ED25519_NOTE, logSigner.publicKey);
const witnessSigner = signerOf("witness");
const witnessKey = noteKey(sha256, "witness.test", ED25519_COSIGNATURE, witnessSigner.publicKey);
const TEXT = formatCheckpoint({ origin: logKey.name, size: 7, root: sha256(utf8("root")) });

async function signedCheckpoint(text = TEXT): Promise<Uint8Array> {
  const signatures = [
    await signNote(logKey, logSigner, text),
    await signNote(witnessKey, witnessSigner, text, 1700000000),
  ];
  return formatNote({ text, signatures });
}

describe.skipIf(!vectorsPresent)("note vectors (data/record/sumdb-note)", () => {
  const vectors = vectorsPresent
    ? vectorJson("sumdb-note/note-vectors.json")
    : { open: [], vkeys_ok: [], vkeys_bad: [] };
  const CODES: Record<string, string> = {
    malformed: "note.malformed",
    unverified: "note.unverified",
    ambiguous: "note.ambiguous-key",
    "invalid-signature": "note.bad-signature",
  };

  test.each(vectors.open as { name: string; note: string; keys: string[]; error?: string }[])("$name", (vector) => {
    const keys = vector.keys.map((key) => unwrap(parseVkey(sha256, key)));
    const bytes = vector.name.includes("0xff") ? new Uint8Array([0xff, ...utf8(vector.note)]) : utf8(vector.note);
    const opened = openNote(primitives, bytes, keys);
    if (vector.error) {
      expect(opened.ok).toBe(false);
      if (!opened.ok && opened.fault.code !== "utf8.malformed") expect(opened.fault.code).toBe(CODES[vector.error]);
      return;
    }
    const { verified, unverified } = vector as unknown as { verified: string[]; unverified: string[] };
    expect(unwrap(opened).verified.map((signature) => signature.name)).toEqual(verified);
    expect([...new Set(unwrap(opened).unverified.map((signature) => signature.name))]).toEqual(unverified);
  });

  test("verifier keys", () => {
    for (const text of vectors.vkeys_ok) expect(formatVkey(unwrap(parseVkey(sha256, text)))).toBe(text);
    for (const text of vectors.vkeys_bad) expect(parseVkey(sha256, text).ok).toBe(false);
  });
});

describe.skipIf(!vectorsPresent)("cosignature vectors (data/record/c2sp)", () => {
  test("real cosignatures beside a log signature of a type that is not known here", () => {
    for (const { vkey, file, timestamp } of vectorJson("c2sp/cosignature-vectors.json")) {
      const key = unwrap(parseVkey(sha256, vkey));
      const opened = unwrap(openNote(primitives, vectorBytes(file), [key]));
      expect(opened.verified).toMatchObject([{ name: key.name, timestamp }]);
    }
  });

  test("ML-DSA-44", () => {
    const vector = vectorJson("c2sp/mldsa44-cosignature.json");
    const key = unwrap(parseVkey(sha256, vector.vkey));
    const { bytes } = parseSignatureLine(vector.signature_line.replace(/\n$/, ""));
    const timestamp = unwrap(verifyNoteSignature(primitives, key, vector.checkpoint_text, bytes)).timestamp!;
    expect(bytesToHex(cosignedMessage(key, vector.checkpoint_text, timestamp))).toBe(vector.cosigned_message_hex);
    bytes[500] = bytes[500]! ^ 1;
    expect(verifyNoteSignature(primitives, key, vector.checkpoint_text, bytes)).toMatchObject({
      fault: { code: "signature.bad" },
    });
    const { verifyMlDsa44: _absent, ...without } = primitives;
    expect(verifyNoteSignature(without, key, vector.checkpoint_text, bytes)).toMatchObject({
      fault: { code: "signature.unsupported" },
    });
  });
});

describe("notes", () => {
  test("are read back as they were written", async () => {
    const bytes = await signedCheckpoint();
    const note = unwrap(parseNote(bytes));
    expect(note.text).toBe(TEXT);
    expect(formatNote(note)).toEqual(bytes);
    for (const signature of note.signatures) {
      expect(parseSignatureLine(formatSignatureLine(signature).slice(0, -1))).toEqual(signature);
    }
  });

  test("reading never throws, and what is read has one spelling", () => {
    const line = fc.constantFrom("— a AAAAAAA=", "— a AAAAAAAA", "text", "", "\n", "— b c", "—", "\u0000");
    const hostile = fc.oneof(
      fc.array(line, { maxLength: 8 }).map((lines) => utf8(lines.join("\n"))),
      fc.uint8Array({ maxLength: 80 }),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        const note = parseNote(bytes);
        if (note.ok) expect(formatNote(note.value)).toEqual(bytes);
      }),
      { numRuns: runs(2000) },
    );
  });

  test("more than a megabyte is not looked at", () => {
    expect(parseNote(new Uint8Array(1_000_001))).toMatchObject({ fault: { code: "note.too-long" } });
  });

  test("key names", () => {
    for (const name of ["example.com/log", "PeterNeumann", "журнал"]) expect(isKeyName(name)).toBe(true);
    for (const name of ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u0085b", "\ud800"])
      expect(isKeyName(name)).toBe(false);
  });

  test("a file of keys may hold comments; a bad line spoils it", () => {
    const text = `# cosigners\n\n${formatVkey(logKey)}\n${formatVkey(witnessKey)}\n`;
    expect(unwrap(parseVkeys(sha256, text)).map((key) => key.name)).toEqual([logKey.name, witnessKey.name]);
    expect(parseVkeys(sha256, `${text}nonsense\n`)).toMatchObject({ fault: { code: "vkey.malformed" } });
    const otherId = formatVkey(logKey).replace(logKey.id, "00000000");
    expect(parseVkey(sha256, otherId)).toMatchObject({ fault: { code: "vkey.id" } });
  });
});

describe("checkpoints", () => {
  test("open with the log's key, with the times of the cosigners", async () => {
    const opened = unwrap(openCheckpoint(primitives, await signedCheckpoint(), logKey, [witnessKey]));
    expect(opened).toMatchObject({ origin: logKey.name, size: 7 });
    expect(opened.cosignatures).toMatchObject([{ name: "witness.test", timestamp: 1700000000 }]);
  });

  test("do not open without the log's signature, or under another origin", async () => {
    const cosigned = formatNote({ text: TEXT, signatures: [await signNote(witnessKey, witnessSigner, TEXT, 1)] });
    expect(openCheckpoint(primitives, cosigned, logKey, [witnessKey])).toMatchObject({
      fault: { code: "checkpoint.unsigned" },
    });
    const other = await signedCheckpoint(TEXT.replace("exercise.test", "another.test"));
    expect(openCheckpoint(primitives, other, logKey)).toMatchObject({ fault: { code: "checkpoint.origin" } });
  });

  test("a cosignature's time is signed, and its place too", async () => {
    const note = unwrap(parseNote(await signedCheckpoint()));
    for (const place of [0, 7, 8, 71]) {
      const bytes = note.signatures[1]!.bytes.slice();
      bytes[place] = bytes[place]! ^ 1;
      const changed = formatNote({ ...note, signatures: [note.signatures[0]!, { ...note.signatures[1]!, bytes }] });
      expect(openCheckpoint(primitives, changed, logKey, [witnessKey])).toMatchObject({
        fault: { code: "note.bad-cosignature" },
      });
    }
  });

  test.each([
    "",
    "o\n1\n",
    "o\n01\nAAAA\n",
    TEXT.replace("\n7\n", "\n-7\n"),
    TEXT.replace("\n7\n", "\n9007199254740992\n"),
    `${TEXT}extension\n`,
    `${TEXT}\n`,
    TEXT.slice(0, -1),
    TEXT.replace(logKey.name, ""),
    TEXT.replace("=\n", "\n"),
  ])("%j is no checkpoint", (text) => {
    expect(parseCheckpoint(text)).toMatchObject({ ok: false, fault: { code: "checkpoint.malformed" } });
  });
});

describe.skipIf(!vectorsPresent)("checkpoints of other logs (data/record)", () => {
  test("the 600-entry sample's eleven, with two cosigners", () => {
    const key = unwrap(parseVkey(sha256, vectorText("go-sample-600/log.vkey").trim()));
    const cosigners = unwrap(parseVkeys(sha256, vectorText("go-sample-600/cosigners.vkey")));
    for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 257, 512, 600]) {
      const name = `go-sample-600/history/checkpoint.${String(size).padStart(6, "0")}`;
      const opened = unwrap(openCheckpoint(primitives, vectorBytes(name), key, cosigners));
      expect([opened.size, opened.cosignatures.length]).toEqual([size, 2]);
    }
  });

  test("Tessera's sixteen", () => {
    const vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    const key = unwrap(parseVkey(sha256, vkey));
    for (let size = 0; size <= 15; size++) {
      const bytes = vectorBytes(`tessera-log15/testdata/log/checkpoint.${size}`);
      expect(unwrap(openCheckpoint(primitives, bytes, key)).size).toBe(size);
    }
  });
});
