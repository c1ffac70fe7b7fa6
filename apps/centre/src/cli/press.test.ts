import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readMission } from "../mission/read.ts";
import { MISSIONS_FOLDER } from "./default-mission.ts";
import { runPress } from "./press.ts";

const folder = join(MISSIONS_FOLDER, "karabakh-2020");
const loaded = readMission(folder, { exercise: false });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
const mission = loaded.value;

class Collected extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

interface Told {
  readonly comparison?: string;
  readonly fact?: string;
  readonly why?: string;
  readonly quantities: readonly { readonly value: number; readonly unit: string; readonly qualifier: string }[];
  readonly dates: readonly { readonly day: string; readonly words: string }[];
  readonly claims: readonly unknown[];
}

async function press(lines: readonly string[], compare = false) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const input = Readable.from([Buffer.from(lines.join("\n"))]);
  const code = await runPress({ input, stdout, stderr, mission, compare });
  const told = stdout.text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
  return { code, told, stderr: stderr.text };
}

/** Texts with their truth marked, as lines without the marks. */
function marked(language: string): string[] {
  const blocks = readFileSync(join(folder, `open-source/texts/${language}.txt`), "utf8").split(/^(?==== )/m);
  return blocks.map((block) => {
    const [head, ...body] = block.trim().split("\n");
    const [, id, outlet, published] = head!.split(" ");
    const text = body.join("\n").replace(/\{\w=[^|}]+\|([^}]+)\}/g, "$1");
    return JSON.stringify({ id, outlet, language, published, text });
  });
}

describe("jmc press", () => {
  it("reads what stands in a text, and points at the words", async () => {
    const { code, told } = await press(marked("en").slice(0, 1));
    expect(code).toBe(0);
    const [first] = told;
    expect(first).toMatchObject({ id: "en-01" });
    expect(first!.quantities.map((one) => [one.value, one.unit, one.qualifier])).toContainEqual([
      1960,
      "service-member",
      "about",
    ]);
    expect(first!.dates.at(-1)).toMatchObject({ day: "2020-11-10", words: "10 November 2020" });
    expect(first!.claims).toContainEqual(expect.objectContaining({ fact: "memorandum", aspect: "signed" }));
  });

  it("tells conflicts, reprints and quotations turned round over all texts", async () => {
    const { told } = await press(["en", "tr", "ru", "az", "hy"].flatMap(marked), true);
    const of = (kind: string) => told.filter((one) => one.comparison === kind);
    expect(of("conflict").map((one) => one.fact)).toEqual(
      expect.arrayContaining(["memorandum", "centre-staff", "centre-place"]),
    );
    expect(of("origin").filter((one) => one.why === "reprint")).toHaveLength(5);
    expect(of("inversion")).toHaveLength(5);
    expect(of("spelling").length).toBeGreaterThan(0);
  });

  it("tells bad lines by number and field, and goes on", async () => {
    const good = { id: "1", outlet: "outlet-a", language: "en", published: "2021-03-01T06:00:00Z", text: "Quiet." };
    const lines = [
      "{",
      JSON.stringify({ ...good, language: "xx" }),
      JSON.stringify({ ...good, published: "yesterday" }),
      JSON.stringify({ ...good, timeZone: "Nowhere/Else" }),
      JSON.stringify({ ...good, text: "a".repeat(1_000_001) }),
      JSON.stringify(good),
    ];
    const { code, told, stderr } = await press(lines);
    expect([code, told.length]).toEqual([0, 1]);
    const said = stderr.trim().split("\n");
    expect(said).toHaveLength(5);
    for (const [place, word] of ["malformed", "language", "published", "timeZone", "too-long"].entries())
      expect(said[place]).toMatch(new RegExp(`${word}|line ${place + 1}`));
    expect((await press(["{"])).code).toBe(2);
  });
});
