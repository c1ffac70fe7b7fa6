/** Archives of three levels, by the command: what each holds and says, and that nothing in one can be touched unnoticed. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BagWriter } from "../apps/centre/src/archive/bag-writer.ts";
import { openZipArchive } from "../apps/centre/src/archive/zip-archive.ts";
import { type CaseCentre, makeCase, PLACE } from "./support/case.ts";
import { jmc } from "./support/jmc.ts";

type Files = Map<string, Uint8Array>;

let made: CaseCentre;
let scratch: string;
const archives: Record<string, string> = {};

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "openjmc-archive-"));
  made = await makeCase({ exercise: true, root: join(scratch, "centre") });
  for (const level of ["full", "party", "public"]) {
    archives[level] = join(scratch, `${level}.zip`);
    const flags = level === "party" ? ["--party", "party-x"] : [];
    const ended = await jmc(["export", made.folder, "--release", level, "--out", archives[level]!, ...flags]);
    expect(ended.code, ended.stderr).toBe(0);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Verified {
  readonly code: number | null;
  readonly text: string;
  readonly json: { holds: boolean; root: string; size: number; findings: { code: string; fault?: { code: string } }[] };
}

async function verified(place: string, ...flags: string[]): Promise<Verified> {
  const json = await jmc(["verify", place, "--json", ...flags]);
  const told = await jmc(["verify", place, ...flags]);
  expect(told.code).toBe(json.code);
  return {
    code: json.code,
    text: told.stdout + told.stderr,
    json: json.stdout === "" ? ({} as never) : JSON.parse(json.stdout),
  };
}

async function filesOf(path: string): Promise<Files> {
  const { reader, close } = await openZipArchive(path);
  const files: Files = new Map();
  for (const name of (await reader.list())!) files.set(name, (await reader.read(name))!);
  await close();
  return files;
}

/** Packs files again as a careful forger would: with manifests that fit. */
async function packed(name: string, files: Files): Promise<string> {
  const path = join(scratch, name);
  rmSync(path, { force: true });
  const bag = await BagWriter.create(path, 0);
  for (const [file, bytes] of files) if (file.startsWith("data/")) await bag.add(file, bytes);
  await bag.finish({});
  return path;
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe("the full archive", () => {
  it("holds, and says in plain words what both signed and that nobody watched for a while", async () => {
    const { code, text: told, json } = await verified(archives.full!);
    expect(json.findings).toEqual([]);
    expect(code).toBe(0);
    expect(told).toMatch(/EXERCISE/);
    expect(told).toMatch(/finding\.proposed .*: SIGNED BY BOTH components, entry \d+, \d{4}-/);
    expect(told).toMatch(/signed by A-Duty-1 of component A/);
    expect(told).toMatch(/signed by B-Duty-1 of component B/);
    expect(told).toMatch(/Recordings sealed from/);
    expect(told).toMatch(/1 attachment/);
    expect(told).toMatch(/6 receipts/);
    expect(told).toMatch(/sealed minutes? of recordings, each source with the hash/);
    expect(told).toMatch(/1 statement with concealed parts disclosed/);
    expect(told).toMatch(/ALL HOLDS/);
  });

  it("speaks the other languages too", async () => {
    expect((await jmc(["verify", archives.full!, "--language", "tr"])).stdout).toMatch(/HEPSİ TUTUYOR/);
    expect((await jmc(["verify", archives.full!, "--language", "ru"])).stdout).toMatch(/ВСЁ ВЕРНО/);
    expect((await jmc(["verify", archives.full!, "--language", "xx"])).code).toBe(2);
  });

  it("has a verdict on each entry", async () => {
    const { stdout } = await jmc(["verify", archives.full!, "--entries", "--json"]);
    const { entries, size } = JSON.parse(stdout) as { entries: { code: string }[]; size: number };
    expect(entries).toHaveLength(size);
    expect(new Set(entries.map(({ code }) => code))).toEqual(new Set(["entry.holds"]));
  });

  it("is a bag that other tools read, with the lists that it needs to be understood by", async () => {
    const files = await filesOf(archives.full!);
    expect(text(files.get("bagit.txt"))).toMatch(/^BagIt-Version: 1\.0\n/);
    for (const name of ["genesis", "codes", "configuration", "dismissed-alerts", "refused-input", "ro-crate-metadata"])
      expect(JSON.parse(text(files.get(`data/${name}.json`))), name).toBeTruthy();
    expect([...files.keys()].some((path) => path.startsWith("data/mission/"))).toBe(true);
    expect(text(files.get("data/spec/README.md"))).toContain("without the program that made it");
    const folder = join(scratch, "unpacked");
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    expect(execFileSync("sha256sum", ["-c", "manifest-sha256.txt", "--quiet"], { cwd: folder }).toString()).toBe("");
    expect((await verified(folder)).code).toBe(0);
  });

  it("tells the exports before it; its own entry comes after what it holds, as nobody has cosigned that yet", async () => {
    const { text: told } = await verified(archives.public!);
    expect(told).toMatch(/Exported: full \(entry \d+/);
    expect(told).not.toMatch(/Exported: public \(entry \d+/);
  });
});

describe("what others get", () => {
  it("has the same tree, withholds what the gate would change, and says so entry by entry", async () => {
    const { json, text: told, code } = await verified(archives.public!, "--entries");
    expect(json.findings).toEqual([]);
    expect(code).toBe(0);
    expect(told).toMatch(/entry \d+: withheld at this level; its hash is in the tree/);
    expect(told).toMatch(/Release level: public\. \d+ entries are withheld/);
    // The finding whose place was concealed before signing is given; the other one is not.
    expect(told).toMatch(/SIGNED BY BOTH/);
    expect(told.match(/SIGNED BY BOTH components/g)!.length).toBeLessThan(
      (await verified(archives.full!)).text.match(/SIGNED BY BOTH components/g)!.length,
    );
  });

  it("of one moment all levels have one root, made together or one from the other", async () => {
    const copy = join(scratch, "same");
    cpSync(made.folder, copy, { recursive: true });
    const out = join(scratch, "same.zip");
    const levels = ["--release", "full,party,public", "--party", "party-x"];
    expect((await jmc(["export", copy, ...levels, "--out", out])).code).toBe(0);
    const redacted = join(scratch, "redacted.zip");
    const ended = await jmc(["redact", join(scratch, "same-full.zip"), "--release", "public", "--out", redacted]);
    expect(ended.code, ended.stderr).toBe(0);
    const three = ["full", "party", "public"].map((level) => join(scratch, `same-${level}.zip`));
    const results = await Promise.all([...three, redacted].map((path) => verified(path)));
    for (const { json } of results) expect(json.findings).toEqual([]);
    expect(new Set(results.map(({ json }) => json.root)).size).toBe(1);
    const [made2, from] = [await filesOf(three[2]!), await filesOf(redacted)];
    expect([...from.keys()]).toEqual([...made2.keys()]);
    for (const path of made2.keys())
      if (path.startsWith("data/log/")) expect(Buffer.from(from.get(path)!).equals(made2.get(path)!), path).toBe(true);
    expect((await jmc(["redact", redacted, "--release", "public", "--out", join(scratch, "no.zip")])).code).toBe(2);
  });

  it.each(["party", "public"])("to a %s holds no place, by whatever route", async (level) => {
    const files = await filesOf(archives[level]!);
    for (const [path, bytes] of files) {
      const decoded = /released\/|entries\//.test(path) ? payloadsOf(bytes) : text(bytes);
      for (const place of [PLACE.lon, PLACE.lat]) expect(decoded.includes(place), path).toBe(false);
    }
    expect([...files.keys()].filter((path) => path.startsWith("data/attachments/"))).toEqual([]);
    expect([...files.keys()].filter((path) => path.startsWith("data/disclosures/"))).toEqual([]);
    expect([...files.keys()].some((path) => path.includes("sources.yaml"))).toBe(false);
  });

  it("discloses a concealed place where that is asked for", async () => {
    const out = join(scratch, "disclosed.zip");
    const { statement } = made.concealed;
    const ended = await jmc(["export", made.folder, "--release", "public", "--out", out, "--disclose", statement]);
    expect(ended.code, ended.stderr).toBe(0);
    expect((await verified(out)).text).toMatch(/1 statement with concealed parts disclosed/);
    expect((await filesOf(out)).has(`data/disclosures/${statement}.json`)).toBe(true);
  });

  it("is refused for a level that there is none of, without a party, and onto a file that exists", async () => {
    const runs = [
      ["--release", "secret", "--out", "x.zip"],
      ["--release", "party", "--out", "x.zip"],
      ["--out", archives.full!],
    ];
    for (const flags of runs) {
      const ended = await jmc(["export", made.folder, ...flags]);
      expect([ended.code, ended.stdout]).toEqual([2, ""]);
      expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    }
  });
});

/** Every payload of a bundle's entries, decoded. */
function payloadsOf(bundle: Uint8Array): string {
  return [...text(bundle).matchAll(/"payload":"([A-Za-z0-9+/=]*)"/g)].map(([, payload]) => atob(payload!)).join("\n");
}

describe("an archive that somebody touched", () => {
  const flip = (bytes: Uint8Array, at: number): Uint8Array =>
    bytes.map((byte, place) => (place === at ? byte ^ 1 : byte));
  const bundleOf = (files: Files): string =>
    [...files.keys()].find((path) => path.startsWith("data/log/tile/entries/"))!;
  const tileOf = (files: Files, level: number): string =>
    [...files.keys()].find((path) => path.startsWith(`data/log/tile/${level}/`))!;

  type Change = (files: Files, made: CaseCentre) => void;
  const cases: [string, Change, string, RegExp][] = [
    [
      "a byte flipped in an entry",
      (files) => files.set(bundleOf(files), flip(files.get(bundleOf(files))!, 700)),
      "root.differs",
      /give root/,
    ],
    ["a bundle deleted", (files) => files.delete(bundleOf(files)), "bundle.missing", /Bundle 0 .* missing/],
    [
      "a bundle truncated",
      (files) => files.set(bundleOf(files), files.get(bundleOf(files))!.slice(0, -9)),
      "bundle.broken",
      /broken off/,
    ],
    [
      "a byte flipped in a tile",
      (files) => files.set(tileOf(files, 0), flip(files.get(tileOf(files, 0))!, 40)),
      "tile.differs",
      /not what the entries give/,
    ],
    ["a tile deleted", (files) => files.delete(tileOf(files, 0)), "tile.missing", /is missing/],
    [
      "a tile too many",
      (files) => files.set("data/log/tile/0/007", new Uint8Array(8192)),
      "tile.beyond-size",
      /reaches beyond/,
    ],
    [
      "a stray file in the record",
      (files) => files.set("data/log/notes", new Uint8Array(1)),
      "file.stray",
      /does not belong/,
    ],
    [
      "a byte flipped in the checkpoint",
      (files) => files.set("data/log/checkpoint", flip(files.get("data/log/checkpoint")!, 30)),
      "checkpoint.refused",
      /cannot be relied on/,
    ],
    [
      "an attachment swapped",
      (files, { file }) => files.set(`data/attachments/${file}`, new Uint8Array(4)),
      "attachment.swapped",
      /was swapped/,
    ],
    [
      "an attachment removed",
      (files, { file }) => files.delete(`data/attachments/${file}`),
      "attachment.missing",
      /Attachment .* missing/,
    ],
    [
      "an attachment of nobody",
      (files) => files.set(`data/attachments/${"0".repeat(64)}`, new Uint8Array(1)),
      "attachment.swapped",
      /was swapped/,
    ],
    [
      "an attachment by another name",
      (files) => files.set("data/attachments/photo.jpg", new Uint8Array(1)),
      "attachment.name",
      /not named by a SHA-256/,
    ],
    [
      "a disclosure altered",
      (files, { concealed }) =>
        files.set(`data/disclosures/${concealed.statement}.json`, new TextEncoder().encode('["WyJ4Il0"]')),
      "disclosure.refused",
      /not what was signed/,
    ],
    [
      "a disclosure of nothing",
      (files) => files.set(`data/disclosures/${"a".repeat(64)}.json`, new TextEncoder().encode("[]")),
      "disclosure.unknown",
      /conceals nothing/,
    ],
    [
      "a receipt of another entry",
      (files) =>
        files.set(
          "data/proofs/1.tlog-proof",
          files.get([...files.keys()].find((path) => path.endsWith(".tlog-proof"))!)!,
        ),
      "receipt.refused",
      /does not prove/,
    ],
    [
      "another size in the description",
      (files) =>
        files.set(
          "data/archive.json",
          new TextEncoder().encode(text(files.get("data/archive.json")).replace(/"size": (\d+)/, '"size": 7')),
        ),
      "archive.differs",
      /says size is 7/,
    ],
    ["no description", (files) => files.delete("data/archive.json"), "archive.description", /does not say/],
    [
      "a cosigner's signature gone",
      (files) =>
        files.set(
          "data/archive.json",
          new TextEncoder().encode(
            text(files.get("data/archive.json")).replace('"cosigners": []', '"cosigners": ["A-node"]'),
          ),
        ),
      "cosignature.dropped",
      /cosignature of A-node is gone/,
    ],
  ];

  it.each(cases)("%s", async (name, change, code, sentence) => {
    const files = await filesOf(archives.full!);
    change(files, made);
    const path = await packed(`${name.replaceAll(" ", "-")}.zip`, files);
    const { code: exit, json, text: told } = await verified(path);
    expect(json.findings.map((finding) => finding.code)).toContain(code);
    expect(told).toMatch(sentence);
    expect(told).toMatch(/DOES NOT HOLD/);
    expect(exit).toBe(1);
  });

  it("is noticed by its manifests where nobody made them fit", async () => {
    const source = await filesOf(archives.full!);
    const folder = join(scratch, "loose");
    for (const [path, bytes] of source) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    writeFileSync(join(folder, "data/codes.json"), "{}");
    writeFileSync(join(folder, "data/stray.txt"), "x");
    rmSync(join(folder, "data/genesis.json"));
    writeFileSync(join(folder, "fetch.txt"), "https://example.org/x 1 data/x\n");
    const { json, text: told } = await verified(folder);
    const codes = json.findings.map((finding) => finding.code);
    for (const code of ["bag.file-differs", "bag.file-not-listed", "bag.file-missing", "bag.fetch"])
      expect(codes).toContain(code);
    expect(told).toMatch(/stray file/);
  });

  it("a withheld entry put back as something else is not the one in the tree", async () => {
    const files = await filesOf(archives.public!);
    const path = [...files.keys()].find((one) => one.startsWith("data/log/released/"))!;
    const bytes = files.get(path)!;
    const hole = bytes.findIndex((_, at) => at > 2 && bytes[at - 1] === 0x7d && bytes[at] === 0 && bytes[at + 1] === 0);
    const forged = new Uint8Array([...bytes.slice(0, hole), 0, 2, 0x7b, 0x7d, ...bytes.slice(hole + 2)]);
    const { json, text: told } = await verified(await packed("forged.zip", files.set(path, forged)));
    expect(json.findings.map((finding) => finding.code)).toContain("leaf.not-in-tree");
    expect(told).toMatch(/not the one whose hash is in the tree/);
  });

  it("rolled back or forked is found out by whoever kept a checkpoint", async () => {
    const later = join(scratch, "later.checkpoint");
    writeFileSync(later, readFileSync(join(made.folder, "record/checkpoint")));
    const { json, text: told } = await verified(archives.full!, "--seen", later);
    expect(json.findings.map((finding) => finding.code)).toEqual(["history.longer-elsewhere"]);
    expect(told).toMatch(/ROLLED BACK/);
  });
});

describe("a ZIP that means harm", () => {
  /** Packed by Python, which asks nothing. */
  function python(name: string, code: string): string {
    const path = join(scratch, name);
    execFileSync(
      "python3",
      [
        "-c",
        `import zipfile,sys,stat\nz=zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED)\n${code}\nz.close()`,
        path,
      ],
      { stdio: "pipe" },
    );
    return path;
  }
  const hasPython = existsSync("/usr/bin/python3");

  it.skipIf(!hasPython).each<[string, string, string]>([
    ["leads out by dots", 'z.writestr("data/../../evil","x")', "archive.zip-slip"],
    ["leads out by a root", 'z.writestr("/etc/evil","x")', "archive.zip-slip"],
    ["leads out on another system", 'z.writestr("data\\\\..\\\\evil","x")', "archive.zip-slip"],
    ["names a device", 'z.writestr("data/con.txt","x")', "archive.zip-slip"],
    [
      "holds a link",
      'i=zipfile.ZipInfo("data/link"); i.create_system=3; i.external_attr=(stat.S_IFLNK|0o777)<<16; z.writestr(i,"/etc/passwd")',
      "archive.link",
    ],
    ["unpacks without end", 'z.writestr("data/bomb",b"\\0"*50_000_000)', "archive.bomb"],
    ["holds a name twice", 'z.writestr("data/a","1"); z.writestr("data/A","2")', "archive.twice"],
  ])("and %s is refused by name (needs python3)", async (name, code, expected) => {
    const ended = await jmc(["verify", python(`${name.replaceAll(" ", "-")}.zip`, code)]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(expected);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("and is no ZIP, or is not there, is refused in one line", async () => {
    const path = join(scratch, "no.zip");
    writeFileSync(path, "not a zip");
    for (const place of [path, join(scratch, "nowhere")]) {
      const ended = await jmc(["verify", place]);
      expect([ended.code, ended.stdout]).toEqual([2, ""]);
      expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  it("leaves nothing behind", () => {
    expect(readdirSync(tmpdir()).filter((name) => name === "evil")).toEqual([]);
  });
});
