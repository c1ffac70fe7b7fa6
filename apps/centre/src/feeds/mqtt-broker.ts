/** The embedded MQTT broker: stations publish arrivals to it; each topic is a source. Broker: the aedes library. */
import { createServer, type Server, type Socket } from "node:net";
import { FaultError } from "@openjmc/model";
import { Aedes, type Client } from "aedes";
import type { Feed, FeedSink } from "./feed.ts";

/** Who may publish where. Without a user the source's authentication stays `address-only`. */
export interface MqttAccess {
  readonly topic: string;
  readonly user?: string;
  readonly password?: string;
  /** Messages are lines: one that ends with no line feed gets one. Others are taken as they are. */
  readonly isLines?: boolean;
}

const LARGEST_MESSAGE_BYTES = 256 * 1024;
const MOST_CLIENTS = 256;
const LINE_FEED = 10;

/** Makes the broker's feed: one listener, any number of topics; a publication outside the list is refused and told. */
export function createMqttFeed(options: {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly access: readonly MqttAccess[];
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
}): Feed {
  const { id, sink } = options;
  const byTopic = new Map(options.access.map((entry) => [entry.topic, entry]));
  const users = new Map(options.access.filter((entry) => entry.user).map((entry) => [entry.user!, entry]));
  // By connection, not by name: a station that comes again is let in before its old connection is known to be dead.
  const connections = new Map<Client, Map<string, number>>();
  const userOf = new WeakMap<Client, string>();
  const sockets = new Set<Socket>();
  let broker: Aedes | undefined;
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    broker?.handle(socket);
  });
  server.maxConnections = MOST_CLIENTS;

  async function openBroker(): Promise<void> {
    broker = await Aedes.createBroker({ concurrency: 100, connectTimeout: 10_000, keepaliveLimit: 600 });
    broker.authenticate = (client, user, password, done) => {
      const known = user ? users.get(user) : undefined;
      const isRight = user ? known?.password === password?.toString() : true;
      if (user && isRight) userOf.set(client, user);
      if (!isRight)
        sink.trouble(id, {
          code: "mqtt.wrong-password",
          what: "MQTT sign-in",
          where: { source: id, field: "user" },
          expected: "a user of the mission with its password",
          got: String(user).slice(0, 64),
        });
      done(null, isRight);
    };
    broker.authorizeSubscribe = (_client, _subscription, done) => done(null, null);
    broker.authorizePublish = (client, packet, done) => {
      const fault = refusalOf(client, packet.topic, packet.payload.length);
      if (fault) sink.trouble(id, fault);
      // A station that is hung up on keeps its message and brings it again; one that is thanked forgets it.
      done(fault ? new Error(fault.code) : sink.isTaking ? null : new Error("disk.full"));
    };
    broker.on("publish", (packet, client) => {
      if (client)
        deliver(client, packet.topic, Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload));
    });
    broker.on("clientError", (client, error) =>
      sink.trouble(id, {
        code: "mqtt.protocol",
        what: `MQTT client ${client?.id?.slice(0, 64) ?? ""}`,
        where: { source: id },
        cause: error.message,
      }),
    );
    broker.on("connectionError", (_client, error) =>
      sink.trouble(id, { code: "mqtt.protocol", what: "MQTT connection", where: { source: id }, cause: error.message }),
    );
    broker.on("clientDisconnect", close);
  }

  function refusalOf(client: Client | null, topic: string, length: number) {
    const access = byTopic.get(topic);
    const where = { source: id, field: topic.slice(0, 120) };
    if (!access)
      return {
        code: "mqtt.unknown-topic",
        what: "MQTT publication",
        where,
        expected: "a topic of the mission's sources",
      };
    if (access.user && (client === null || userOf.get(client) !== access.user))
      return { code: "mqtt.wrong-user", what: "MQTT publication", where, expected: `the user of ${topic}` };
    if (length > LARGEST_MESSAGE_BYTES)
      return {
        code: "mqtt.too-long",
        what: "MQTT publication",
        where,
        expected: `at most ${LARGEST_MESSAGE_BYTES} bytes`,
        got: `${length}`,
      };
    return undefined;
  }

  /** Each (client, topic) is a connection of its own, so that lines of two stations never mix. */
  function deliver(client: Client, topic: string, payload: Buffer): void {
    const topics = connections.get(client) ?? new Map<string, number>();
    connections.set(client, topics);
    let connection = topics.get(topic);
    if (connection === undefined) {
      connection = options.nextConnection();
      topics.set(topic, connection);
      sink.connected(topic, connection, `mqtt client ${client.id}`);
    }
    const isWhole = byTopic.get(topic)?.isLines === false || payload[payload.length - 1] === LINE_FEED;
    const bytes = isWhole ? payload : Buffer.concat([payload, Buffer.from([LINE_FEED])]);
    if (!sink.bytes(topic, connection, bytes))
      sink.trouble(id, { code: "mqtt.not-taken", what: "MQTT publication", where: { source: id, field: topic } });
  }

  function close(client: Client): void {
    const topics = connections.get(client) ?? [];
    connections.delete(client);
    for (const [topic, connection] of topics) sink.disconnected(topic, connection, "client left");
  }

  return {
    id,
    start: async () => {
      await openBroker();
      await new Promise<void>((resolve, reject) => {
        server.once("error", (error) =>
          reject(
            new FaultError({
              code: "feed.port-taken",
              what: "MQTT broker",
              where: { source: id, field: "port" },
              expected: `port ${options.port} free`,
              cause: error.message,
            }),
          ),
        );
        server.listen(options.port, options.host, () => resolve());
      });
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
      const open = broker;
      if (open) await new Promise<void>((resolve) => open.close(() => resolve()));
    },
    address: () => {
      const address = server.address();
      return address && typeof address === "object"
        ? `${address.address}:${address.port}`
        : `${options.host}:${options.port}`;
    },
  };
}
