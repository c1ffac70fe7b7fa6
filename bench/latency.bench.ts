/**
 * From a sensor's byte to the update applied in the console's picture store, by the wall's clock: Beast bytes over TCP into a
 * centre in a process of its own, its binary WebSocket read by the code of the console. Each position frame is followed by
 * itself: the centre gives a track the time of its newest frame, and the frames of one aircraft lie half a second apart. The
 * reference is the same bytes sent to a process that sends them back at once.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SourceDescription } from "@openjmc/model";
import type { PictureStore } from "../apps/console/src/picture/store.ts";
import { metric } from "../test/support/api.ts";
import { foundTestCentre, officerKey } from "../test/support/centre.ts";
import { serveCentre } from "../test/support/jmc.ts";
import { missionWith } from "../test/support/mission.ts";
import { processorSecondsOf } from "../test/support/process-usage.ts";
import { openSocket } from "../test/support/sockets.ts";
import { aircraftOf, type CrowdFrame, crowdFrames, FRAMES_PER_AIRCRAFT, positionSecond } from "./support/crowd.ts";
import { openPictureTab } from "./support/picture-tab.ts";
import { quantile, rounded } from "./support/quantile.ts";

const RATES = [100, 1000, 5000];
/** Tracks begin, code is compiled: not counted. */
const WARM_UP_SECONDS = 10;
const MEASURED_SECONDS = 20;
const SEND_MILLISECONDS = 2;
/** What two clocks and the least delay may put between a frame's schedule and the time the centre gives it. */
const MATCH_MILLISECONDS = 150;
const OFFICER = "A-Duty-1";
const PLACE = { lon: 30, lat: 50 };
const RECEIVER: SourceDescription = {
  id: "rx",
  name: "Receiver",
  format: "beast",
  means: "ads-b",
  link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 },
  ...PLACE,
  heightMetres: 0,
  heightReference: "msl",
  rangeMetres: 300_000,
  operator: "A",
  marking: "open",
  authentication: "address-only",
};

export async function run(rates: readonly number[] = RATES, seconds = MEASURED_SECONDS) {
  const results = [];
  for (const rate of rates) results.push(await measure(rate, seconds));
  return {
    name: "sensor byte to the update applied in the console's picture store",
    headline: results.map((one) => `${one.framesPerSecond}/s: ${one.p50} ms, p99 ${one.p99} ms`).join("; "),
    unit: "milliseconds of wall time, from the byte's send; the clock at 1x",
    reference: "the same bytes sent back by a process that does nothing else",
    rates: results,
  };
}

