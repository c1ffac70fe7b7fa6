/** Every acoustic station of a mission, over the link that it has. */
import { join } from "node:path";
import type { LonLat, SourceDescription } from "@openjmc/model";
import mqtt from "mqtt";
import { readMqttPasswords } from "../../apps/centre/src/founding/machine-keys.ts";
import { sendBytes } from "./sockets.ts";
import { gunHeardBy } from "./traffic.ts";

export interface StationLinks {
  readonly folder: string;
  readonly addresses: ReadonlyMap<string, string>;
  readonly sources: readonly SourceDescription[];
}

/** Lets all stations hear a gun fired at a place and an instant, each in its own time. */
export async function fireGun(links: StationLinks, place: LonLat, firedAt: number): Promise<void> {
  const passwords = readMqttPasswords(join(links.folder, "keys"));
  for (const station of links.sources.filter((source) => source.format === "arrivals")) {
    const line = gunHeardBy(station, place, firedAt);
    const { link } = station;
    if (link.kind === "tcp-listener")
      await sendBytes(links.addresses.get(link.port === 0 ? station.id : `tcp-${link.port}`)!, line);
    if (link.kind === "mqtt")
      await publish(links.addresses.get("mqtt")!, link.topic, line, station.id, passwords[station.id]);
  }
}

async function publish(
  address: string,
  topic: string,
  line: string,
  username: string,
  password: string | undefined,
): Promise<void> {
  const credentials = password === undefined ? {} : { username, password };
  const client = await mqtt.connectAsync(`mqtt://${address}`, { reconnectPeriod: 0, ...credentials });
  await client.publishAsync(topic, line, { qos: 1 });
  await client.endAsync();
}
