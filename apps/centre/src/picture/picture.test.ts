import { createHash } from "node:crypto";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { failingFiles } from "../segments/testing/failing-files.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { itemOf, openPicture, openPictureReader, type Picture, PictureDigests, type PictureLine } from "./index.ts";

const START = 1_617_679_800_000_000;

/** Three lines per journal record, one journal record every second. */
function fill(picture: Picture, fromSequence: number, records: number): void {
  for (let sequence = fromSequence; sequence < fromSequence + records; sequence++)
    for (let line = 0; line < 3; line++)
      picture.append(START + sequence * MICROSECONDS_PER_SECOND, sequence, {
        t: "track",
        row: { id: `t${line}`, sequence },
      });
}

async function all(lines: AsyncIterable<PictureLine>): Promise<PictureLine[]> {
  const list: PictureLine[] = [];
  for await (const line of lines) list.push(line);
  return list;
}

describe("picture", () => {
  it("gives lines back from a position, over hours and reopenings", async () => {
    const directory = temporaryFolder();
    const first = await openPicture({ directory });
    expect([first.lastPosition, first.lastJournalSequence]).toEqual([0, 0]);
    fill(first, 1, 3000);
    await first.close();
    const second = await openPicture({ directory });
    expect([second.lastPosition, second.lastJournalSequence]).toEqual([9000, 3000]);
    fill(second, 3001, 2000);
    const lines = await all(second.readFromPosition(8998, 9003));
    expect(lines.map((line) => [line.position, line.journalSequence])).toEqual([
      [8998, 3000],
      [8999, 3000],
      [9000, 3000],
      [9001, 3001],
      [9002, 3001],
      [9003, 3001],
    ]);
    expect(itemOf(lines[0]!)).toEqual({ t: "track", row: { id: "t0", sequence: 3000 } });
    const until = START + 12 * MICROSECONDS_PER_SECOND;
    expect(await all(second.read(START + 10 * MICROSECONDS_PER_SECOND, until))).toHaveLength(6);
    second.flush();
    expect(await all(openPictureReader(directory).readFromPosition(1))).toHaveLength(15000);
    await second.close();
  });

  it("digests the lines that a run of journal records caused", async () => {
    const directory = temporaryFolder();
    const picture = await openPicture({ directory });
    fill(picture, 1, 5000);
    for (const [first, last] of [
      [1, 60],
      [3599, 3700],
      [4990, 6000],
    ] as const) {
      const lines = (await all(picture.readFromPosition(1))).filter(
        (line) => line.journalSequence >= first && line.journalSequence <= last,
      );
      const text = lines.map((line) => `${line.text}\n`).join("");
      expect(await picture.digestOf(first, last)).toEqual({
        bytes: Buffer.byteLength(text),
        lines: lines.length,
        sha256: createHash("sha256").update(text).digest("hex"),
      });
    }
    expect(await picture.digestOf(7000, 8000)).toBeUndefined();
    const digests = new PictureDigests(picture);
    for (const [first, last] of [
      [1, 60],
      [61, 3598],
      [3599, 3700],
      [3701, 3701],
      [40, 50],
      [4990, 6000],
      [7000, 8000],
    ] as const)
      expect(await digests.of(first, last), `${first} to ${last}`).toEqual(await picture.digestOf(first, last));
    await picture.close();
  });

  it("refuses clearly when the disk is full, and goes on when it is not any more", async () => {
    const files = failingFiles();
    const picture = await openPicture({ directory: temporaryFolder(), files });
    fill(picture, 1, 10);
    picture.flush();
    files.freeBytes = 10;
    fill(picture, 11, 1);
    expect(() => picture.flush()).toThrow(/disk.full/);
    expect(() => fill(picture, 12, 1)).toThrow(/disk.full/);
    files.freeBytes = Number.POSITIVE_INFINITY;
    picture.flush();
    fill(picture, 12, 1);
    expect(await all(picture.readFromPosition(1))).toHaveLength(36);
    await picture.close();
  });
});
