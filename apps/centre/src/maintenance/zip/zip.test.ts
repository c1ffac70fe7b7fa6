import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { FaultError } from "@openjmc/model";
import fc from "fast-check";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../segments/testing/temporary-folder.ts";
import { ZipReader } from "./reader.ts";
import { ZipWriter } from "./writer.ts";

const AT = 1_617_679_800_000_000;
const has = (program: string): boolean => spawnSync(program, ["-v"]).status === 0;

async function writeZip(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const writer = await ZipWriter.create(path, AT);
  for (const [name, bytes] of files) await writer.add(name, [bytes.subarray(0, 3), bytes.subarray(3)]);
  await writer.finish();
}

async function readZip(path: string): Promise<Map<string, Uint8Array>> {
  const reader = await ZipReader.open(path);
  const files = new Map<string, Uint8Array>();
  try {
    for (const [name, entry] of reader.entries) files.set(name, new Uint8Array(await buffer(reader.read(entry))));
  } finally {
    await reader.close();
  }
  return files;
}

it("gives back any files", async () => {
  const names = fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.array(fc.uint8Array({ maxLength: 500 }), { minLength: 8, maxLength: 8 }),
      async (paths, bytes) => {
        const path = join(temporaryFolder(), "a.zip");
        const files = new Map(paths.map((name, index) => [name, bytes[index]!]));
        await writeZip(path, files);
        expect(await readZip(path)).toEqual(files);
      },
    ),
    { numRuns: 30 },
  );
});

it.skipIf(!has("unzip"))("is read by a stock program (needs unzip)", async () => {
  const path = join(temporaryFolder(), "a.zip");
  await writeZip(
    path,
    new Map([
      ["record/tile/0/000", new Uint8Array(70_000).fill(5)],
      ["ş/ü.txt", Buffer.from("hello")],
    ]),
  );
  expect(execFileSync("unzip", ["-t", path], { encoding: "utf8" })).toContain("No errors detected");
  expect(execFileSync("unzip", ["-p", path, "record/tile/0/000"])).toHaveLength(70_000);
});

it.skipIf(!has("zip"))("reads what a stock program has packed (needs zip)", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "text"), "the same again ".repeat(10_000));
  writeFileSync(join(folder, "empty"), "");
  execFileSync("zip", ["-q", "b.zip", "text", "empty"], { cwd: folder });
  const files = await readZip(join(folder, "b.zip"));
  expect(Buffer.from(files.get("text")!).toString()).toBe("the same again ".repeat(10_000));
  expect(files.get("empty")).toHaveLength(0);
});

it("refuses damage with a fault and never hangs or crashes", async () => {
  const path = join(temporaryFolder(), "a.zip");
  await writeZip(
    path,
    new Map([
      ["a", new Uint8Array(300).fill(1)],
      ["b", new Uint8Array(10)],
    ]),
  );
  const whole = readFileSync(path);
  const damage = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255), cut: fc.nat(whole.length) });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, value, cut }) => {
      const bytes = Buffer.from(whole);
      bytes[at] = value;
      writeFileSync(path, bytes.subarray(0, value % 2 === 0 ? bytes.length : cut));
      const outcome = await readZip(path).then(
        () => "read",
        (error: unknown) => error,
      );
      if (outcome !== "read" && !(outcome instanceof FaultError)) throw outcome;
    }),
    { numRuns: 200 },
  );
});
