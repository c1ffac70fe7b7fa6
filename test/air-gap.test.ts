/** Statements between a machine that sees the record and one that has the key, by files; each wrong file refused by name. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AppendedAnswer, formatInstant } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCopy } from "../apps/centre/src/signer/log-view.ts";
import { type FoundedCentre, foundTestCentre, PASSPHRASE } from "./support/centre.ts";
import { expectRefusal } from "./support/expect-refusal.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";

let founded: FoundedCentre;
let centre: ServedCentre;
let proposal = "";

const file = (name: string): string => join(founded.root, name);
const keysOf = (component: "A" | "B"): string[] => ["--keys", founded.signers[component]];
const secret = (): string[] => ["--passphrase-file", file("passphrase"), "--yes"];
const TEXTS: Readonly<Record<string, string>> = { en: "Six explosions.", ru: "Шесть взрывов." };
const deadline = formatInstant((Date.now() + 3_600_000) * 1000);

beforeAll(async () => {
  founded = await foundTestCentre();
  writeFileSync(file("passphrase"), PASSPHRASE);
  centre = await serveCentre(founded.folder);
  const incident = { title: "Six explosions", occurredAt: formatInstant(Date.now() * 1000) };
  const subject = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  writeFileSync(file("incident.json"), JSON.stringify({ kind: "incident.opened", subject, body: incident }));
  await carry("incident", "A", "A-Duty-1", ["--act", file("incident.json")]);
  const { provisions, authenticLanguages } = await describeMission();
  const texts = Object.fromEntries(authenticLanguages.map((language) => [language, TEXTS[language] ?? TEXTS.en!]));
  const finding = {
    ...{
      incident: subject,
      question: "What happened?",
      texts,
    },
    ...{ occurredAt: incident.occurredAt, observation: "explosion", means: ["acoustic"], judgement: "recorded" },
    ...{ count: { number: 6, unit: "explosion", qualifier: "exact" }, unknowns: "who fired", deadline },
    provision: provisions[0]!.id,
  };
  writeFileSync(file("finding.json"), JSON.stringify({ body: finding }));
});
afterAll(async () => {
  await centre.stop();
  rmSync(founded.root, { recursive: true, force: true });
});

async function describeMission(): Promise<{ provisions: { id: string }[]; authenticLanguages: string[] }> {
  return ((await (await fetch(`${centre.url}/api/v1/centre`)).json()) as { mission: never }).mission;
}

/** Out, signed, back: each on its own machine. */
async function carry(name: string, component: "A" | "B", officer: string, what: string[]): Promise<AppendedAnswer> {
  const [out, signed] = [file(`${name}.request`), file(`${name}.signed`)];
  const who = ["--component", component, "--officer", officer];
  const place = ["--record", founded.folder, "--centre", centre.url];
  expect(await jmc(["sign", "export", ...what, ...who, ...place, "--out", out])).toMatchObject({ code: 0 });
  const sign = ["sign", "file", out, ...keysOf(component), "--holder", officer, "--out", signed, ...secret()];
  expect(await jmc(sign)).toMatchObject({ code: 0 });
  const brought = await jmc(["sign", "import", signed, "--request", out, "--centre", centre.url, "--json"]);
  expect([brought.code, brought.stderr]).toEqual([0, ""]);
  return JSON.parse(brought.stdout) as AppendedAnswer;
}

const status = async (): Promise<string> => (await openCopy(founded.folder)).state.acts.get(proposal)!.status;

describe("an officer whose key has never seen a network", () => {
  it("proposes; the text is shown whole and by language before it is signed", async () => {
    proposal = (await carry("propose", "A", "A-Head", ["--propose", file("finding.json")])).statement;
    expect(await status()).toBe("proposed");
    const shown = await jmc(["sign", "show", file("propose.request")]);
    expect(shown.stdout).toMatch(/--- Russian \(ru\) ---\nШесть взрывов\.\n--- end of ru ---/);
    expect(shown.stdout.match(/^--- end of/gm)).toHaveLength(2);
    for (const text of [proposal, "who fired", "A/A-Head", "nobody yet"]) expect(shown.stdout).toContain(text);
    expect((await jmc(["sign", "show", file("propose.signed")])).stdout).toMatch(/signed by {4}key [0-9a-f]{64}/);
  });

  it("countersigns the very bytes of the other side, taken from a copy of the record", async () => {
    await carry("countersign", "B", "B-Head", ["--countersign", proposal]);
    expect(await status()).toBe("joint");
  });

  it("dissents and withdraws", async () => {
    proposal = (await carry("second", "A", "A-Head", ["--propose", file("finding.json")])).statement;
    await carry("dissent", "B", "B-Head", ["--dissent", proposal, "--text", "Five, not six."]);
    expect(await status()).toBe("split");
    proposal = (await carry("third", "A", "A-Head", ["--propose", file("finding.json")])).statement;
    await carry("withdraw", "A", "A-Head", ["--withdraw", proposal, "--text", "New evidence."]);
    expect(await status()).toBe("withdrawn");
  });
});

