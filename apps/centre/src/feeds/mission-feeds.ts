/** The feeds that a mission's sources ask for: one per link; sources that share a link share a feed. */
import { join } from "node:path";
import type { SourceDescription } from "@openjmc/model";
import type { Feed, FeedSink } from "./feed.ts";
import { feedIdentity } from "./feed-identity.ts";
import { feedId } from "./feed-table.ts";
import { createFolderFeed } from "./folder.ts";
import { createMqttFeed, type MqttAccess } from "./mqtt-broker.ts";
import { createTcpClientFeed } from "./tcp-client.ts";
import { createTcpListenerFeed } from "./tcp-listener.ts";
import { createUdpFeed } from "./udp.ts";

export interface MissionFeedOptions {
  readonly sources: readonly SourceDescription[];
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
  /** Folder of certificates and keys, a folder for each feed. */
  readonly identities: string;
  /** Folder below which files are laid for the centre. */
  readonly inbox: string;
  readonly mqtt: { readonly host: string; readonly port: number; readonly access: readonly MqttAccess[] };
}

/** Makes the feeds, not yet started. The broker is last and is called `mqtt`. */
export function createMissionFeeds(options: MissionFeedOptions): readonly Feed[] {
  const { sources, sink, nextConnection } = options;
  const feeds = new Map<string, Feed>();
  for (const source of sources) {
    const id = feedId(source);
    if (id === undefined || feeds.has(id)) continue;
    const { link } = source;
    // One that proves itself by TLS is enough for all that share its link.
    const sharing = sources.filter((one) => feedId(one) === id);
    const tls = feedIdentity(
      options.identities,
      id,
      sharing.find(({ authentication }) => authentication === "tls") ?? source,
    );
    const common = { id, sink, nextConnection, ...(tls ? { tls } : {}) };
    if (link.kind === "tcp-client" && link.port > 0)
      feeds.set(id, createTcpClientFeed({ ...common, host: link.host, port: link.port }));
    if (link.kind === "tcp-listener")
      feeds.set(id, createTcpListenerFeed({ ...common, host: link.host, port: link.port }));
    if (link.kind === "folder") {
      const folder = join(options.inbox, link.folder);
      feeds.set(id, createFolderFeed({ id, folder, format: source.format, sink, nextConnection }));
    }
    if (link.kind === "udp") feeds.set(id, createUdpFeed({ ...link, id, sink, nextConnection }));
  }
  const hasTopics = sources.some((source) => source.link.kind === "mqtt");
  const broker = hasTopics ? [createMqttFeed({ id: "mqtt", ...options.mqtt, sink, nextConnection })] : [];
  return [...feeds.values(), ...broker];
}
