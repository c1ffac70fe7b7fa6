/** Reads every document: what it tells to type must exist, and so must every link and every file it names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../apps/centre/src/cli/program.ts";

const root = join(import.meta.dirname, "..");
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Commands of npm itself that documents use. */
const NPM_COMMANDS = new Set(["ci", "exec"]);
/** Made while a document's commands run, or taken from the running product: named before they exist. */
const PLACEHOLDERS = /[A-Z]{3,}|\*/;
const PICTURE = "docs/screenshot.png";

function shellLines(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)]
    .flatMap((block) => block[1]!.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Splits as a shell does, as far as documents need: words, quotes, substitutions kept whole; where output goes is the shell's. */
function wordsOf(command: string): string[] {
  return [...command.replace(/ >>? ?\S+$/, "").matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map((match) => match[0]);
}

/** The simple commands of a line, each without variables set before it. */
function commandsOf(line: string): string[][] {
  return line
    .replace(/\$\(([^()]*)\)/g, " ; $1 ; ")
    .split(/&&|\||;/)
    .map(wordsOf)
    .map((words) =>
      words.slice(
        Math.max(
          0,
          words.findIndex((word) => !/^[A-Z_]+=/.test(word)),
        ),
      ),
    )
    .filter((words) => words.length > 0);
}

/** What is wrong with a `jmc` command line, told as a sentence; undefined when nothing is. */
function faultOfJmc(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  let rest = [...words];
  for (;;) {
    const inner = command.commands.find((one) => one.name() === rest[0]);
    const usual = command === program ? undefined : defaultOf(command);
    if (!inner && !usual) break;
    command = inner ?? usual!;
    if (inner) rest = rest.slice(1);
  }
  if (command === program) return `no command ${words[0] ?? "at all"}`;
  const operands: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const option = command.options.find((one) => one.short === word || one.long === word);
    if (!option) return `${command.name()} has no ${word}`;
    if (!option.required) continue;
    at += 1;
    if (rest[at] === undefined || rest[at]!.startsWith("--")) return `${command.name()} ${word} needs a value`;
  }
  const known = command.registeredArguments;
  const needed = known.filter((argument) => argument.required).length;
  if (operands.length < needed) return `${command.name()} needs ${needed} arguments, got ${operands.join(" ")}`;
  if (operands.length > known.length && known.at(-1)?.variadic !== true)
    return `${command.name()} takes ${known.length} arguments, got ${operands.join(" ")}`;
  const missing = command.options.find((option) => option.mandatory && !rest.includes(option.long ?? ""));
  return missing && `${command.name()} needs ${missing.long}`;
}

/** What runs when no command inside a command is named. */
function defaultOf(command: Command): Command | undefined {
  const { _defaultCommandName: name } = command as unknown as { readonly _defaultCommandName: string | null };
  return command.commands.find((one) => one.name() === name);
}

function faultOfNpm(words: readonly string[]): string | undefined {
  const name = words[0] === "run" ? words[1] : words[0];
  if (words[0] !== "run" && NPM_COMMANDS.has(name ?? "")) return undefined;
  const script = scripts[name ?? ""];
  if (script === undefined) return `no script ${name}`;
  const file = /^node (\S+)/.exec(script)?.[1];
  if (file !== undefined && !existsSync(join(root, file))) return `script ${name} runs ${file}, which is not there`;
  const passed = words.includes("--") ? words.slice(words.indexOf("--") + 1) : [];
  return name === "start" ? faultOfJmc(createProgram(), ["exercise", ...passed]) : undefined;
}

function faultOf(words: readonly string[]): string | undefined {
  if (words[0] === "npx" && words[1] === "jmc") return faultOfJmc(createProgram(), words.slice(2));
  if (words[0] === "npm") return faultOfNpm(words.slice(1));
  return undefined;
}

describe("the reader of commands itself", () => {
  it.each([
    ["npx jmc serv DIR", "no command serv"],
    ["npx jmc serve DIR --prot 1", "serve has no --prot"],
    ["npx jmc backup DIR", "backup needs 2 arguments, got DIR"],
    ["npx jmc verify a b", "verify takes 1 arguments, got a b"],
    ["npx jmc serve --port", "serve --port needs a value"],
    ["npx jmc sign --keys a --officer b", "online needs --centre"],
    ["npm run nothing", "no script nothing"],
    ["npm start -- --sped 2", "exercise has no --sped"],
    ["A=1 npx jmc doctor | npx jmc nothing", "no command nothing"],
  ])("sees what is wrong with `%s`", (line, fault) => {
    expect(commandsOf(line).map(faultOf)).toContain(fault);
  });
});

describe.each(documents)("$name", ({ name, text }) => {
  it("tells to type only what exists", () => {
    const wrong = shellLines(text).flatMap((line) =>
      commandsOf(line)
        .map(faultOf)
        .filter((fault) => fault !== undefined)
        .map((fault) => `${line}: ${fault}`),
    );
    expect(wrong).toEqual([]);
  });

  it("links only to what is there, headings too", () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    const wrong = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path, heading] = link.split("#") as [string, string | undefined];
      const file = path === "" ? join(root, name) : join(root, dirname(name), path);
      if (relative(root, file) === PICTURE) return false;
      if (!existsSync(file)) return true;
      return heading !== undefined && !headingsOf(readFileSync(file, "utf8")).includes(heading);
    });
    expect(wrong).toEqual([]);
  });

  it("names only files that are there", () => {
    const named = [...text.matchAll(/`((?:apps|packages|missions|test|bench|scripts|docs)\/[^`\s]+)`/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((path) => !PLACEHOLDERS.test(path) && !existsSync(join(root, path)))).toEqual([]);
  });

  it("names no place of a machine and no registry", () => {
    const found = text.match(
      /(?:^|[\s`"'(])\/(?:work|home|root|tmp|Users|opt|var)\/[^\s`)]*|[A-Z]:\\[^\s`]*|registry\.[\w.-]+|[\w.-]*artifactory[\w.-]*/gim,
    );
    expect(found ?? []).toEqual([]);
  });
});