async function measure(rate: number, seconds: number) {
  const count = Math.round(rate / FRAMES_PER_AIRCRAFT);
  const frames = crowdFrames(PLACE, count, WARM_UP_SECONDS + seconds);
  const reference = await measureEcho(frames.filter((frame) => frame.second < 5));
  const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  const missionFolder = missionWith(join(root, "mission"), PLACE, [RECEIVER]);
  const founded = await foundTestCentre({ missionFolder, root });
  const serving = await serveCentre(founded.folder);
  try {
    const crowd = new Crowd(count);
    const officer = { name: OFFICER, signer: officerKey(founded, OFFICER) };
    const tab = await openPictureTab(serving.url, officer, (store) => crowd.applied(store));
    const socket = await openSocket(serving.feeds.get(RECEIVER.id)!);
    const used = processorSecondsOf(serving.pid);
    await sendAll(socket, frames, (frame) => crowd.sent(frame));
    await pause(1000);
    const usedAfter = processorSecondsOf(serving.pid);
    const taken = await metric(serving.url, "jmc_source_frames_total", { source: RECEIVER.id });
    const shed = await metric(serving.url, "jmc_shed_chunks");
    tab.close();
    socket.destroy();
    if (taken !== frames.length) throw new Error(`${taken} of ${frames.length} frames taken, ${shed} chunks shed`);
    return {
      framesPerSecond: rate,
      aircraft: count,
      ...crowd.result(),
      ...(used === undefined || usedAfter === undefined
        ? {}
        : { centreShareOfOneCore: rounded((usedAfter - used) / (WARM_UP_SECONDS + seconds)) }),
      reference,
    };
  } finally {
    await serving.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Sends each frame when it is due; what is due at the same look goes out in one write, as from a receiver's own buffer. */
async function sendAll(
  socket: Socket,
  frames: readonly CrowdFrame[],
  told: (frame: CrowdFrame) => void,
): Promise<void> {
  const start = performance.now();
  for (let next = 0; next < frames.length; ) {
    const from = next;
    const due = (performance.now() - start) / 1000;
    while (next < frames.length && frames[next]!.second <= due) next += 1;
    const slice = frames.slice(from, next);
    if (slice.length > 0) socket.write(Buffer.concat(slice.map((frame) => frame.bytes)));
    for (const frame of slice) told(frame);
    await pause(SEND_MILLISECONDS);
  }
}

/** What was sent and what was applied, per aircraft. */
class Crowd {
  readonly #count: number;
  readonly #sentAt: number[][];
  /** How many of an aircraft's positions have been applied or superseded. */
  readonly #done: Uint32Array;
  readonly #seenAt: Float64Array;
  readonly #latencies: number[] = [];
  #startMicroseconds = 0;
  #messages = 0;
  #superseded = 0;

  constructor(count: number) {
    this.#count = count;
    this.#sentAt = Array.from({ length: count }, () => []);
    this.#done = new Uint32Array(count);
    this.#seenAt = new Float64Array(count);
  }

  sent(frame: CrowdFrame): void {
    const now = performance.now();
    if (this.#startMicroseconds === 0)
      this.#startMicroseconds = (performance.timeOrigin + now - frame.second * 1000) * 1000;
    if (frame.position) this.#sentAt[frame.position.aircraft]![frame.position.number] = now;
  }

  applied(store: PictureStore): void {
    const now = performance.now();
    this.#messages += 1;
    for (let slot = 0; slot < store.count; slot++) {
      const aircraft = aircraftOf(store.labels[slot]!);
      const seenAt = store.columns.seenAt[slot]!;
      if (seenAt === this.#seenAt[aircraft]) continue;
      this.#seenAt[aircraft] = seenAt;
      this.#take(aircraft, this.#numberAt(aircraft, seenAt), now);
    }
  }

  /** Which of its positions an aircraft's row shows, by the row's time. */
  #numberAt(aircraft: number, seenAt: number): number {
    const second = (seenAt - this.#startMicroseconds) / 1e6;
    const number = Math.max(0, Math.round((second - positionSecond(aircraft, this.#count, 0)) * 2));
    const off = Math.abs(second - positionSecond(aircraft, this.#count, number)) * 1000;
    if (off > MATCH_MILLISECONDS) throw new Error(`a row's time is ${off} ms from every frame of its aircraft`);
    return number;
  }

  /** A row stands for its frame and for those before it that no row of their own came of: the latest wins. */
  #take(aircraft: number, number: number, now: number): void {
    for (; this.#done[aircraft]! <= number; this.#done[aircraft]!++) {
      const one = this.#done[aircraft]!;
      if (positionSecond(aircraft, this.#count, one) < WARM_UP_SECONDS) continue;
      this.#latencies.push(now - this.#sentAt[aircraft]![one]!);
      if (one < number) this.#superseded += 1;
    }
  }

  result() {
    const missing = this.#sentAt.reduce((sum, sent, aircraft) => sum + sent.length - this.#done[aircraft]!, 0);
    if (missing > 0) throw new Error(`${missing} positions never came into the picture`);
    return {
      positionsFollowed: this.#latencies.length,
      superseded: this.#superseded,
      messagesApplied: this.#messages,
      ...summaryOf(this.#latencies),
    };
  }
}

async function measureEcho(frames: readonly CrowdFrame[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "support/echo.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const socket = await openSocket(`127.0.0.1:${String(port).trim()}`);
  const waiting: { readonly end: number; readonly at: number }[] = [];
  const latencies: number[] = [];
  let [sent, back] = [0, 0];
  socket.on("data", (chunk: Buffer) => {
    back += chunk.length;
    while (waiting.length > 0 && waiting[0]!.end <= back) latencies.push(performance.now() - waiting.shift()!.at);
  });
  await sendAll(socket, frames, (frame) => {
    sent += frame.bytes.length;
    waiting.push({ end: sent, at: performance.now() });
  });
  await pause(200);
  socket.destroy();
  child.kill();
  return summaryOf(latencies);
}

function summaryOf(milliseconds: readonly number[]) {
  return {
    p50: rounded(quantile(milliseconds, 0.5)),
    p99: rounded(quantile(milliseconds, 0.99)),
    longest: rounded(quantile(milliseconds, 1)),
  };
}

if (import.meta.main) {
  const rates = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(await run(rates.length > 0 ? rates : undefined), undefined, 1));
}
