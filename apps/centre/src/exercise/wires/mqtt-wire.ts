/** A station that publishes its lines to a broker, one message per line, with a client and a user of its own. */
import mqtt from "mqtt";
import type { Endpoint } from "../endpoint.ts";
import { Outbox } from "./outbox.ts";
import { OUTBOX_BYTES, type Wire } from "./wire.ts";

/** Publications under way at most; more wait in the outbox. */
const MOST_UNDER_WAY = 200;

export function openMqttWire(source: string, endpoint: Extract<Endpoint, { mqttUrl: string }>): Wire {
  const outbox = new Outbox(OUTBOX_BYTES);
  let messages = 0;
  let bytes = 0;
  let underWay = 0;
  const client = mqtt.connect(endpoint.mqttUrl, {
    clientId: `exercise-${source}`,
    reconnectPeriod: 500,
    connectTimeout: 5_000,
    // What cannot be sent now waits in the outbox, where it is counted, not in the library.
    queueQoSZero: false,
    ...(endpoint.username === undefined ? {} : { username: endpoint.username }),
    ...(endpoint.password === undefined ? {} : { password: endpoint.password }),
  });
  client.on("connect", () => flush());
  // The library connects again by itself; a refused publication shows in the centre's own health of the source.
  client.on("error", () => undefined);

  function flush(): void {
    if (!client.connected || underWay >= MOST_UNDER_WAY) return;
    for (const message of outbox.takeAll()) publish(message);
  }

  function publish(message: Uint8Array): void {
    underWay += 1;
    messages += 1;
    bytes += message.length;
    client.publish(endpoint.topic, Buffer.from(message), { qos: 0 }, () => {
      underWay -= 1;
      if (!outbox.isEmpty) flush();
    });
  }

  return {
    put: (message) => outbox.put(message),
    flush,
    isFull: () => client.connected && underWay >= MOST_UNDER_WAY,
    count: () => ({
      isConnected: client.connected,
      messages,
      bytes,
      lostMessages: outbox.lostMessages,
      lostBytes: outbox.lostBytes,
    }),
    stop: async () => {
      flush();
      await client.endAsync();
    },
  };
}
