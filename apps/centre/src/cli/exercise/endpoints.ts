/** Which of the mission's sources the driver serves, and where it reaches the others. */
import type { MissionView, SourceDescription } from "@openjmc/model";
import type { Centre } from "../../centre.ts";
import { type Endpoint, type Endpoints, signedSources } from "../../exercise/index.ts";
import { feedId } from "../../feeds/feed-table.ts";
import { readMqttPasswords } from "../../founding/machine-keys.ts";

/** Sources to which the centre or a gateway connects: the driver listens for them. */
export function listening(view: MissionView): Endpoints {
  const called = view.sources.filter((source) => source.link.kind === "tcp-client");
  return Object.fromEntries([...called, ...signedSources(view)].map((source) => [source.id, listenerOf(source)]));
}

function listenerOf({ format, waveform, id }: SourceDescription): Endpoint {
  return format === "seedlink" ? { seedLinkPort: 0, stations: [waveform?.station ?? id] } : { listenPort: 0 };
}

/** Where the driver serves what the centre itself connects to. */
export function linksOf(view: MissionView, ports: ReadonlyMap<string, number>) {
  const called = view.sources.filter((source) => source.link.kind === "tcp-client");
  return Object.fromEntries(
    called.flatMap(({ id }) => (ports.has(id) ? [[id, { host: "127.0.0.1", port: ports.get(id)! }]] : [])),
  );
}

/** Sources that connect to the centre's listeners and broker. */
export function connecting(view: MissionView, centre: Centre, keys: string): Endpoints {
  const passwords = readMqttPasswords(keys);
  const broker = centre.feedAddresses.get("mqtt");
  const signed = new Set(signedSources(view).map((source) => source.id));
  return Object.fromEntries(
    view.sources.flatMap((source): (readonly [string, Endpoint])[] => {
      if (signed.has(source.id)) return [];
      if (source.link.kind === "tcp-listener") {
        const [host, port] = splitAddress(centre.feedAddresses.get(feedId(source)!)!);
        return [[source.id, { host, port }]];
      }
      if (source.link.kind === "udp") {
        const [udpHost, udpPort] = splitAddress(centre.feedAddresses.get(feedId(source)!)!);
        return [[source.id, { udpHost, udpPort }]];
      }
      if (source.link.kind === "mqtt" && broker) {
        const password = passwords[source.id];
        return [
          [
            source.id,
            {
              mqttUrl: `mqtt://${broker}`,
              topic: source.link.topic,
              ...(password === undefined ? {} : { username: source.id, password }),
            },
          ],
        ];
      }
      return [];
    }),
  );
}

function splitAddress(address: string): [string, number] {
  const mark = address.lastIndexOf(":");
  return [address.slice(0, mark), Number(address.slice(mark + 1))];
}
