import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeBundle, encodeBundle } from "./bundle.ts";
import { type ConfigurationSource, faultOfConfiguration, readConfiguration } from "./configuration.ts";
import { missionDigest } from "./digest.ts";
import { readMission, readMissionFiles } from "./read.ts";

const FOLDER = join(import.meta.dirname, "../../../../missions/karabakh-2020");
const OPTIONS = { exercise: false };
let files: ReadonlyMap<string, string>;
let source: ConfigurationSource;
const stored = new Map<string, Uint8Array>();

beforeAll(() => {
  files = readMissionFiles(FOLDER);
  const present = readMission(FOLDER, OPTIONS);
  if (!present.ok) throw new Error(JSON.stringify(present.faults));
  source = { present: present.value, options: OPTIONS, read: (sha256) => stored.get(sha256) };
});

/** A statement over these files, as the command makes it, with changes. */
function statementOf(
  texts: ReadonlyMap<string, string>,
  change: { body?: object; refs?: object; subject?: string } = {},
) {
  const bytes = encodeBundle(texts);
  const bundle = createHash("sha256").update(bytes).digest("hex");
  stored.set(bundle, bytes);
  const { id } = source.present.view;
  const body = { mission: id, sha256: missionDigest(texts), files: bundle, ...change.body };
  const refs = [{ rel: "attachment", sha256: bundle }];
  return { subject: id, refs, ...change, body } as unknown as Parameters<typeof readConfiguration>[0];
}

const edited = (path: string, from: RegExp, to: string): ReadonlyMap<string, string> =>
  new Map([...files].map(([name, text]) => [name, name === path ? text.replace(from, to) : text]));
const refusal = (...given: Parameters<typeof statementOf>): string | undefined =>
  faultOfConfiguration(statementOf(...given), source)?.code;

describe("a configuration", () => {
  it("is read from the bundle that the statement names", () => {
    const texts = edited("mission.yaml", /^reportCutOff: .*$/m, 'reportCutOff: "04:15"');
    expect(texts).not.toEqual(files);
    const { mission, sha256 } = readConfiguration(statementOf(texts), source);
    expect([mission.view.reportCutOff, sha256]).toEqual(["04:15", missionDigest(texts)]);
    expect(refusal(files)).toBeUndefined();
  });

  it("is refused without its files, with others, and with files that are no mission", () => {
    const other = "0".repeat(64);
    expect(refusal(files, { refs: [] })).toBe("mission.unattached");
    expect(refusal(files, { body: { files: other }, refs: [{ rel: "attachment", sha256: other }] })).toBe(
      "mission.unattached",
    );
    expect(refusal(files, { body: { sha256: other } })).toBe("mission.other-files");
    expect(refusal(edited("rules.yaml", /[\s\S]+/, "rules: soon\n"))).toMatch(/^mission\./);
    expect(refusal(new Map([...files, ["notes.yaml", "a: 1\n"]]))).toBe("mission.file-unknown");
  });

  it("is refused for another mission, and for other components", () => {
    expect(refusal(files, { subject: "another" })).toBe("mission.other");
    expect(refusal(files, { body: { mission: "another" } })).toBe("mission.other");
    const renamed = edited("mission.yaml", /^id: .*$/m, "id: another-1999");
    expect(refusal(renamed)).toBe("mission.other");
    const present = { ...source.present, view: { ...source.present.view, components: [] } };
    expect(faultOfConfiguration(statementOf(files), { ...source, present })?.code).toBe("mission.other");
  });
});

describe("a bundle", () => {
  it("gives back what went in, the same bytes whatever the order", () => {
    expect(decodeBundle(encodeBundle(files))).toEqual(new Map([...files].sort()));
    expect(encodeBundle(new Map([...files].reverse()))).toEqual(encodeBundle(files));
  });

  it.each([
    "../mission.yaml",
    "/etc/a.yaml",
    "zones/../../a.yaml",
    ".hidden.yaml",
    "a\\b.yaml",
    "a//b.yaml",
    "run.sh",
    "a/b/c/d/e.yaml",
  ])("has no file %j", (path) => {
    expect(() => encodeBundle(new Map([[path, ""]]))).toThrow("mission.bundle");
  });

  it("is none of whatever else it may be", () => {
    const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    for (const value of [
      null,
      [],
      {},
      { format: "openjmc mission v1" },
      { format: "openjmc mission v1", files: { "a.yaml": 1 } },
    ])
      expect(() => decodeBundle(text(value))).toThrow("mission.bundle");
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => decodeBundle(bytes)).toThrow("mission.bundle");
      }),
    );
  });
});
