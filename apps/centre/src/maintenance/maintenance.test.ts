import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { createWords } from "@openjmc/words";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolder, pathsOf } from "../folder/index.ts";
import { openJournal, openJournalReader } from "../journal/index.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openLocalStore } from "../store/index.ts";
import { examine, type Finding, lineOf, makeBackup, restoreBackup, runDoctor } from "./index.ts";
import { fillTestCentre, foundTestCentre, START } from "./testing/centre-folder.ts";

const original = join(tmpdir(), `openjmc-maintenance-${process.pid}`);
beforeAll(async () => {
  mkdirSync(original);
  const paths = await foundTestCentre(original);
  await fillTestCentre(paths, 4000);
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

/** A copy of the centre for one test to spoil. */
function copyOfCentre(): string {
  const root = join(temporaryFolder(), "centre");
  cpSync(join(original, "centre"), root, { recursive: true });
  return root;
}

async function all(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const list: Finding[] = [];
  for await (const finding of findings) list.push(finding);
  return list;
}

const codes = (findings: readonly Finding[], state: Finding["state"]): string[] =>
  findings.filter((finding) => finding.state === state).map((finding) => finding.code);

describe("the doctor", () => {
  it("finds a whole centre sound, also when it looks at every byte", async () => {
    const root = copyOfCentre();
    for (const deep of [false, true]) {
      const findings = await all(examine({ root, deep }));
      expect(codes(findings, "wrong")).toEqual([]);
      expect(codes(findings, "notice")).toEqual(["folder.unknown-file", "projection.behind"]);
    }
    const seals = (await all(examine({ root, deep: true }))).find((finding) => finding.code === "seals.checked");
    expect(seals?.values.seals).toBe(66);
  });

  it("says every finding in every language", async () => {
    const root = copyOfCentre();
    rmSync(join(root, "record", "checkpoint"));
    rmSync(join(root, "local.db"));
    for (const finding of await all(examine({ root, deep: true })))
      for (const locale of ["en", "tr", "ru"] as const) expect(lineOf(finding, createWords(locale))).not.toContain("{");
  });

  it("changes nothing", async () => {
    const root = copyOfCentre();
    const listing = (): string[] => readdirSync(root, { recursive: true }).map(String).sort();
    const before = listing();
    await all(examine({ root, deep: true }));
    expect(listing().filter((name) => !/\.db-(wal|shm)$/.test(name))).toEqual(
      before.filter((name) => !/\.db-(wal|shm)$/.test(name)),
    );
  });

  const closed = (root: string): string => {
    const file = readdirSync(join(root, "journal")).find((name) => name.endsWith(".zst"))!;
    return join(root, "journal", file);
  };
  const open = (root: string): string => {
    const file = readdirSync(join(root, "journal")).find((name) => name.endsWith(".journal"))!;
    return join(root, "journal", file);
  };
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(path, bytes);
  };
  const attachment = (root: string): string => {
    const found = readdirSync(join(root, "attachments"), { recursive: true }).map(String);
    return join(root, "attachments", found.find((name) => name.length > 64)!);
  };
  const troubles: [string, (root: string) => void, string, Finding["state"], boolean?][] = [
    ["a flipped bit in a closed segment", (root) => flip(closed(root), 200), "segments.damaged", "wrong", true],
    ["a closed segment cut short", (root) => truncateSync(closed(root), 5000), "segments.damaged", "wrong"],
    ["a missing segment", (root) => rmSync(closed(root)), "seals.gone", "wrong", true],
    ["a torn end", (root) => appendFileSync(open(root), "torn"), "segments.torn", "notice"],
    ["lost records that were sealed", (root) => truncateSync(open(root), 9000), "seals.differ", "wrong", true],
    [
      "an attachment of other bytes",
      (root) => writeFileSync(attachment(root), "x"),
      "attachments.wrong",
      "wrong",
      true,
    ],
    ["no checkpoint", (root) => rmSync(join(root, "record/checkpoint")), "record.finding", "wrong"],
    [
      "a flipped bit in a tile",
      (root) => flip(join(root, "record/tile/0/000.p", readdirSync(join(root, "record/tile/0/000.p"))[0]!), 40),
      "record.finding",
      "wrong",
    ],
    [
      "views of another record",
      (root) => rmSync(join(root, "picture"), { recursive: true }),
      "projection.ahead",
      "wrong",
    ],
    [
      "views that are no database",
      (root) => writeFileSync(join(root, "projection.db"), "no".repeat(9000)),
      "projection.damaged",
      "wrong",
    ],
    [
      "a damaged local.db",
      (root) => writeFileSync(join(root, "local.db"), "no".repeat(9000)),
      "local.damaged",
      "wrong",
    ],
    [
      "a changed mission",
      (root) => writeFileSync(join(root, "mission/new.yaml"), "a: 1"),
      "centre.unreadable",
      "wrong",
    ],
    ["a lost clock", (root) => rmSync(join(root, "recorded-at.bin")), "record.times-missing", "notice"],
  ];
  it.each(troubles)("sees %s", async (_, spoil, code, state, deep) => {
    const root = copyOfCentre();
    spoil(root);
    const findings = await all(examine({ root, deep: deep === true }));
    expect(codes(findings, state)).toContain(code);
  });

  it("says who is at work, and takes no offence at what is being written", async () => {
    const root = copyOfCentre();
    const folder = openFolder(root, { purpose: "serve", now: START });
    appendFileSync(open(root), "half a rec");
    const findings = await all(examine({ root }));
    expect(findings[0]).toMatchObject({ code: "lock.held", values: { pid: process.pid, purpose: "serve" } });
    expect(codes(findings, "notice")).toEqual(["folder.unknown-file"]);
    folder.close();
  });

  it("exits with 1 and says so in words or JSON when something is wrong, as with a folder that is none", async () => {
    let text = "";
    const stdout = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    expect(await runDoctor({ folder: copyOfCentre(), stdout })).toBe(0);
    expect(text).toMatch(/ok +doctor +Nothing is wrong\./);
    text = "";
    expect(await runDoctor({ folder: "/nowhere/at/all", stdout, json: true })).toBe(1);
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as Finding).code),
    ).toEqual(["folder.unreadable", "doctor.unsound"]);
  });
});

