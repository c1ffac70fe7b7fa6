/** The feeds of the mission's sources, made and started. */
import { join } from "node:path";
import type { SourceDescription } from "@openjmc/model";
import type { Feed } from "../feeds/feed.ts";
import { createMissionFeeds } from "../feeds/mission-feeds.ts";
import type { MqttAccess } from "../feeds/mqtt-broker.ts";
import { readMqttPasswords } from "../founding/machine-keys.ts";
import type { Foundation } from "./foundation.ts";
import type { Sensors } from "./sensors.ts";

/** Made, not yet started: nothing is decoded before everything that needs it stands. */
export function makeFeeds({ options, paths }: Foundation, { journal, lane, sources }: Sensors): readonly Feed[] {
  let connections = journal.lastSequence;
  return createMissionFeeds({
    sources,
    sink: lane,
    nextConnection: () => ++connections,
    inbox: paths.inbox,
    identities: join(paths.root, "tls", "feeds"),
    mqtt: {
      host: options.mqtt?.host ?? "127.0.0.1",
      port: options.mqtt?.port ?? 1883,
      access: mqttAccess(sources, readMqttPasswords(paths.keys)),
    },
  });
}

function mqttAccess(sources: readonly SourceDescription[], passwords: Readonly<Record<string, string>>): MqttAccess[] {
  return sources.flatMap((source) => {
    if (source.link.kind !== "mqtt") return [];
    const password = passwords[source.id];
    const isLines = source.format !== "pcm" && source.format !== "miniseed";
    return [{ topic: source.link.topic, isLines, ...(password === undefined ? {} : { user: source.id, password }) }];
  });
}
