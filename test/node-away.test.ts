/** A component's node that is cut off for a day of the scenario's time while the centre works on, and is connected again. */
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CosigningView, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { parseVkey, unwrap } from "@openjmc/record";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CentreLink } from "../apps/centre/src/nodes/centre-link.ts";
import { Mirror } from "../apps/centre/src/nodes/mirror.ts";
import { openNodeFolder } from "../apps/centre/src/nodes/node-folder.ts";
import { pull } from "../apps/centre/src/nodes/pull.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { SteppedClock } from "../apps/centre/src/scenario/stepped-clock.ts";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { makeNodes } from "./support/nodes.ts";
import { endpointOf } from "./support/sockets.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-away-"));
const clock = new SteppedClock(Date.now() * 1000);
const stopped = new AbortController();
const told: string[] = [];
let test: TestCentre;
let mirror: Mirror;
let following: Promise<void>;
let line: Line;

/** The way between a node and its centre: as it is, or cut. */
class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  isCut = false;

  constructor(to: string) {
    this.#server = createServer((near) => {
      if (this.isCut) return void near.destroy();
      const far = connect(endpointOf(to));
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on("error", () => other.destroy()).on("close", () => this.#sockets.delete(one));
        one.pipe(other);
      }
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

beforeAll(async () => {
  const nodes = makeNodes(root, "exercise.test");
  const cosigners = { policy: nodes.policy, silenceSeconds: 600 };
  test = await openTestCentre({ exercise: true, root, terms: { cosigners }, more: { clock } });
  line = new Line(new URL(test.url).host);
  const url = await line.open();
  const node = openNodeFolder(nodes.folders.B, "mirror");
  const vkey = readFileSync(join(test.folder, "record", "log.vkey"), "utf8").trim();
  const logKey = unwrap(parseVkey(nodePrimitives.sha256, vkey));
  const now = () => Math.floor(clock.now() / MICROSECONDS_PER_SECOND);
  mirror = await Mirror.open({ root: nodes.folders.B, logKey, keys: node.keys, now });
  const { signal } = stopped;
  const link = new CentreLink({ url, origin: logKey.name, name: node.name, key: node.keys[0]!, signal });
  following = pull({ mirror, link, signal, say: (text) => told.push(text), wait: 1 });
});
afterAll(async () => {
  stopped.abort();
  line?.close();
  await following;
  await test?.close();
  if (existsSync(root)) rmSync(root, { recursive: true, force: true });
});

/** An officer of A says something, under a sign-in of that hour. */
async function say(): Promise<number> {
  const signer = test.signer("A-Duty-1");
  const token = await tokenOf(test.url, "A-Duty-1", signer);
  const body = sightingBody({ lon: 46.7, lat: 39.8 }, clock.now());
  const act = { kind: "sighting.reported", officer: "A-Duty-1", subject: ulid(), body, at: clock.now() };
  return (await perform(test.url, token, signer, act)).index;
}

async function ownRow() {
  const token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  const answer = await fetch(`${test.url}/api/v1/cosigning`, { headers: bearer(token) });
  const { cosigners } = (await answer.json()) as CosigningView;
  return cosigners.find(({ name }) => name === "B")!;
}

it("holds every entry of the day once it is connected again, and cosigns from there on", async () => {
  const first = await say();
  await until("it follows", () => mirror.files.size > first);
  line.cut();
  const [left, from] = [mirror.files.size, clock.now()];
  const said: number[] = [];
  for (let hour = 1; hour <= 24; hour++) {
    clock.moveTo(from + hour * MICROSECONDS_PER_HOUR);
    said.push(await say());
  }
  await until("it shows as silent", async () => (await ownRow()).isSilent);
  expect(mirror.files.size).toBe(left);
  const size = await metric(test.url, "jmc_record_size");
  expect(size - left).toBeGreaterThanOrEqual(said.length);

  line.isCut = false;
  await until("it has caught up", () => mirror.files.size >= size);
  const [theirs, own] = [mirror.files.recordFolder, join(test.folder, "record")];
  expect([...readLeaves(theirs, size)]).toEqual([...readLeaves(own, size)]);
  await until("it shows as there", async () => !(await ownRow()).isSilent);
  expect((await ownRow()).size).toBeGreaterThanOrEqual(size);
  expect(mirror.objections.all).toEqual([]);
  const verified = await jmc(["verify", theirs, "--json"]);
  expect([verified.code, JSON.parse(verified.stdout).holds], told.join("\n")).toEqual([0, true]);
});
