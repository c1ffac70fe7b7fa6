import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SOURCE_FORMATS } from "@openjmc/model";
import { ARCHIVE, encodeRecorded, utf8 } from "@openjmc/record";
import { describe, expect, it } from "vitest";
import { encodeRecordHead, JOURNAL_KINDS } from "../journal/record-codec.ts";
import { SPEC_FOLDER } from "./spec-part.ts";

const page = (name: string): string => readFileSync(join(SPEC_FOLDER, name), "utf8");

describe("the pages that an archive brings about its own formats", () => {
  it("tell of every format that a source may have", () => {
    const told = [...page("sensors.md").matchAll(/^## (\S+)$/gm)].map(([, format]) => format);
    expect(told.toSorted()).toEqual([...SOURCE_FORMATS].sort());
  });

  it("tell of every folder of an archive, and of every page", () => {
    const readme = page("README.md");
    for (const path of Object.values(ARCHIVE).filter((one) => one.endsWith("/")))
      expect(readme, path).toContain(`\`${path.replace("data/", "")}`);
    for (const name of readdirSync(SPEC_FOLDER).filter((one) => one !== "README.md"))
      expect(readme).toContain(`\`${name}\``);
  });

  it("tell of recordings as they are written", () => {
    const text = page("recordings.md");
    const kinds = /kind, from 0: ([^|]+) \|/
      .exec(text)![1]!
      .split(", ")
      .map((kind) => kind.replace(" ", "-"));
    expect(kinds).toEqual([...JOURNAL_KINDS]);
    // By the page alone: two numbers of eight bytes, kind, disposition, length and name of the connection, payload.
    const body = new Uint8Array([
      ...new Uint8Array(16),
      ...encodeRecordHead("bytes", "shed", "rx-1#7"),
      ...utf8("abc"),
    ]);
    new DataView(body.buffer).setFloat64(0, 41, true);
    const frame = encodeRecorded({ link: "rx-1", body });
    const view = new DataView(frame.buffer);
    expect([frame[0], view.getUint32(5), view.getFloat64(9, true)]).toEqual([4, body.length, 41]);
    expect([frame[25], frame[26], frame[27]]).toEqual([0, 1, 6]);
    expect(Buffer.from(frame.subarray(28)).toString()).toBe("rx-1#7abc");
  });
});
