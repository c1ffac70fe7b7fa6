import { expect, test } from "vitest";

const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");

/** This package's own sources, without tests and what only tests use. */
const sources = fs
  .readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => !file.includes(`${path.sep}testing${path.sep}`));

test.each(sources.map((file) => [path.relative(import.meta.dirname, file), file]))(
  "%s stands on nothing but the language",
  (_, file) => {
    const text = fs.readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const [, from] of text.matchAll(/from\s+"([^"]+)"/g)) expect(from).toMatch(/^\.\.?\/.*\.ts$/);
    expect(text).not.toMatch(/\b(Buffer|process|performance)\s*[.(]|\b(require|setTimeout|fetch)\s*\(/);
    expect(text).not.toMatch(/Math\.random|Date\.now/);
    expect(text).not.toMatch(/new Date\(\)|import\(/);
  },
);

test("its manifest names no dependency", () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "../package.json"), "utf8"));
  expect(manifest.dependencies).toEqual({});
});