/** Anchors as common renderers make them of headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

it("every command of jmc is told of somewhere", () => {
  const told = documents.map(({ text }) => text).join("\n");
  const commands = createProgram().commands.map((command) => command.name());
  expect(commands.filter((command) => !told.includes(`jmc ${command}`))).toEqual([]);
});

/** Sentences that say that something is missing: those of README's list, and each paragraph's from its first `GAP:` on. */
function denials(name: string, text: string): string[] {
  const listed =
    name === "README.md" ? (/^## What is not there yet\n([\s\S]*?)^(?:## |$(?![\s\S]))/m.exec(text)?.[1] ?? "") : "";
  const gaps = text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.includes("GAP:"))
    .map((paragraph) => paragraph.slice(paragraph.indexOf("GAP:")));
  return [...listed.split(/\n(?=- )/), ...gaps]
    .map((part) => part.replace(/\s+/g, " "))
    .flatMap((part) => part.split(/(?<=[.:;])\s/))
    .filter((sentence) => sentence !== "");
}

/** Whether a command, or a flag of it, that a sentence names as `jmc X …` is there. */
function existingIn(sentence: string): string[] {
  const named = [...sentence.matchAll(/`(?:npx )?jmc ([a-z]+)((?: [^`]*)?)`/g)];
  return named
    .filter(([, name, rest]) => {
      const command = createProgram().commands.find((one) => one.name() === name);
      const flag = /--[a-z-]+/.exec(rest ?? "")?.[0];
      return command !== undefined && (flag === undefined || command.options.some((option) => option.long === flag));
    })
    .map(([whole]) => whole);
}

const SAYS_MISSING =
  /\bnot (?:written|there|implemented)\b|\bno (?:such )?command\b|\bwithout commands\b|\bis missing\b|\bnone is\b/;

describe("what is said to be missing", () => {
  it("is seen by this test where a command is there after all", () => {
    const wrong = "GAP: `jmc replay --check` and `jmc rebuild --deep` are not written.";
    expect(
      denials("x.md", wrong)
        .filter((one) => SAYS_MISSING.test(one))
        .flatMap(existingIn),
    ).toHaveLength(2);
    expect(existingIn("`jmc nothing` is not written")).toEqual([]);
    expect(existingIn("`jmc replay --nothing` is not written")).toEqual([]);
    const listed = "# X\n\n## What is not there yet\n\n- There is no `jmc verify`.\n\n## More\n\n`jmc serve`\n";
    expect(denials("README.md", listed).flatMap(existingIn)).toEqual(["`jmc verify`"]);
  });

  it("names no command that is there", () => {
    const wrong = documents.flatMap(({ name, text }) =>
      denials(name, text)
        .filter((sentence) => name === "README.md" || SAYS_MISSING.test(sentence))
        .flatMap((sentence) => existingIn(sentence).map((command) => `${name}: ${command}: ${sentence}`)),
    );
    expect(wrong).toEqual([]);
  });

  it("is not what the architecture's table says of a folder or a package", () => {
    const { text } = documents.find(({ name }) => name === "ARCHITECTURE.md")!;
    const folders = readdirSync(join(root, "apps/centre/src"), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    expect(folders.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    const files = [
      "package.json",
      ...["apps", "packages"].flatMap((room) =>
        readdirSync(join(root, room)).map((one) => `${room}/${one}/package.json`),
      ),
    ];
    const packages = files.flatMap((file) => {
      const read = JSON.parse(readFileSync(join(root, file), "utf8")) as Record<
        string,
        Record<string, string> | undefined
      >;
      return Object.keys({ ...read.dependencies, ...read.devDependencies });
    });
    const dependencies = text.slice(text.indexOf("## Dependencies"));
    const told = [...dependencies.matchAll(/^\|([^|]*)\|/gm)].flatMap((row) =>
      [...row[1]!.matchAll(/`([^`]+)`/g)].map((one) => one[1]!),
    );
    const used = [...new Set(packages)].filter((name) => !name.startsWith("@openjmc/"));
    expect(used.filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !used.includes(name))).toEqual([]);
  });
});

