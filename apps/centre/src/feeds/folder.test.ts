import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AcousticBlockFramer, encodeSidecar, encodeWav } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import { afterEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import type { Feed, FeedSink } from "./feed.ts";
import { createFolderFeed } from "./folder.ts";

const feeds: Feed[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.stop();
});
const PATIENCE = { timeout: 20_000, interval: 20 };

/** A sink that remembers what each file brought; it takes chunks while `isTaking`. */
class Memory implements FeedSink {
  isTaking = true;
  refusals = 0;
  readonly files = new Map<number, { readonly name: string; readonly chunks: Uint8Array[]; isOver: boolean }>();
  readonly faults: Fault[] = [];

  connected(_feed: string, connection: number, name: string): void {
    this.files.set(connection, { name, chunks: [], isOver: false });
  }
  bytes(_feed: string, connection: number, chunk: Uint8Array): boolean {
    if (this.isTaking) this.files.get(connection)!.chunks.push(chunk.slice());
    else this.refusals += 1;
    return this.isTaking;
  }
  disconnected(_feed: string, connection: number): void {
    this.files.get(connection)!.isOver = true;
  }
  onResume(): void {}
  trouble(_feed: string, fault: Fault): void {
    this.faults.push(fault);
  }
  textOf(name: string): string | undefined {
    const file = [...this.files.values()].find((each) => each.name === name && each.isOver);
    return file && Buffer.concat(file.chunks).toString("latin1");
  }
}

async function open(sink: Memory, format: "arrivals" | "pcm"): Promise<string> {
  const folder = join(temporaryFolder(), "inbox", "post");
  let connection = 0;
  const feed = createFolderFeed({ id: "folder-post", folder, format, sink, nextConnection: () => ++connection });
  feeds.push(feed);
  await feed.start();
  return folder;
}

describe("a folder that files are laid into", () => {
  it("gives each file whole, once, and moves it aside; names that begin with a dot are on their way still", async () => {
    const sink = new Memory();
    const folder = await open(sink, "arrivals");
    const large = "x".repeat(200_000);
    writeFileSync(join(folder, "b.jsonl"), large);
    writeFileSync(join(folder, ".half"), "not yet");
    mkdirSync(join(folder, "a folder"));
    await vi.waitFor(() => expect(readdirSync(join(folder, "taken"))).toEqual(["1.b.jsonl"]), PATIENCE);
    writeFileSync(join(folder, "b.jsonl"), "the next of that name");
    await vi.waitFor(() => expect(readdirSync(join(folder, "taken"))).toHaveLength(2), PATIENCE);
    expect(sink.textOf("b.jsonl")).toBe(large);
    expect(sink.files.size).toBe(2);
    expect(existsSync(join(folder, ".half"))).toBe(true);
  });

  it("waits while nothing is taken, and loses nothing by it", async () => {
    const sink = new Memory();
    const folder = await open(sink, "arrivals");
    sink.isTaking = false;
    writeFileSync(join(folder, "one"), "1\n2\n3\n");
    await vi.waitFor(() => expect(sink.refusals).toBeGreaterThan(1), PATIENCE);
    sink.isTaking = true;
    await vi.waitFor(() => expect(sink.textOf("one")).toBe("1\n2\n3\n"), PATIENCE);
  });

  it("joins a recording to its sidecar, which may come later or have to be mended", async () => {
    const sink = new Memory();
    const folder = await open(sink, "pcm");
    const samples = [Int32Array.from({ length: 50 }, (_, index) => index)];
    writeFileSync(join(folder, "shot.wav"), encodeWav({ sampleRate: 1000, channels: samples }));
    writeFileSync(join(folder, "shot.wav.json"), "{}");
    await vi.waitFor(() => expect(sink.faults.map((fault) => fault.code)).toEqual(["wav.sidecar-malformed"]), PATIENCE);
    const clock = { source: "gnss" as const, errorMicroseconds: 50 };
    const sidecar = {
      station: "m-1",
      sequence: 1,
      boot: 1,
      at: 1_772_344_800_000_000,
      clock,
      encoding: "wav" as const,
    };
    writeFileSync(join(folder, "shot.wav.json"), encodeSidecar(sidecar));
    await vi.waitFor(() => expect(sink.textOf("shot.wav")).toBeDefined(), PATIENCE);
    const blocks: (readonly (Int32Array | Float32Array)[])[] = [];
    const framer = new AcousticBlockFramer();
    framer.push(Buffer.from(sink.textOf("shot.wav")!, "latin1"), {
      block: (block) => blocks.push(block.channels),
      fault: (fault) => expect.fail(fault.code),
    });
    expect(blocks).toEqual([samples]);
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(["taken"]), PATIENCE);
  });
});