describe("refused by name", () => {
  // biome-ignore lint/suspicious/noExplicitAny: whatever stands in the file
  function changed(name: string, change: (content: any) => void): string {
    const content = JSON.parse(readFileSync(file(name), "utf8"));
    change(content);
    writeFileSync(file("changed"), JSON.stringify(content));
    return file("changed");
  }
  const sign = (path: string, ...more: string[]) =>
    jmc(["sign", "file", path, ...keysOf("A"), "--holder", "A-Head", "--out", file("never"), ...secret(), ...more]);
  const bring = (path: string, ...more: string[]) => jmc(["sign", "import", path, "--centre", centre.url, ...more]);
  const withText = (from: string, to: string) => (content: { payload: string }) => {
    const text = Buffer.from(content.payload, "base64").toString().replace(from, to);
    Object.assign(content, { payload: Buffer.from(text).toString("base64") });
  };

  it("a text that was changed on the way to the key", async () => {
    expectRefusal(await sign(changed("propose.request", withText("Six", "Ten"))), /statement-file\.changed/);
  });

  it("a text that is spelled otherwise, whatever id stands beside it", async () => {
    const { stderr, code } = await sign(changed("propose.request", withText('{"anchor"', '{ "anchor"')));
    expect([stderr.split(":")[0], code]).toEqual(["statement-file.changed", 2]);
  });

  it("a text of another log than the signer's", async () => {
    expectRefusal(await sign(file("propose.request"), "--origin", "centre.other"), /origin\.wrong/);
  });

  it("a text that lacks a language, for a signer that knows its mission", async () => {
    const body = JSON.parse(readFileSync(file("finding.json"), "utf8")) as { body: { texts: object } };
    writeFileSync(file("short.json"), JSON.stringify({ body: { ...body.body, texts: { ru: TEXTS.ru } } }));
    const who = ["--component", "A", "--officer", "A-Head", "--centre", centre.url];
    await jmc(["sign", "export", "--propose", file("short.json"), ...who, "--out", file("short.request")]);
    expectRefusal(await sign(file("short.request"), "--mission", "karabakh-2020"), /text\.language-missing/, /without/);
  });

  it("a text of a colleague, and a root's text under an officer's key", async () => {
    const who = ["--component", "A", "--officer", "A-Duty-1", "--centre", centre.url];
    await jmc(["sign", "export", "--propose", file("finding.json"), ...who, "--out", file("colleague.request")]);
    expectRefusal(await sign(file("colleague.request")), /role\.wrong/);
    const enrolment = ["officer", "enrol", "A-Duty-7", "--role", "duty-officer", "--record", founded.folder];
    await jmc([...enrolment, ...keysOf("A"), ...secret(), "--out", file("enrol.request")]);
    expectRefusal(await sign(file("enrol.request")), /kind\.not-signed/);
  });

  it("a file that is no statement, is none at all, or would be written over", async () => {
    expectRefusal(await sign(file("finding.json")), /file\.other-format/);
    expectRefusal(await sign(file("passphrase")), /file\.not-json/);
    expectRefusal(await sign(file("nothing")), /file\.unreadable/);
    const malformed = changed("propose.request", (content) => Object.assign(content, { signatures: "many" }));
    expectRefusal(await sign(malformed), /statement-file\.malformed/);
    const over = ["sign", "file", file("propose.request"), ...keysOf("A"), "--holder", "A-Head", ...secret()];
    const ended = await jmc([...over, "--out", file("propose.signed")]);
    expect([ended.stderr.trim().split("\n").at(-1), ended.code]).toEqual([expect.stringMatching(/^file\.exists/), 2]);
  });

  it("what comes back unsigned, as another statement, or with a bad signature", async () => {
    expectRefusal(await bring(file("third.request")), /statement-file\.unsigned/);
    expectRefusal(await bring(file("third.signed"), "--request", file("second.request")), /statement-file\.other/);
    const forged = changed("short.request", (content) => {
      const { keyid } = JSON.parse(readFileSync(file("third.signed"), "utf8")).signatures[0];
      content.signatures = [{ keyid, sig: Buffer.alloc(64, 3).toString("base64") }];
    });
    expectRefusal(await bring(forged), /signature\./);
    const unknown = changed("third.signed", (content) => {
      content.signatures[0].keyid = "0".repeat(64);
    });
    expectRefusal(await bring(unknown), /key\.unenrolled/);
    expectRefusal(await bring(file("third.signed")), /joint\.|leaf\.duplicate/);
  });

  it("nothing is signed when nobody says yes", async () => {
    const args = ["sign", "file", file("propose.request"), ...keysOf("A"), "--holder", "A-Head", "--out", file("no")];
    const ended = await jmc([...args, "--passphrase-file", file("passphrase")]);
    expect([ended.code, ended.stderr.trim().split("\n").at(-1)]).toEqual([1, "not signed"]);
  });
});
