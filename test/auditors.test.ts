/** The auditors' guide, typed as it stands: every command of it runs on an archive, offline, and says what the guide promises. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openZipArchive } from "../apps/centre/src/archive/zip-archive.ts";
import { billOfMaterials } from "../apps/centre/src/programme/index.ts";
import { makeCase } from "./support/case.ts";
import { jmc } from "./support/jmc.ts";

const guide = readFileSync(join(import.meta.dirname, "../docs/auditors.md"), "utf8");
const [, chapter = ""] = /## In ten minutes[^\n]*\n([\s\S]*?)\n## /.exec(guide) ?? [];
const lines = [...guide.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)]
  .flatMap(([, block]) => block!.split("\n"))
  .map((line) => line.trim())
  .filter((line) => line !== "");
/** Needs an authority's token, or another language's compiler; `test/timestamp.test.ts` and `test/go-verifier.test.ts` run these. */
const elsewhere = /^openssl ts|GOPATH|^cd |^\.\/VERIFIER/;
/** About the clone, and not about an archive. */
const ofTheClone = /package-lock|^find |apps\/console/;
const clone = join(import.meta.dirname, "..");
const CONSOLE = join(clone, "apps/console/dist");
const isBuilt = existsSync(join(CONSOLE, "verify.html"));

let scratch: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "openjmc-auditor-"));
  const made = await makeCase({ exercise: true, root: join(scratch, "centre") });
  const archive = join(scratch, "ARCHIVE.zip");
  const ended = await jmc(["export", made.folder, "--out", archive]);
  expect(ended.code, ended.stderr).toBe(0);
  const { reader, close } = await openZipArchive(archive);
  for (const name of (await reader.list())!) {
    mkdirSync(dirname(join(scratch, "unpacked", name)), { recursive: true });
    writeFileSync(join(scratch, "unpacked", name), (await reader.read(name))!);
  }
  await close();
  copyFileSync(join(scratch, "unpacked/data/log/checkpoint"), join(scratch, "CHECKPOINT"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the auditors' guide", () => {
  it("has commands in its first chapter", () => {
    expect(chapter.match(/npx jmc verify/g)!.length).toBeGreaterThanOrEqual(4);
  });

  it.each(lines.filter((line) => !elsewhere.test(line) && !ofTheClone.test(line)))("%s", async (line) => {
    const words = line.split(" ").map((word) => (/^[A-Z]+(\.[a-z]+)?$/.test(word) ? join(scratch, word) : word));
    if (words[0] === "sha256sum") {
      expect(execFileSync(words[0], words.slice(1), { cwd: join(scratch, "unpacked") }).toString()).toBe("");
      return;
    }
    expect(words.slice(0, 2)).toEqual(["npx", "jmc"]);
    const ended = await jmc(words.slice(2));
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  });

  it.skipIf(!isBuilt)(
    `gives the hashes that a centre states of itself${isBuilt ? "" : " (the console is not built)"}`,
    async () => {
      const shells = lines.filter((line) => ofTheClone.test(line));
      const digests = shells.map((line) =>
        execFileSync("sh", ["-c", line], { cwd: clone, encoding: "utf8" }).slice(0, 64),
      );
      const { lockSha256, sourcesSha256, consoleSha256, verifierPageSha256 } = await billOfMaterials(CONSOLE);
      expect(digests).toEqual([lockSha256, sourcesSha256, consoleSha256, verifierPageSha256]);
    },
  );

  it("quotes sentences that the command says", async () => {
    const { stdout } = await jmc(["verify", join(scratch, "ARCHIVE.zip")]);
    const quoted = /```text\n([\s\S]*?)```/.exec(chapter)![1]!.trimEnd().split("\n");
    // How many minutes were sealed depends on the clock: one entry, or several.
    const shape = (text: string): string =>
      text.replace(/[0-9A-Z]{26}|[0-9a-f]{64}|\d+/g, "#").replace(/# entr(y|ies)\b/g, "# entries");
    const said = new Set(stdout.split("\n").map(shape));
    for (const one of quoted) expect([...said], one).toContain(shape(one));
  });

  it("names sentences that the verifier has", () => {
    const words = JSON.parse(
      readFileSync(join(import.meta.dirname, "../packages/words/src/locales/en/archive.json"), "utf8"),
    ) as Record<string, string>;
    const all = Object.values(words).join("\n");
    for (const said of [
      "NOBODY WATCHED",
      "SIGNED BY BOTH",
      "DISSENTED",
      "The centre was not running",
      "sent nothing",
      "Sealed by both components up to entry",
      "The record up to entry",
    ])
      expect(all, said).toContain(said);
  });
});
