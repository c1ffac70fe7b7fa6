/**
 * A second verifier, in another language, that shares no code with the centre: built from a Debian system's packages alone,
 * it accepts our logs, finds what was touched, replays the two-key rule, and agrees leaf by leaf on what must be refused.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HEAD_ROLES, STANDARD_KINDS, verifyRecord } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives, verifyMany } from "../apps/centre/src/primitives.ts";
import { folderReader } from "../apps/centre/src/record/index.ts";
import { type CaseCentre, makeCase } from "./support/case.ts";
import { jmc } from "./support/jmc.ts";
import { type KeyLife, keyLife } from "./support/key-life.ts";
import { type MalformedRecord, malformedRecord } from "./support/malformed.ts";

const SOURCE = join(import.meta.dirname, "../tools/verifier-go");
const DEBIAN_CODE = "/usr/share/gocode";
const SAMPLE = join(
  process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared"),
  "data/record/go-sample-600",
);

/** Where Go keeps its own library; undefined where there is no Go. */
function goRoot(): string | undefined {
  const found = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : undefined;
}
const root = existsSync(join(DEBIAN_CODE, "src/golang.org/x/mod/sumdb/tlog")) ? goRoot() : undefined;

interface Answer {
  readonly holds: boolean;
  readonly size: number;
  readonly cosigners: readonly string[];
  readonly exercise: boolean;
  readonly findings: readonly { readonly code: string; readonly index?: number; readonly detail?: string }[];
  readonly acts: readonly {
    readonly statement: string;
    readonly status: string;
    readonly signatures: readonly string[];
  }[];
}

