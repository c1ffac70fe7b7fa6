/**
 * The record as of one checkpoint: its tiles and entries first, the checkpoint last, as the keeper writes them. The keeper may
 * go on meanwhile: a tile that it has widened is cut back to what the checkpoint covers.
 */
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { FaultError, unwrap } from "@openjmc/model";
import {
  bytesToHex,
  type OpenedCheckpoint,
  openCheckpoint,
  parseVkey,
  TILE_WIDTH,
  type TileName,
  tilePath,
  tilesForSize,
} from "@openjmc/record";
import { nodePrimitives } from "../../primitives.ts";
import { nodeRecordFiles } from "../../record/index.ts";
import { readAt } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { type BackupPart, piece } from "./part.ts";

const finding = findingsOf("record");
const HASH_BYTES = 32;
const KEY_FILES = ["log.vkey", "cosigners.vkey", "policy"];

/** What the copied record is. */
export interface CopiedRecord {
  readonly checkpoint: OpenedCheckpoint;
  readonly finding: Finding;
}

/** Copies the record; also the keeper's own head and the times of taking in, both as of the same checkpoint. */
export async function copyRecord(part: BackupPart): Promise<CopiedRecord> {
  const folder = part.paths.record;
  const note = await requireFile(folder, "checkpoint");
  const checkpoint = await openNote(folder, note);
  for (const tile of tilesForSize(checkpoint.size))
    await part.put(`record/${tilePath(tile)}`, piece(await readTile(folder, tile)));
  for (const name of KEY_FILES) {
    const bytes = await nodeRecordFiles.read(join(folder, name));
    if (bytes !== undefined) await part.put(`record/${name}`, piece(bytes));
  }
  await copyTimes(part, checkpoint.size);
  await part.put("keeper/head", piece(note));
  await part.put("record/checkpoint", piece(note));
  const values = { size: checkpoint.size, root: bytesToHex(checkpoint.root) };
  return { checkpoint, finding: finding("good", "backup.record", values) };
}

async function openNote(folder: string, note: Uint8Array): Promise<OpenedCheckpoint> {
  const text = new TextDecoder().decode(await requireFile(folder, "log.vkey")).trim();
  return unwrap(openCheckpoint(nodePrimitives, note, unwrap(parseVkey(nodePrimitives.sha256, text))));
}

async function requireFile(folder: string, name: string): Promise<Uint8Array> {
  const bytes = await nodeRecordFiles.read(join(folder, name));
  if (bytes !== undefined) return bytes;
  throw new FaultError({ code: "record.missing", what: "record", where: { file: join(folder, name) } });
}

async function readTile(folder: string, tile: TileName): Promise<Uint8Array> {
  const exact = await nodeRecordFiles.read(join(folder, tilePath(tile)));
  if (exact !== undefined) return exact;
  for (const width of await widerForms(folder, tile)) {
    const bytes = await nodeRecordFiles.read(join(folder, tilePath({ ...tile, width })));
    if (bytes !== undefined) return cutBack(bytes, tile);
  }
  throw new FaultError({ code: "record.tile-missing", what: "record", where: { file: join(folder, tilePath(tile)) } });
}

/** Widths of the same tile that may have taken its place, widest first: that one is never taken away. */
async function widerForms(folder: string, tile: TileName): Promise<readonly number[]> {
  const partials = join(folder, `${tilePath({ ...tile, width: TILE_WIDTH })}.p`);
  const found = (await readdir(partials).catch(() => [])).map(Number);
  return [TILE_WIDTH, ...found].filter((width) => width > tile.width).sort((left, right) => right - left);
}

/** The first hashes of a tile, or the first entries of a bundle (length u16 big-endian, then the entry). */
function cutBack(bytes: Uint8Array, tile: TileName): Uint8Array {
  if (tile.level !== "entries") return bytes.subarray(0, tile.width * HASH_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = 0;
  for (let entry = 0; entry < tile.width; entry++) end += 2 + view.getUint16(end);
  return bytes.subarray(0, end);
}

async function copyTimes(part: BackupPart, size: number): Promise<void> {
  const handle = await open(part.paths.recordedAt, "r").catch(() => undefined);
  if (handle === undefined) return;
  const bytes = await readAt(handle, 0, size * 8).finally(() => handle.close());
  await part.put("recorded-at.bin", piece(bytes));
}
