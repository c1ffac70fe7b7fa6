/** Which feed carries which sources: one per link, and sources that share a link share it. */
import type { SourceDescription } from "@openjmc/model";
import type { LaneConfiguration } from "../lane/lane-configuration.ts";

/** Feed id → what it carries. MQTT topics are feeds of their own name, all behind the one broker. */
export function feedTable(sources: readonly SourceDescription[]): LaneConfiguration["feeds"] {
  const table: Record<string, { format: SourceDescription["format"]; sources: string[] }> = {};
  for (const source of sources) {
    const id = feedId(source);
    if (id === undefined) continue;
    table[id] ??= { format: source.format, sources: [] };
    table[id].sources.push(source.id);
  }
  return table;
}

/** What comes in on a fixed port may be of several stations; every other source is a feed of its own. */
export function feedId(source: SourceDescription): string | undefined {
  switch (source.link.kind) {
    case "tcp-client":
      // One server gives many stations over one connection.
      return source.format === "seedlink" && source.link.port > 0
        ? `seedlink-${source.link.host}-${source.link.port}`
        : source.id;
    case "tcp-listener":
      return source.link.port === 0 ? source.id : `tcp-${source.link.port}`;
    case "udp":
      if (source.link.port === 0) return source.id;
      return source.link.group === undefined
        ? `udp-${source.link.port}`
        : `udp-${source.link.group}-${source.link.port}`;
    case "folder":
      return `folder-${source.link.folder}`;
    case "mqtt":
      return source.link.topic;
    case "people":
      return undefined;
  }
}
