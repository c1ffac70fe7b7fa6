/** The record fetched from a centre, bundle by bundle, up to its checkpoint. */
import { FaultError } from "@openjmc/model";
import { decodeBundle, parseCheckpoint, TILE_WIDTH, tilePath, unwrap, utf8ToText } from "@openjmc/record";
import type { LeafSource } from "./leaf-source.ts";

/** `fetchBytes`: reads a path of the centre as the signed-in node. */
export function fetchedLeaves(fetchBytes: (path: string) => Promise<Uint8Array>): LeafSource {
  return {
    next: async (from) => {
      const size = await sizeOf(fetchBytes);
      if (size <= from) return [];
      const number = Math.floor(from / TILE_WIDTH);
      const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
      const path = tilePath({ level: "entries", index: number, width });
      return unwrap(decodeBundle(await fetchBytes(`/record/${path}`), width)).slice(from - number * TILE_WIDTH);
    },
    attachment: (sha256) => fetchBytes(`/api/v1/attachments/${sha256}`),
  };
}

async function sizeOf(fetchBytes: (path: string) => Promise<Uint8Array>): Promise<number> {
  const text = unwrap(utf8ToText(await fetchBytes("/record/checkpoint")));
  const checkpoint = parseCheckpoint(text.slice(0, text.lastIndexOf("\n\n") + 1));
  if (checkpoint.ok) return checkpoint.value.size;
  throw new FaultError(checkpoint.fault);
}
