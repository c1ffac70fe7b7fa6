/**
 * The founding ceremony as it is held: each component on a machine of its own, files between them, the centre without any
 * private key of theirs. Each step is a process of its own, as a person starts it.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSeed } from "../apps/centre/src/signer/key-file.ts";
import { expectRefusal } from "./support/expect-refusal.ts";
import { jmc } from "./support/jmc.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-ceremony-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PASSPHRASES = { A: "the first component's words", B: "other words of the other" };
/** JSON as it is read from a file, for a test to change. */
// biome-ignore lint/suspicious/noExplicitAny: whatever stands in the file
type Json = any;
const at = (...names: string[]): string => join(root, ...names);
/** A component's machine: its keys, its passphrase, its own copy of the mission's name. */
const machine = (component: "A" | "B"): { keys: string; passphrase: string } => ({
  keys: at(component, "keys"),
  passphrase: at(component, "passphrase"),
});
const plan = ["--mission", "karabakh-2020", "--origin", "centre.example"];

beforeAll(() => {
  for (const component of ["A", "B"] as const) {
    mkdirSync(at(component));
    writeFileSync(machine(component).passphrase, `${PASSPHRASES[component]}\n`);
  }
});

async function makePart(component: "A" | "B"): Promise<string> {
  const { keys, passphrase } = machine(component);
  const out = at(`part-${component}.json`);
  const ended = await jmc([
    ...["init", "--component", component, "--keys", keys, "--out", out, ...plan],
    ...["--passphrase-file", passphrase],
  ]);
  expect(ended).toMatchObject({ code: 0 });
  return ended.stdout;
}

async function sign(component: "A" | "B", founding = at("founding.json"), out = at(`signed-${component}.json`)) {
  const { keys, passphrase } = machine(component);
  return jmc(["sign", "founding", founding, "--keys", keys, "--out", out, "--passphrase-file", passphrase, "--yes"]);
}

const begin = (folder = "centre", out = "founding.json") =>
  jmc(["init", at(folder), ...plan, "--part", at("part-A.json"), "--part", at("part-B.json"), "--out", at(out)]);
const finish = (...files: string[]) => jmc(["init", at("centre"), ...files.flatMap((file) => ["--signed", at(file)])]);

/** The file with one change, under another name. */
function changed(file: string, name: string, change: (content: Json) => void): string {
  const content = JSON.parse(readFileSync(at(file), "utf8")) as Json;
  change(content);
  writeFileSync(at(name), JSON.stringify(content));
  return at(name);
}