describe("backup and restore", () => {
  it.each(["backup.zip", "backup"])("bring back a sound centre with everything in it (%s)", async (name) => {
    const root = copyOfCentre();
    const folder = temporaryFolder();
    const made = await all(makeBackup({ root, target: join(folder, name), now: START }));
    expect(codes(made, "wrong")).toEqual([]);
    expect(made.find((finding) => finding.code === "backup.left-out")?.values).toEqual({ name: "notes.txt" });
    expect(readdirSync(folder)).toEqual([name]);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);

    const target = join(folder, "again");
    const restored = await all(restoreBackup({ backup: join(folder, name), target }));
    expect(restored.at(-1)).toMatchObject({ code: "restore.done", values: { at: "2021-04-06T03:30:00.000000Z" } });
    const findings = await all(examine({ root: target, deep: true }));
    expect(codes(findings, "wrong")).toEqual([]);
    expect(codes(findings, "notice")).toEqual(["projection.missing"]);
    expect(readFileSync(join(target, "record/checkpoint"))).toEqual(readFileSync(join(root, "record/checkpoint")));
    const local = await openLocalStore(pathsOf(target).local);
    expect(await local.get("drafts", "one")).toEqual({ text: "unsent" });
    await local.close();
    const journal = await openJournal({ directory: pathsOf(target).journal });
    expect(journal.lastSequence).toBe(4000);
    await journal.close();
  });

  it("take a consistent state beside a writer at work", async () => {
    const root = copyOfCentre();
    const target = join(temporaryFolder(), "live.zip");
    const journal = await openJournal({ directory: join(root, "journal"), flushMilliseconds: 1 });
    const local = await openLocalStore(join(root, "local.db"));
    let going = true;
    const writing = (async () => {
      for (let n = 0; going; n++) {
        for (let k = 0; k < 50; k++)
          journal.append({
            receivedAt: START + (5000 + n * 10) * 1_000_000,
            kind: "tick",
            payload: new Uint8Array(100),
          });
        await local.put("jobs", String(n), { n });
      }
    })();
    await all(makeBackup({ root, target, now: START }));
    going = false;
    await writing;
    await journal.close();
    await local.close();
    const again = join(temporaryFolder(), "again");
    const restored = await all(restoreBackup({ backup: target, target: again }));
    expect(codes(restored, "wrong")).toEqual([]);
    let expected = 1;
    for await (const record of openJournalReader(join(again, "journal")).readFromSequence(1))
      expect(record.sequence).toBe(expected++);
    expect(expected).toBeGreaterThan(4000);
  });

  it("refuse what is there already, and leave it alone", async () => {
    const root = copyOfCentre();
    const folder = temporaryFolder();
    const zip = join(folder, "b.zip");
    await all(makeBackup({ root, target: zip, now: START }));
    await expect(all(makeBackup({ root, target: zip, now: START }))).rejects.toThrow("backup.exists");
    await expect(all(makeBackup({ root, target: folder, now: START }))).rejects.toThrow("backup.exists");
    await expect(all(restoreBackup({ backup: zip, target: root }))).rejects.toThrow("restore.target-not-empty");
    await expect(all(restoreBackup({ backup: join(folder, "none"), target: join(folder, "x") }))).rejects.toThrow(
      "backup.missing",
    );
    await expect(all(makeBackup({ root: folder, target: join(folder, "y"), now: START }))).rejects.toThrow(
      "record.missing",
    );
    expect(readdirSync(folder)).toEqual(["b.zip"]);
  });

  const manifestOf = (backup: string) =>
    JSON.parse(readFileSync(join(backup, "manifest.json"), "utf8")) as { files: { path: string }[]; version: number };
  const writeManifest = (backup: string, manifest: unknown): void =>
    writeFileSync(join(backup, "manifest.json"), JSON.stringify(manifest));
  const spoils: [string, (backup: string) => void, string][] = [
    ["a changed file", (backup) => appendFileSync(join(backup, "centre.json"), " "), "backup.file-differs"],
    ["a missing file", (backup) => rmSync(join(backup, "local.db")), "backup.file-missing"],
    ["a file too many", (backup) => writeFileSync(join(backup, "extra"), ""), "backup.file-unlisted"],
    ["no manifest", (backup) => rmSync(join(backup, "manifest.json")), "backup.file-missing"],
    ["a manifest of another kind", (backup) => writeManifest(backup, []), "backup.malformed"],
    [
      "a later version",
      (backup) => writeManifest(backup, { ...manifestOf(backup), version: 2 }),
      "backup.version-unknown",
    ],
    [
      "a path that leads out",
      (backup) => {
        const manifest = manifestOf(backup);
        writeManifest(backup, { ...manifest, files: [{ ...manifest.files[0], path: "keys/../../evil" }] });
      },
      "backup.malformed",
    ],
    [
      "a link to a file elsewhere",
      (backup) => {
        rmSync(join(backup, "centre.json"));
        symlinkSync(import.meta.filename, join(backup, "centre.json"));
      },
      "backup.file-differs",
    ],
    [
      "a link to a file elsewhere that nothing names",
      (backup) => symlinkSync(import.meta.filename, join(backup, "extra")),
      "backup.file-unlisted",
    ],
    [
      "a folder that is a link, though everything is in it",
      (backup) => {
        const elsewhere = join(temporaryFolder(), "record");
        renameSync(join(backup, "record"), elsewhere);
        symlinkSync(elsewhere, join(backup, "record"));
      },
      "backup.file-unlisted",
    ],
    [
      "a record that is not whole, though its hashes are right",
      (backup) => {
        const manifest = manifestOf(backup);
        const tile = manifest.files.find((file) => file.path.startsWith("record/tile/0"))!;
        rmSync(join(backup, tile.path));
        writeManifest(backup, { ...manifest, files: manifest.files.filter((file) => file !== tile) });
      },
      "restore.unsound",
    ],
  ];
  it.each(spoils)("refuse %s and leave nothing behind", async (_, spoil, code) => {
    const folder = temporaryFolder();
    const backup = join(folder, "backup");
    await all(makeBackup({ root: copyOfCentre(), target: backup, now: START }));
    spoil(backup);
    const target = join(folder, "again");
    await expect(all(restoreBackup({ backup, target }))).rejects.toThrow(code);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder)).toEqual(["backup"]);
  });

  it("follow no link out of the centre's folder, and leave none in what they make", async () => {
    const root = copyOfCentre();
    const folder = temporaryFolder();
    symlinkSync(import.meta.filename, join(root, "mission/link.yaml"));
    await all(makeBackup({ root, target: join(folder, "backup"), now: START }));
    expect(existsSync(join(folder, "backup/mission/link.yaml"))).toBe(false);
    // A link with the right bytes behind it gives the bytes, not the link.
    const moved = join(folder, "moved.json");
    renameSync(join(folder, "backup/centre.json"), moved);
    symlinkSync(moved, join(folder, "backup/centre.json"));
    await all(restoreBackup({ backup: join(folder, "backup"), target: join(folder, "again") }));
    const made = readdirSync(join(folder, "again"), { recursive: true, withFileTypes: true });
    expect(made.filter((entry) => !entry.isFile() && !entry.isDirectory())).toEqual([]);
    expect(readFileSync(join(folder, "again/centre.json"))).toEqual(readFileSync(moved));
  });
});
