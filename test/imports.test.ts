/** Reads every import of the house and compares it with the table of rooms: nobody imports upwards or sideways. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Which rooms a room may import; `centre` may import all packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  words: [],
  record: [],
  formats: [],
  geo: ["model"],
  fusion: ["model", "geo"],
  exercise: ["model", "formats", "geo"],
  agreement: ["model", "geo"],
  press: ["model"],
  desk: ["model", "record", "agreement", "press"],
  report: ["model", "words", "desk", "agreement"],
  console: ["model", "words", "record", "geo"],
  centre: ["model", "words", "record", "formats", "geo", "fusion", "exercise", "agreement", "desk", "press", "report"],
};
/** Rooms whose non-test sources may not touch the outside world. */
const PURE = ["model", "words", "record", "formats", "geo", "fusion", "exercise", "agreement", "desk", "press"];
/** Rooms without any runtime dependency. */
const ALONE = ["model", "record", "formats"];

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.tsx?$/.test(entry.name) &&
        !entry.parentPath.includes("node_modules") &&
        !entry.parentPath.includes("dist"),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s+["']([^"']+)["']/g,
    ),
  ].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

/** A rule that does not concern a room is no skipped test: it is not there. */
const onlyIf = (applies: boolean) => (applies ? it : () => undefined);

const rooms = Object.keys(MAY_IMPORT).map((room) => ({
  room,
  folder: join(root, room === "console" || room === "centre" ? "apps" : "packages", room, "src"),
}));

describe.each(rooms)("room $room", ({ room, folder }) => {
  const files = sourcesOf(folder);
  const allowed = new Set(MAY_IMPORT[room]!.map((name) => `@openjmc/${name}`));

  it("imports only the rooms below it, and those by their door", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("@openjmc/") && !allowed.has(name))
        .map((name) => `${relative(root, file)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("never reaches into another room by path", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith(".") && relative(folder, join(file, "..", name)).startsWith(".."))
        .filter((name) => !name.endsWith("package.json") && !name.endsWith("package.json?raw"))
        .map((name) => `${relative(root, file)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  onlyIf(PURE.includes(room))("does not touch sockets, files, clocks or randomness", () => {
    const wrong = files
      .filter((file) => !/\.(test|bench|contract)\.ts$/.test(file) && !file.includes("/testing/"))
      .flatMap((file) => {
        const text = readFileSync(file, "utf8");
        const outside = importsOf(file).filter((name) => name.startsWith("node:"));
        const impure = [/\bDate\.now\(/, /\bMath\.random\(/, /\bnew Date\(\)/, /\bsetTimeout\(/, /\bfetch\(/]
          .filter((pattern) => pattern.test(text))
          .map(String);
        return [...outside, ...impure].map((name) => `${relative(root, file)}: ${name}`);
      });
    expect(wrong).toEqual([]);
  });

  onlyIf(ALONE.includes(room))("has no runtime dependency", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "..", "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
  });
});
