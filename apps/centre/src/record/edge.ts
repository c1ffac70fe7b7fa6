/** Reading the right edge of the tree from disk and comparing it with the signed root. */
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  bytesEqual,
  bytesToHex,
  type Checkpoint,
  edgeRoot,
  hashesAtLevel,
  type LogEdge,
  levelCount,
  readEdge,
  TILE_WIDTH,
  tilePath,
} from "@openjmc/record";
import type { RecordFiles } from "./files.ts";
import type { KeeperOptions } from "./options.ts";

/** Errors (thrown): `record.damaged`. */
export async function loadEdge(options: KeeperOptions, files: RecordFiles, head: Checkpoint): Promise<LogEdge> {
  const { sha256 } = options.primitives;
  const tiles = new Map<string, Uint8Array | undefined>();
  for (const path of partialPaths(head.size)) tiles.set(path, await files.read(join(options.recordFolder, path)));
  const edge = readEdge(sha256, (path) => tiles.get(path), head.size);
  if (!edge.ok) throw damaged(options, `${edge.fault.code} ${edge.fault.where?.file ?? ""}`);
  const root = edgeRoot(sha256, edge.value.tree);
  if (!bytesEqual(root, head.root)) throw damaged(options, `root ${bytesToHex(root)} instead of the signed one`);
  return edge.value;
}

function partialPaths(size: number): string[] {
  const columns = Array.from({ length: levelCount(size) }, (_, level) => [level, hashesAtLevel(size, level)] as const);
  return [...columns, ["entries", size] as const]
    .filter(([, count]) => count % TILE_WIDTH > 0)
    .map(([level, count]) => tilePath({ level, index: Math.floor(count / TILE_WIDTH), width: count % TILE_WIDTH }));
}

function damaged(options: KeeperOptions, cause: string): FaultError {
  return new FaultError({
    code: "record.damaged",
    what: "record",
    where: { file: options.recordFolder },
    expected: "tiles that bear out the signed checkpoint",
    cause,
  });
}
