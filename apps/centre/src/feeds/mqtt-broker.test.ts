import { connect } from "node:net";
import mqtt from "mqtt";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Feed, FeedSink } from "./feed.ts";
import { createMqttFeed } from "./mqtt-broker.ts";

const STATION = { topic: "stations/one", user: "one", password: "secret" };

let told: string[];
let faults: string[];
/** Last octets of what came. */
let ends: number[];
let feed: Feed;

beforeEach(async () => {
  [told, faults, ends] = [[], [], []];
  let connections = 0;
  const sink: FeedSink = {
    isTaking: true,
    connected: (source, connection) => told.push(`${source} ${connection} in`),
    bytes: (source, connection, chunk) => {
      told.push(`${source} ${connection} ${new TextDecoder().decode(chunk).trim()}`);
      ends.push(chunk.at(-1)!);
      return true;
    },
    disconnected: (source, connection) => told.push(`${source} ${connection} out`),
    onResume: () => undefined,
    trouble: (_source, fault) => faults.push(fault.code),
  };
  const blocks = { topic: "blocks/three", user: "three", password: "third", isLines: false };
  const access = [STATION, { topic: "stations/two", user: "two", password: "other" }, blocks];
  feed = createMqttFeed({ id: "mqtt", host: "127.0.0.1", port: 0, access, sink, nextConnection: () => ++connections });
  await feed.start();
});
afterEach(() => feed.stop());

/** A station that never connects again by itself. */
async function station(clientId: string, user = STATION) {
  const [host, port] = feed.address().split(":");
  const credentials = { username: user.user, password: user.password };
  const client = mqtt.connect({ clientId, reconnectPeriod: 0, ...credentials, host: host!, port: Number(port) });
  client.on("error", () => undefined);
  await new Promise((resolve) => client.once("connect", resolve));
  return client;
}

/** Signs in and then says nothing more: the line is dead, and only its own end knows. */
async function halfOpen(clientId: string): Promise<void> {
  const [host, port] = feed.address().split(":");
  const socket = connect({ host: host!, port: Number(port) });
  const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const body = Buffer.concat([
    ...[text("MQTT"), Buffer.from([4, 0xc2, 0, 60])],
    ...[text(clientId), text(STATION.user), text(STATION.password)],
  ]);
  socket.on("error", () => undefined);
  socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]));
  await new Promise((resolve) => socket.once("data", resolve));
  const line = Buffer.concat([text(STATION.topic), Buffer.from("first")]);
  socket.write(Buffer.concat([Buffer.from([0x30, line.length]), line]));
}

const settled = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 6_000 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
};

it("a station that comes again under its name while its old connection is half open is taken, as another connection", async () => {
  await halfOpen("station-1");
  await settled(() => told.includes("stations/one 1 first"));
  const again = await station("station-1");
  await again.publishAsync(STATION.topic, "second", { qos: 1 });
  await again.publishAsync(STATION.topic, "third", { qos: 1 });
  await settled(() => told.length >= 6);
  expect(faults).toEqual([]);
  expect(told.filter((line) => line.startsWith("stations/one 1"))).toEqual([
    "stations/one 1 in",
    "stations/one 1 first",
    "stations/one 1 out",
  ]);
  expect(told.filter((line) => line.startsWith("stations/one 2"))).toEqual([
    "stations/one 2 in",
    "stations/one 2 second",
    "stations/one 2 third",
  ]);
  await again.endAsync();
  await settled(() => told.includes("stations/one 2 out"));
  expect(told.at(-1)).toBe("stations/one 2 out");
});

it("a name says nothing: another user under the name of a station publishes nothing to its topic", async () => {
  const first = await station("station-1");
  await first.publishAsync(STATION.topic, "mine", { qos: 1 });
  const other = await station("station-1", { ...STATION, user: "two", password: "other" });
  other.publish(STATION.topic, "not mine", { qos: 1 });
  await settled(() => faults.length > 0);
  expect(faults).toContain("mqtt.wrong-user");
  expect(told.filter((line) => line.includes("not mine"))).toEqual([]);
  await Promise.all([first.endAsync(true), other.endAsync(true)]);
});

it("ends lines that stations left open, and leaves blocks of octets as they are", async () => {
  const one = await station("station-1");
  await one.publishAsync(STATION.topic, "open", { qos: 1 });
  await one.publishAsync(STATION.topic, "ended\n", { qos: 1 });
  const three = await station("station-3", { topic: "blocks/three", user: "three", password: "third" });
  await three.publishAsync("blocks/three", Buffer.from([1, 2, 3]), { qos: 1 });
  await settled(() => ends.length === 3);
  expect(ends).toEqual([10, 10, 3]);
  await Promise.all([one.endAsync(true), three.endAsync(true)]);
});
