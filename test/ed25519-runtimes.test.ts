/** Signatures at the edge of Ed25519: the same verdict on Node 20 by a bundled build, on the project's Node, and in the browser. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const VECTORS = join(
  process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared"),
  "data/record/ed25519/cctv-ed25519vectors.json",
);
const WYCHEPROOF = join(VECTORS, "../wycheproof-ed25519_test.json");
const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const root = join(import.meta.dirname, "..");

/** A Node of an older line on the machine's own path. */
function olderNode(): string | undefined {
  const places = (process.env.PATH ?? "").split(delimiter).filter((place) => !place.includes("node_modules"));
  const found = [...places, "/usr/bin"].map((place) => join(place, "node")).filter((path) => existsSync(path));
  return found.find((path) => spawnSync(path, ["--version"], { encoding: "utf8" }).stdout?.startsWith("v20."));
}
const older = olderNode();

interface Question {
  readonly key: string;
  readonly message: string;
  readonly signature: string;
}

function questions(): Question[] {
  const edge = JSON.parse(readFileSync(VECTORS, "utf8")) as { key: string; sig: string; msg: string }[];
  const wycheproof = JSON.parse(readFileSync(WYCHEPROOF, "utf8")) as {
    testGroups: { publicKey: { pk: string }; tests: { msg: string; sig: string }[] }[];
  };
  return [
    ...edge.map(({ key, sig, msg }) => ({ key, signature: sig, message: Buffer.from(msg).toString("hex") })),
    ...wycheproof.testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(({ msg, sig }) => ({ key: publicKey.pk, message: msg, signature: sig })),
    ),
  ];
}

/** One letter for each question: the verdict of the strict profile. */
const NODE_PROGRAM = `
import { readFileSync } from "node:fs";
import { hexToBytes, unwrap, verifyStrict } from "@openjmc/record";
import { nodePrimitives } from "./apps/centre/src/primitives.ts";
const bytes = (text) => unwrap(hexToBytes(text));
const questions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(questions.map((one) =>
  verifyStrict(nodePrimitives, bytes(one.key), bytes(one.message), bytes(one.signature)).ok ? "y" : "n").join(""));
`;
const PAGE_PROGRAM = `
import { hexToBytes, plainSha256, settle, unwrap, verifyStrict } from "@openjmc/record";
import { verifyMany } from "./apps/console/src/verifier/cryptography.ts";
const bytes = (text) => unwrap(hexToBytes(text));
globalThis.judge = (questions) => settle(plainSha256, verifyMany, (primitives) => questions.map((one) =>
  verifyStrict(primitives, bytes(one.key), bytes(one.message), bytes(one.signature)).ok ? "y" : "n").join(""));
`;

async function bundle(program: string, platform: "node" | "browser"): Promise<string> {
  const entry = "virtual:entry";
  const built = await rolldown({
    input: entry,
    platform,
    external: /^node:/,
    logLevel: "silent",
    plugins: [
      {
        name: "entry",
        resolveId: (id, importer) =>
          id === entry ? entry : importer === entry && id.startsWith(".") ? join(root, id) : null,
        load: (id) => (id === entry ? program : null),
      },
    ],
  });
  const { output } = await built.generate({ format: platform === "node" ? "esm" : "iife", codeSplitting: false });
  return output[0].code;
}

describe.skipIf(!existsSync(VECTORS))("edge cases of Ed25519 (needs data/record)", () => {
  let scratch: string;
  let own: string;
  let file: string;
  let program: string;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "openjmc-ed25519-"));
    file = join(scratch, "questions.json");
    program = join(scratch, "judge.mjs");
    writeFileSync(file, JSON.stringify(questions()));
    writeFileSync(program, await bundle(NODE_PROGRAM, "node"));
    own = verdictsOf(process.execPath);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const verdictsOf = (node: string): string => execFileSync(node, [program, file], { encoding: "utf8" }).trim();

  it("are judged one way or the other, not all alike", () => {
    expect(own).toHaveLength(questions().length);
    expect(own).toMatch(/y/);
    expect(own).toMatch(/n/);
  });

  it.skipIf(!older)("come out the same on Node 20 (needs one on the machine's path)", () => {
    expect(verdictsOf(older!)).toBe(own);
  });

  it.skipIf(!existsSync(CHROMIUM))("come out the same in the browser (needs one)", async () => {
    const page = join(scratch, "page.html");
    const script = (await bundle(PAGE_PROGRAM, "browser")).replaceAll("</script", "<\\/script");
    writeFileSync(page, `<!doctype html><meta charset="utf-8"><script>${script}</script>`);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    try {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(page).href);
      const judged = await tab.evaluate(
        (asked) => (globalThis as never as { judge(asked: unknown): Promise<string> }).judge(asked),
        questions(),
      );
      expect(judged).toBe(own);
    } finally {
      await browser.close();
    }
  });
});