describe.skipIf(!root)("the verifier in Go (needs golang-go and golang-golang-x-mod-dev)", () => {
  let scratch: string;
  let program: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "openjmc-go-"));
    program = join(scratch, "verifier");
    // Text normalisation comes with Go itself, among what its library brings along.
    mkdirSync(join(scratch, "gopath/src/golang.org/x"), { recursive: true });
    symlinkSync(join(root!, "src/vendor/golang.org/x/text"), join(scratch, "gopath/src/golang.org/x/text"));
    const env = {
      ...process.env,
      ...{ GO111MODULE: "off", GOFLAGS: "", GOPROXY: "off" },
      GOPATH: `${join(scratch, "gopath")}:${DEBIAN_CODE}`,
      GOCACHE: join(tmpdir(), "openjmc-go-cache"),
    };
    execFileSync("go", ["build", "-o", program, "."], { cwd: SOURCE, env, stdio: "pipe" });
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  function run(folder: string, ...flags: string[]): Answer {
    const { stdout, stderr, status } = spawnSync(program, [...flags, folder], { encoding: "utf8", maxBuffer: 1 << 26 });
    if (status === 2) return { holds: false, findings: [{ code: "unreadable", detail: stderr }] } as never;
    const answer = JSON.parse(stdout) as Answer;
    expect(status).toBe(answer.holds ? 0 : 1);
    return answer;
  }

  it("knows the same kinds of statement, each with who may sign it and what it does", () => {
    // Two joint acts that bring something of their own are joint acts here, told apart by their kind.
    const asThere: Readonly<Record<string, string>> = { "kind-extension": "joint", "cosigner-naming": "joint" };
    const own = [...STANDARD_KINDS.values()].map(({ kind, tier, act, closedBy, roles }) => {
      const closed = closedBy ? `${closedBy.dissent} ${closedBy.withdrawal} ${closedBy.lapse}` : "";
      return [kind, { tier, act: asThere[act] ?? act, closedBy: closed, byHeads: roles === HEAD_ROLES }];
    });
    expect(JSON.parse(execFileSync(program, ["-kinds"], { encoding: "utf8" }))).toEqual(Object.fromEntries(own));
  });

  describe.skipIf(!existsSync(SAMPLE))("on a log that others wrote (needs data/record)", () => {
    it("accepts it with its history, and refuses a foreign checkpoint", () => {
      const folder = join(scratch, "sample");
      for (const name of ["checkpoint", "log.vkey", "cosigners.vkey", "tile"])
        cpSync(join(SAMPLE, name), join(folder, name), { recursive: true });
      const seen = ["000001", "000256", "000512"].flatMap((size) => [
        "-seen",
        join(SAMPLE, `history/checkpoint.${size}`),
      ]);
      expect(run(folder, "-bare", ...seen)).toMatchObject({ holds: true, size: 600, findings: [] });
      expect(run(folder, "-bare", "-seen", join(SAMPLE, "sample.leaf")).findings[0]!.code).toBe("seen.refused");
    });
  });

  describe("on a log of our centre", () => {
    let made: CaseCentre;
    let record: string;
    beforeAll(async () => {
      made = await makeCase({ exercise: true, root: join(scratch, "centre") });
      record = join(made.folder, "record");
    });

    it("accepts it, and replays the two-key rule to the same end", async () => {
      const answer = run(record);
      expect(answer.findings).toEqual([]);
      const own = await verifyRecord(folderReader(record), { sha256: nodePrimitives.sha256, verifyMany });
      const acts = [...own.state!.acts.values()].map(({ statementId, status, signatures }) => ({
        ...{ statement: statementId, status },
        signatures: signatures.map(({ index, component, officer }) => `${index} ${component}/${officer}`),
      }));
      expect(answer.acts.map(({ statement, status, signatures }) => ({ statement, status, signatures }))).toEqual(acts);
      expect(acts.filter(({ status }) => status === "joint").length).toBeGreaterThanOrEqual(3);
      expect(answer.exercise).toBe(true);
    });

    it("computes anew what was sealed once more, as we do", async () => {
      const resealed = JSON.parse((await jmc(["reseal", made.folder, "--json"])).stdout) as { readonly size: number };
      expect(run(record).findings).toEqual([]);
      const { code, stdout } = await jmc(["verify", made.folder]);
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining(`seals the first ${resealed.size} entries once more`),
      ]);
    });

    it("accepts the log in a full archive, with its receipts", async () => {
      const zip = join(scratch, "full.zip");
      expect((await jmc(["export", made.folder, "--out", zip])).code).toBe(0);
      const folder = join(scratch, "full");
      execFileSync(process.env.PYTHON ?? "python3", [
        "-c",
        "import zipfile,sys;zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])",
        zip,
        folder,
      ]);
      expect(run(join(folder, "data/log")).findings).toEqual([]);
    });

    const flip = (path: string): void => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(path, bytes);
    };
    it.each<[string, (folder: string, tiles: (level: string) => string) => void, string]>([
      ["a byte in an entry", (_, tile) => flip(tile("entries")), "root.differs"],
      ["a byte in a tile", (_, tile) => flip(tile("0")), "tile.differs"],
      ["a bundle gone", (_, tile) => rmSync(tile("entries")), "bundle.missing"],
      [
        "a bundle cut",
        (_, tile) => writeFileSync(tile("entries"), readFileSync(tile("entries")).subarray(0, -3)),
        "bundle.broken",
      ],
      ["a tile gone", (_, tile) => rmSync(tile("0")), "tile.missing"],
      ["a stray file", (folder) => writeFileSync(join(folder, "tile/notes"), "x"), "tile.beyond-size"],
      ["a link", (folder) => symlinkSync("/etc/passwd", join(folder, "tile/link")), "file.stray"],
      ["a byte in the checkpoint", (folder) => flip(join(folder, "checkpoint")), "unreadable"],
    ])("finds out %s", (name, change, code) => {
      const folder = join(scratch, name.replaceAll(" ", "-"));
      cpSync(record, folder, { recursive: true });
      const width = run(folder).size;
      change(folder, (level) => join(folder, `tile/${level}/000.p/${width}`));
      expect(run(folder).findings.map((finding) => finding.code)).toContain(code);
    });

    it("finds out that a checkpoint kept elsewhere is of another history", () => {
      const forged = join(scratch, "other");
      writeFileSync(forged, readFileSync(join(record, "checkpoint"), "utf8").replace(/\n\d+\n/, "\n9\n"));
      expect(run(record, "-seen", forged).findings[0]!.code).toBe("seen.refused");
    });
  });

  describe("on leaves that must not be in a log", () => {
    let record: MalformedRecord;
    let folder: string;
    beforeAll(async () => {
      record = await malformedRecord();
      folder = join(scratch, "malformed");
      for (const [path, bytes] of record.files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
    });

    it("both verifiers refuse every one of them, for the same reason, and nothing else", async () => {
      const wanted = record.malformed.map(({ index, name, code }) => [index, code, name]);
      expect(wanted.length).toBeGreaterThan(60);
      const named = (index: number, code: string) => [
        index,
        code,
        record.malformed.find((one) => one.index === index)?.name,
      ];
      const own = await verifyRecord(folderReader(folder), { sha256: nodePrimitives.sha256, verifyMany });
      expect(own.findings.map(({ values }) => named(Number(values.index), String(values.reason)))).toEqual(wanted);
      const other = run(folder);
      expect(other.findings.map(({ index, detail }) => named(index!, detail!))).toEqual(wanted);
    });

    it("and the command tells each in words of its own", async () => {
      const { code, stdout } = await jmc(["verify", folder]);
      expect(code).toBe(1);
      const sentences = stdout.split("\n").filter((line) => line.startsWith("X Entry"));
      expect(sentences).toHaveLength(record.malformed.length);
      // Whatever has a code of its own has a sentence of its own.
      const byCode = new Map(
        record.malformed.map((one, place) => [
          one.code,
          sentences[place]!.replace(/^X Entry \d+ [^)]*\)\. /, "").split(" At ")[0]!,
        ]),
      );
      expect(new Set(byCode.values()).size).toBe(byCode.size);
      for (const [code, sentence] of byCode) expect(sentence, code).not.toContain(code);
    });
  });

  describe("on a log whose every key was replaced", () => {
    let life: KeyLife;
    let folder: string;
    beforeAll(async () => {
      life = await keyLife();
      folder = join(scratch, "key-life");
      for (const [path, bytes] of life.files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
    });

    it("both follow it to its end, and refuse each wrong step for the same reason", async () => {
      const wanted = life.refused.map(({ index, code }) => [index, code]);
      const own = await verifyRecord(folderReader(folder), { sha256: nodePrimitives.sha256, verifyMany });
      expect(own.findings.map(({ values }) => [values.index, values.reason])).toEqual(wanted);
      expect(run(folder).findings.map(({ index, detail }) => [index, detail])).toEqual(wanted);
    });

    it("both refuse a head under the log's key of before", async () => {
      const former = join(scratch, "former-key");
      cpSync(folder, former, { recursive: true });
      for (const name of ["checkpoint", "log.vkey"]) writeFileSync(join(former, name), life.former.get(name)!);
      const own = await verifyRecord(folderReader(former), { sha256: nodePrimitives.sha256, verifyMany });
      expect(own.findings.map(({ code }) => code)).toContain("log-key.not-in-force");
      expect(run(former).findings.map(({ code }) => code)).toContain("log-key.not-in-force");
    });
  });
});
