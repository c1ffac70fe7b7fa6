/** Recordings in an archive, held against the entries that seal them: one file for an entry, named by its index. */
import { bytesEqual, concat } from "../bytes/bytes.ts";
import type { Json } from "../json/canonical.ts";
import { leafHash } from "../merkle/hash.ts";
import type { TreeHistory } from "../merkle/history.ts";
import type { Primitives } from "../primitives.ts";
import { readLeaf } from "../statement/leaf.ts";
import { decodeBundle } from "../tiles/bundle.ts";
import { TILE_WIDTH, tilePath } from "../tiles/path.ts";
import { decodeReleased, releasedPath } from "../tiles/released.ts";
import { finding, type RecordFinding } from "../verify/finding.ts";
import type { RecordReader } from "../verify/reader.ts";
import type { BagHash } from "./check.ts";
import { ARCHIVE } from "./layout.ts";
import { decodeRecordedFile, type RecordedBody } from "./recorded.ts";

export interface RecordingsContext {
  readonly reader: RecordReader;
  readonly hash: BagHash;
  readonly sha256: Primitives["sha256"];
  /** The tree of the record, as its verification has built it. */
  readonly history: TreeHistory;
}

/** Where the recordings lie that an entry seals. */
export function recordingPath(index: number): string {
  return `${ARCHIVE.recordings}${index}.recorded`;
}

/**
 * Whether a file holds what an entry of the record seals, link by link. Links that are not in it are withheld, by rule or by
 * removal. Findings: `recording.name`, `recording.unsealed`, `recording.broken`, `recording.differs`.
 */
export async function checkRecording(context: RecordingsContext, path: string): Promise<RecordFinding | undefined> {
  const match = /^(\d{1,15})\.recorded$/.exec(path.slice(ARCHIVE.recordings.length));
  if (!match) return finding("recording.name", { path });
  const index = Number(match[1]);
  const sealed = await sealedHashes(context, index);
  if (!sealed) return finding("recording.unsealed", { path, index });
  const frames = decodeRecordedFile((await context.reader.read(path)) ?? new Uint8Array(0));
  if (!frames.ok) return finding("recording.broken", { path }, frames.fault);
  for (const [source, bodies] of byLink(frames.value))
    if ((await context.hash("sha256", concat(...bodies))) !== sealed.get(source))
      return finding("recording.differs", { index, source });
  return undefined;
}

function byLink(frames: readonly RecordedBody[]): ReadonlyMap<string, readonly Uint8Array[]> {
  const links = new Map<string, Uint8Array[]>();
  for (const { link, body } of frames) {
    const bodies = links.get(link) ?? [];
    links.set(link, bodies);
    bodies.push(body);
  }
  return links;
}

/** SHA-256 of each link's bodies as an entry names them; undefined where the entry is none that seals, or is not given. */
async function sealedHashes(context: RecordingsContext, index: number): Promise<ReadonlyMap<string, Json> | undefined> {
  const bytes = await entryAt(context, index);
  const leaf = bytes && readLeaf(context.sha256, bytes);
  if (!leaf?.ok || leaf.value.statement.kind !== "recordings.sealed") return undefined;
  const { segments } = leaf.value.statement.body;
  const list = Array.isArray(segments) ? (segments as readonly ({ readonly [name: string]: Json } | null)[]) : [];
  return new Map(
    list.flatMap((segment) => (typeof segment?.source === "string" ? [[segment.source, segment.sha256 ?? null]] : [])),
  );
}

/** An entry that stands in the tree at its place. */
async function entryAt({ reader, sha256, history }: RecordingsContext, index: number): Promise<Uint8Array | undefined> {
  if (index >= history.size) return undefined;
  const number = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, history.size - number * TILE_WIDTH);
  const whole = await reader.read(`${ARCHIVE.log}${tilePath({ level: "entries", index: number, width })}`);
  const released = whole ? undefined : await reader.read(`${ARCHIVE.log}${releasedPath(number, width)}`);
  const bundle = whole ? decodeBundle(whole, width) : released && decodeReleased(released, width);
  const entry = bundle?.ok ? bundle.value[index % TILE_WIDTH] : undefined;
  return entry && bytesEqual(leafHash(sha256, entry), history.node(0, index)) ? entry : undefined;
}