describe("a founding in steps", () => {
  let genesis = "";

  it("each component makes its part; the digest that it reads out is the one that the centre shows", async () => {
    const told = [await makePart("A"), await makePart("B")];
    const begun = await begin();
    expect(begun).toMatchObject({ code: 0 });
    for (const part of told) expect(begun.stdout).toContain(part.trim());
    genesis = /genesis {2}([0-9a-f ]{79})/.exec(begun.stdout)![1]!;
  });

  it("nothing can be served before all have signed, and what lacks is named", async () => {
    expectRefusal(await jmc(["serve", at("centre"), "--port", "0"]), /centre\.not-founded/);
    expect(await sign("A")).toMatchObject({ code: 0 });
    expectRefusal(await finish("signed-A.json"), /founding\.incomplete/, /component B/);
    expect(existsSync(at("centre", "record"))).toBe(false);
  });

  it("is shown to each component in full, and with both signatures the record begins", async () => {
    const signed = await sign("B");
    expect(signed.stdout).toContain(genesis);
    for (const text of ["GENESIS", "centre.example", "component A", "component B", "604800 s"])
      expect(signed.stderr).toContain(text);
    const finished = await finish("signed-A.json", "signed-B.json");
    expect(finished).toMatchObject({ code: 0 });
    expect(finished.stdout).toContain(genesis);
    expect(readFileSync(at("centre", "genesis.txt"), "utf8")).toContain(genesis);
    expect(await jmc(["verify", at("centre"), "--json"])).toMatchObject({ code: 0 });
    expectRefusal(await finish("signed-A.json", "signed-B.json"), /founding\.not-begun/);
  });

  it("the centre's folder holds no private key of anybody, each component's folder only its own", () => {
    const secrets = (["A", "B"] as const).flatMap((component) =>
      readdirSync(machine(component).keys)
        .filter((name) => name.endsWith(".key.json"))
        .map((name) => Buffer.from(readSeed(join(machine(component).keys, name), PASSPHRASES[component]).seed)),
    );
    expect(secrets).toHaveLength(18);
    const files = readdirSync(at("centre"), { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const travelling = readdirSync(root, { withFileTypes: true }).filter((file) => file.isFile());
    for (const file of [...files, ...travelling]) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      for (const secret of secrets)
        for (const form of [secret, secret.toString("hex"), secret.toString("base64")])
          expect(bytes.includes(form)).toBe(false);
    }
    expect(() => readSeed(join(machine("B").keys, "root-1.key.json"), PASSPHRASES.A)).toThrow("key.passphrase");
  });
});

describe("refused by name", () => {
  it("a founding with another root key, another mission or another name than the component came for", async () => {
    const { keys } = machine("A");
    const own = join(keys, "founding-part.json");
    const mine = readFileSync(own, "utf8");
    const tries: [RegExp, (part: Json) => void][] = [
      [/founding\.other-origin/, (part) => Object.assign(part, { origin: "centre.other" })],
      [/founding\.other-mission/, (part) => Object.assign(part.mission, { sha256: "0".repeat(64) })],
      [/founding\.other-roots/, (part) => part.roots.reverse()],
      [/founding\.other-officers/, (part) => part.officers.pop()],
      [/founding\.without-us/, (part) => Object.assign(part, { component: "C", room: undefined })],
    ];
    for (const [code, change] of tries) {
      writeFileSync(own, mine);
      cpSync(changed("A/keys/founding-part.json", "other-part.json", change), own);
      expectRefusal(await sign("A", at("founding.json"), at("never.json")), code);
    }
    writeFileSync(own, mine);
  });

  it("a founding whose first leaf was changed on the way", async () => {
    const file = changed("founding.json", "changed.json", (content) => {
      const { payload } = content.founding;
      const text = Buffer.from(payload, "base64").toString().replace("604800", "604801");
      Object.assign(content.founding, { payload: Buffer.from(text).toString("base64") });
    });
    expectRefusal(await sign("A", file, at("never.json")), /signature\.bad/);
  });

  it("signatures of another founding, and files that are something else", async () => {
    const second = await begin("centre-2", "founding-2.json");
    expect(second.code).toBe(0);
    expectRefusal(
      await jmc(["init", at("centre-2"), "--signed", at("signed-A.json"), "--signed", at("signed-B.json")]),
      /founding\.other:/,
    );
    const wrong = ["init", at("centre-2"), "--signed"];
    expectRefusal(await jmc([...wrong, at("part-A.json")]), /file\.other-format/, /founding part/);
    expectRefusal(await jmc([...wrong, at("A", "passphrase")]), /file\.not-json/);
    expectRefusal(await jmc([...wrong, at("nothing.json")]), /file\.unreadable/);
    expectRefusal(
      await jmc(["init", at("centre-3"), ...plan, "--part", at("part-A.json"), "--out", at("x.json")]),
      /signer\.missing/,
      /B/,
    );
  });

  it("one passphrase for two components, and two components' keys over each other", async () => {
    const both = ["--signer", `A=${at("s-a")}`, "--signer", `B=${at("s-b")}`, ...plan];
    const files = ["--passphrase-file", machine("A").passphrase];
    expectRefusal(await jmc(["init", at("centre-4"), ...both, ...files]), /passphrase\.shared/);
    expectRefusal(await jmc(["init", at("centre-4"), ...both], { OPENJMC_PASSPHRASE: "x".repeat(20) }), /shared/);
    const { keys, passphrase } = machine("A");
    expectRefusal(
      await jmc([
        ...["init", "--component", "A", "--keys", keys, "--out", at("again.json"), ...plan],
        ...["--passphrase-file", passphrase],
      ]),
      /key\.folder-used/,
    );
  });
});

it("in one go, each component's keys are under its own passphrase", async () => {
  const both = ["--signer", `A=${at("one-a")}`, "--signer", `B=${at("one-b")}`, ...plan];
  const files = ["A", "B"].flatMap((name) => ["--passphrase-file", `${name}=${at(name, "passphrase")}`]);
  const ended = await jmc(["init", at("centre-5"), ...both, ...files]);
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain("GENESIS");
  expect(readSeed(at("one-b", "root-1.key.json"), PASSPHRASES.B).component).toBe("B");
  expect(() => readSeed(at("one-b", "root-1.key.json"), PASSPHRASES.A)).toThrow("key.passphrase");
});
