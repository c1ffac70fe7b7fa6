import { MICROSECONDS_PER_DAY } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { PartyFiles } from "./party-files.ts";

async function* chunksOf(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

async function sizeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  return size;
}

describe("a party's files", () => {
  const open = () => {
    const clock = { now: 0 };
    return {
      clock,
      files: new PartyFiles(
        () => clock.now,
        () => ({ mostBytes: 100, mostBytesPerDay: 250 }),
      ),
    };
  };

  it("come through to the last byte of the limit, and one more does not", async () => {
    const { files } = open();
    expect(await sizeOf(files.within("P", chunksOf(60, 40)))).toBe(100);
    await expect(sizeOf(files.within("P", chunksOf(60, 41)))).rejects.toMatchObject({
      fault: { code: "attachment.too-large" },
    });
  });

  it("are counted by party and day, broken ones too, and those that come at the same time together", async () => {
    const { clock, files } = open();
    await sizeOf(files.within("P", chunksOf(90)));
    await expect(sizeOf(files.within("P", chunksOf(90, 20)))).rejects.toThrow();
    const full = { fault: { code: "party.files-full" } };
    const both = [files.within("P", chunksOf(25)), files.within("P", chunksOf(26))].map(sizeOf);
    expect((await Promise.allSettled(both)).map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(() => files.refuseMore("P", 0, 1)).toThrow();
    await expect(sizeOf(files.within("P", chunksOf(1)))).rejects.toMatchObject(full);
    expect(await sizeOf(files.within("Q", chunksOf(100)))).toBe(100);
    clock.now = MICROSECONDS_PER_DAY + 1;
    expect(await sizeOf(files.within("P", chunksOf(100)))).toBe(100);
  });

  it("are known as their party's alone", () => {
    const { files } = open();
    files.keep("P", "a");
    expect([files.has("P", "a"), files.has("Q", "a"), files.has("P", "b")]).toEqual([true, false, false]);
  });
});