/** A part of a guide: its heading, what stands under it before the next heading, and the tests that are named there. */
interface Part {
  readonly heading: string;
  readonly text: string;
  readonly tests: readonly (readonly [file: string, words: string])[];
}

const MARK = /<!-- done by ([\w./-]+): (.+) -->/g;

function partsOf(text: string): Part[] {
  return text
    .split(/^(?=###? )/m)
    .slice(1)
    .map((part) => ({
      heading: part.slice(0, part.indexOf("\n")),
      text: part.slice(part.indexOf("\n")),
      tests: [...part.matchAll(MARK)].map(([, file, words]) => [file!, words!] as const),
    }))
    .filter((part) => part.text.trim() !== "");
}

/** Steps with a number, each with all that belongs to it. */
const stepsOf = ({ text }: Part): string[] =>
  text
    .split(/^(?=\d+\. )/m)
    .slice(1)
    .map((step) => step.split(/\n\n(?=\S)/)[0]!);

const sourceOf = (file: string): string => readFileSync(join(root, file), "utf8");
/** What helpers of tests pass along to commands. */
const HELPERS = readdirSync(join(root, "test/support"))
  .map((name) => sourceOf(`test/support/${name}`))
  .join("\n");
const GUIDE_COMMANDS = "test/guide-commands.long.ts";

/** Whether a test runs a command: it takes the very line of the guide, or it names every word of it and every flag. */
function isRunBy(file: string, guide: string, words: readonly string[]): boolean {
  const source = sourceOf(file);
  if (file === GUIDE_COMMANDS) {
    const own = source.replace(
      /const dissent = ("[^"]+")[\s\S]*?run\("officers\.md", dissent/,
      'run("officers.md", $1',
    );
    const taken = [...own.matchAll(/"([\w-]+\.md)",\s*"([^"]+)"/g)];
    return taken.some(([, of, start]) => guide.endsWith(of!) && words.join(" ").startsWith(start!));
  }
  let command: Command = createProgram();
  const path: string[] = [];
  for (const word of words) {
    const inner = command.commands.find((one) => one.name() === word);
    if (!inner) break;
    path.push(word);
    command = inner;
  }
  const served = /\bserveCentre\(/.test(source) ? ["serve"] : [];
  const node = /\bstartNode\(/.test(source) ? ["run"] : [];
  const stands = (word: string): boolean =>
    [...served, ...node].includes(word) || new RegExp(`["'\`\\s]${word}["'\`\\s]`).test(source);
  const flags = words.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0]!);
  return path.every(stands) && flags.every((flag) => stands(flag) || HELPERS.includes(`"${flag}"`));
}

describe.each(["docs/officers.md", "docs/liaison-officers.md", "docs/operators.md"])("each part of %s", (guide) => {
  const { text } = documents.find(({ name }) => name === guide)!;
  const parts = partsOf(text);

  it("is done by a test that is named there, by words that stand in it", () => {
    const wrong = parts.flatMap(({ heading, tests }) => {
      if (tests.length === 0) return [`${heading}: no test`];
      return tests
        .filter(([file, words]) => !sourceOf(file).replace(/\s+/g, " ").includes(words))
        .map(([file, words]) => `${heading}: ${file}: ${words}`);
    });
    expect(wrong).toEqual([]);
    expect(parts.length).toBeGreaterThan(5);
  });

  it("has a test of its own for each numbered step", () => {
    const bare = parts.flatMap((part) => stepsOf(part).filter((step) => !step.includes("<!-- done by ")));
    expect(bare).toEqual([]);
  });

  it("tells to type only what a test that is named there runs", () => {
    const wrong = parts.flatMap(({ heading, text: own, tests }) =>
      shellLines(own)
        .flatMap(commandsOf)
        .filter((words) => words[0] === "npx" && words[1] === "jmc")
        .map((words) => words.slice(2))
        .filter((words) => !tests.some(([file]) => isRunBy(file, guide, words)))
        .map((words) => `${heading}: ${words.join(" ")}`),
    );
    expect(wrong).toEqual([]);
  });
});

it("a step without a test, and a command that no test runs, are seen", () => {
  const [part] = partsOf("# T\n\n## X\n\n1. Do it.\n   <!-- done by a.ts: b -->\n2. And that.\n\nThen rest.\n");
  expect(stepsOf(part!).filter((step) => !step.includes("<!-- done by "))).toEqual(["2. And that."]);
  expect(isRunBy("test/keys.test.ts", "docs/operators.md", ["officer", "rotate", "A-Duty-1"])).toBe(true);
  expect(isRunBy("test/keys.test.ts", "docs/operators.md", ["officer", "rotate", "A-Duty-1", "--nothing"])).toBe(false);
  expect(isRunBy("test/keys.test.ts", "docs/operators.md", ["serve", "DIR", "--postgres", "x"])).toBe(false);
});

describe("the threat model", () => {
  const { text } = documents.find(({ name }) => name === "THREAT-MODEL.md")!;
  const rows = new Map(
    [...text.matchAll(/^\*\*(\d+)\. ([\s\S]*?)(?=^\*\*|^#)/gm)].map((row) => [Number(row[1]), row[2]!]),
  );
  const ATTACKS = Array.from({ length: 28 }, (_, place) => place + 1);

  it("has a row for each attack, with a test or what would have to be there", () => {
    expect([...rows.keys()].sort((left, right) => left - right)).toEqual(ATTACKS);
    for (const [attack, row] of rows) expect(/\.test\.ts`|GAP:/.test(row), `attack ${attack}`).toBe(true);
  });

  it("names tests by words that stand in them", () => {
    const flat = text.replace(/\s+/g, " ");
    const named = [...flat.matchAll(/`([\w./-]+\.test\.ts)`: ([^;)`]+)/g)];
    expect(named.length).toBeGreaterThan(10);
    const foreign = named.filter(([, file, words]) => {
      const source = readFileSync(join(root, file!), "utf8").replace(/\s+/g, " ");
      return !source.includes(words!.trim());
    });
    expect(foreign.map(([, file, words]) => `${file}: ${words}`)).toEqual([]);
  });
});
