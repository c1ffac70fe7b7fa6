/** `jmc exercise`: an exercise centre with its feeds on real sockets and both components' signers in processes of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type ActItem, createScenario, type ScenarioOptions } from "@openjmc/exercise";
import {
  FaultError,
  formatInstant,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type MissionView,
  parseInstant,
  unwrap,
} from "@openjmc/model";
import { type Centre, openCentre } from "../centre.ts";
import { type ScenarioClock, wallNow } from "../clock.ts";
import {
  type Endpoint,
  type Endpoints,
  type Gateways,
  lastProgress,
  makeGatewayKeys,
  signedSources,
  startDriver,
  startGateways,
} from "../exercise/index.ts";
import { ExerciseNodes, makeExerciseNodes } from "../exercise/nodes.ts";
import { pacedClock } from "../exercise/paced-clock.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { foundCentre } from "../founding/found-centre.ts";
import { keySources } from "../founding/key-sources.ts";
import { readMqttPasswords } from "../founding/machine-keys.ts";
import { readMission } from "../mission/read.ts";
import { MISSIONS_FOLDER } from "./init.ts";
import { createLogger } from "./logger.ts";
import { CONSOLE_FOLDER, portOf, untilStopped } from "./serve.ts";
import { CHECK_FAILED, DONE, failWith, print, say } from "./terminal.ts";

export interface ExerciseFlags {
  readonly data: string;
  readonly port: string;
  readonly speed: string;
  readonly seed?: string;
  readonly mission: string;
  readonly headless?: boolean;
  readonly untilEntries?: string;
  readonly untilTruth?: string;
  readonly json?: boolean;
}

/** The weather report that the exercise gives its centre: near the truth, not the truth. */
function weatherOf(scenario: ScenarioOptions, at: Instant) {
  const { temperatureCelsius, ...wind } = createScenario(scenario).weatherAt(at);
  // What the report says of itself, and what it cannot say of the air between ground and cloud.
  return { ...wind, temperature: temperatureCelsius, temperatureError: 2, windError: 1.5 };
}

/** Known to everybody: keys under it are accepted in exercises only. */
export const DEMONSTRATION_PASSPHRASE = "exercise";
const DEMONSTRATION_KEY_MEMORY_KIB = 1_024;
const CLOCK_PERIOD_MILLISECONDS = 1_000;

export async function runExercise(flags: ExerciseFlags): Promise<number> {
  const folder = resolve(flags.data);
  const speed = speedOf(flags.speed);
  const port = flags.headless && flags.port === "8080" ? 0 : portOf(flags.port, "--port");
  const { paths, file, mission } = await openFolderOf(folder, flags);
  const { view } = mission;
  const setting = view.exerciseSetting;
  if (!setting || file.startsAt === undefined)
    throw new FaultError({
      code: "exercise.missing",
      what: "centre",
      where: { file: folder },
      expected: "a centre founded for an exercise",
    });
  const resumeAt = Math.max(readClock(paths.exercise) ?? file.startsAt, lastProgress(paths.exercise) ?? file.startsAt);
  const stopAt = flags.untilTruth === undefined ? undefined : instantOf(flags.untilTruth, file.startsAt);
  const clock = pacedClock(resumeAt, speed);

  const signers = new Map<string, ChildProcess>();
  let entriesReached: () => void = () => undefined;
  const untilEntries = flags.untilEntries === undefined ? undefined : countOf(flags.untilEntries);
  const enough = new Promise<void>((resolve) => {
    entriesReached = resolve;
  });
  const scenario: ScenarioOptions = {
    seed: file.seed ?? "1",
    mission: view,
    startsAt: file.startsAt,
    durationSeconds: setting.episodeSeconds,
  };
  const driver = await startDriver({
    scenario,
    endpoints: listening(view),
    folder: paths.exercise,
    from: resumeAt,
    onAct: (act) => sendAct(signers, view, act),
  });
  let centre: Centre | undefined;
  let clockTimer: NodeJS.Timeout | undefined;
  let nodes: ExerciseNodes | undefined;
  let gateways: Gateways | undefined;
  try {
    centre = await openCentre({
      folder,
      host: "127.0.0.1",
      port,
      mqtt: { host: "127.0.0.1", port: 0 },
      clock,
      logger: createLogger(folder),
      weather: weatherOf(scenario, resumeAt),
      links: linksOf(view, driver.ports),
      ...(flags.headless ? {} : { consoleFolder: CONSOLE_FOLDER }),
      onEntry: ({ entry }) => {
        if (untilEntries !== undefined && entry.index + 1 >= untilEntries) entriesReached();
      },
    });
    await driver.connect(connecting(view, centre, paths.keys));
    const taps: string[] = [];
    for (const component of view.components) {
      const started = await startSigner(centre.url, signerFolder(folder, component.code));
      signers.set(component.code, started.child);
      taps.push(...started.taps);
    }
    const { feedAddresses: listeners } = centre;
    gateways = await startGateways({ folder, view, sensors: driver.ports, listeners, taps, speed });
    await untilCalm();
    const origin = clock.start();
    gateways.tellClock({ instant: resumeAt, wallOrigin: origin, speed });
    clock.onBend((line) => gateways?.tellClock(line));
    clock.onBend((line) => nodes?.tellClock(line));
    driver.run(clock.line());
    clockTimer = setInterval(() => writeClock(paths.exercise, clock), CLOCK_PERIOD_MILLISECONDS);
    if (!flags.headless) printBanner(centre, view, folder, speed);
    nodes = startNodes(centre, view, folder, { instant: resumeAt, wallOrigin: origin, speed });
    const ended = await Promise.race([
      untilStopped().then(() => "stopped" as const),
      enough.then(() => "reached" as const),
      untilInstant(clock, stopAt).then(() => "reached" as const),
      centre.failure,
      driver.failure,
    ]);
    await driver.stop();
    if (ended === "reached") await settle(clock, speed);
    if (ended instanceof FaultError) {
      failWith(ended, CHECK_FAILED);
      return CHECK_FAILED;
    }
    return DONE;
  } finally {
    clearInterval(clockTimer);
    await driver.stop().catch(() => undefined);
    gateways?.stop();
    for (const child of signers.values()) child.kill("SIGTERM");
    await centre?.stop();
    await nodes?.stop();
    clock.stop();
    writeClock(paths.exercise, clock);
    if (centre) summarise(centre, clock, flags);
  }
}

const CALM_MILLISECONDS = 8;
const MOST_CALM_WAITS = 60;

/** Waits until a short timer comes back in time: the rush of starting is over, and the first frames will not wait in line. */
async function untilCalm(): Promise<void> {
  for (let calm = 0, waits = 0; calm < 4 && waits < MOST_CALM_WAITS; waits++) {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    calm = performance.now() - before - 20 < CALM_MILLISECONDS ? calm + 1 : 0;
  }
}

/** What the last arrivals need to become events: the centre goes on a little after the driver has stopped. */
const SETTLE_SCENARIO_SECONDS = 60;
const SETTLE_WALL_MILLISECONDS = 1_500;

async function settle(_clock: ScenarioClock, speed: number): Promise<void> {
  const wall = Math.max(SETTLE_WALL_MILLISECONDS, Math.min(5_000, (SETTLE_SCENARIO_SECONDS * 1000) / speed));
  await new Promise((resolve) => setTimeout(resolve, wall));
}

async function openFolderOf(folder: string, flags: ExerciseFlags) {
  const paths = pathsOf(folder);
  if (!existsSync(paths.centre)) await found(folder, flags);
  const file = readCentreFile(paths);
  const mission = readMission(paths.mission, {
    exercise: true,
    ...(file.startsAt === undefined ? {} : { startsAt: file.startsAt }),
  });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  mkdirSync(paths.exercise, { recursive: true });
  return { paths, file, mission: mission.value };
}

async function found(folder: string, flags: ExerciseFlags): Promise<void> {
  const missionFolder = flags.mission.includes("/") ? resolve(flags.mission) : join(MISSIONS_FOLDER, flags.mission);
  const mission = readMission(missionFolder, { exercise: true });
  const components = mission.ok ? mission.value.view.components.map((component) => component.code) : [];
  const startsAt = mission.ok ? mission.value.view.exerciseSetting?.startsAt : undefined;
  const origin = `exercise.${flags.mission.split("/").at(-1)}`;
  say(`founding an exercise centre in ${folder} …`);
  const { signers } = await foundCentre({
    folder,
    missionFolder,
    exercise: true,
    origin,
    terms: { cosigners: { policy: makeExerciseNodes(folder, origin, components) } },
    now: wallNow(),
    ...(startsAt === undefined ? {} : { startsAt }),
    seed: flags.seed ?? "1",
    signers: Object.fromEntries(
      components.map((code) => [code, { folder: signerFolder(folder, code), passphrase: DEMONSTRATION_PASSPHRASE }]),
    ),
    keyMemoryKiB: DEMONSTRATION_KEY_MEMORY_KIB,
  });
  if (mission.ok) await keySources(folder, signers, makeGatewayKeys(folder, mission.value.view), startsAt ?? wallNow());
}

/** Both components' mirrors and a neutral witness, once the screen is there. */
function startNodes(
  centre: Centre,
  view: MissionView,
  folder: string,
  clock: { readonly instant: Instant; readonly wallOrigin: Instant; readonly speed: number },
): ExerciseNodes {
  const nodes = new ExerciseNodes({
    folder,
    components: view.components.map((component) => component.code),
    url: centre.url,
    logKeyFile: join(pathsOf(folder).record, "log.vkey"),
    receipts: (component) => join(signerFolder(folder, component), "receipts"),
    clock,
    onListening: (addresses) => centre.connectCosigners(addresses),
  });
  nodes.start();
  return nodes;
}

/** A component's demonstration keys lie beside the centre's folder, never in it. */
export function signerFolder(folder: string, component: string): string {
  return `${folder}-signer-${component.toLowerCase()}`;
}

function speedOf(text: string): number {
  const speed = Number(text.replace(/[x×]$/, ""));
  if (speed >= 1 && speed <= 60) return speed;
  throw new FaultError({
    code: "speed.malformed",
    what: "command line",
    where: { field: "--speed" },
    expected: "a factor from 1 to 60",
    got: text,
  });
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new FaultError({
    code: "count.malformed",
    what: "command line",
    where: { field: "--until-entries" },
    expected: "a whole number above 0",
    got: text,
  });
}

/** Seconds of scenario ("1800"), minutes or hours ("30m", "2h"), or an instant. */
function instantOf(text: string, startsAt: Instant): Instant {
  const span = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text);
  if (span)
    return (
      startsAt +
      Number(span[1]) * { s: 1, m: 60, h: 3600 }[(span[2] ?? "s") as "s" | "m" | "h"] * MICROSECONDS_PER_SECOND
    );
  return unwrap(parseInstant(text));
}

async function untilInstant(clock: ScenarioClock, at: Instant | undefined): Promise<void> {
  if (at === undefined) return new Promise(() => undefined);
  while (clock.now() < at)
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(1_000, Math.max(5, (at - clock.now()) / 1000 / clock.speed))),
    );
  return undefined;
}

/** Sources to which the centre or a gateway connects: the driver listens for them. */
function listening(view: MissionView): Endpoints {
  const called = view.sources.filter((source) => source.link.kind === "tcp-client");
  return Object.fromEntries([...called, ...signedSources(view)].map((source) => [source.id, { listenPort: 0 }]));
}

/** Where the driver serves what the centre itself connects to. */
function linksOf(view: MissionView, ports: ReadonlyMap<string, number>) {
  const called = view.sources.filter((source) => source.link.kind === "tcp-client");
  return Object.fromEntries(
    called.flatMap(({ id }) => (ports.has(id) ? [[id, { host: "127.0.0.1", port: ports.get(id)! }]] : [])),
  );
}

/** Sources that connect to the centre's listeners and broker. */
function connecting(view: MissionView, centre: Centre, keys: string): Endpoints {
  const passwords = readMqttPasswords(keys);
  const broker = centre.feedAddresses.get("mqtt");
  const signed = new Set(signedSources(view).map((source) => source.id));
  return Object.fromEntries(
    view.sources.flatMap((source): (readonly [string, Endpoint])[] => {
      if (signed.has(source.id)) return [];
      if (source.link.kind === "tcp-listener") {
        const [host, port] = splitAddress(
          centre.feedAddresses.get(source.link.port === 0 ? source.id : `tcp-${source.link.port}`)!,
        );
        return [[source.id, { host, port }]];
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

/** Starts a component's signer and waits until it is ready; tells where its node taps the gateways. */
async function startSigner(
  url: string,
  folder: string,
): Promise<{ readonly child: ChildProcess; readonly taps: readonly string[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "demonstration-signer.ts"), url, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout! });
  const taps: string[] = [];
  await new Promise<void>((ready, reject) => {
    lines.on("line", (line) => {
      const tap = /^tap of \S+: (\S+)$/.exec(line);
      if (tap) taps.push(tap[1]!);
      if (line.includes(": ready")) ready();
    });
    child.once("exit", (code) =>
      reject(
        new FaultError({
          code: "signer.ended",
          what: "demonstration signer",
          where: { file: folder },
          got: `exit ${code}`,
        }),
      ),
    );
  });
  child.stdin!.on("error", () => undefined);
  return { child, taps };
}

/** A scripted act goes to the signer of the officer's component, which makes and signs the statement. */
function sendAct(signers: ReadonlyMap<string, ChildProcess>, view: MissionView, act: ActItem): void {
  const component = view.officers.find((officer) => officer.id === act.officer)?.component;
  const signer = component === undefined ? undefined : signers.get(component);
  signer?.stdin?.write(`${JSON.stringify({ officer: act.officer, kind: act.statementKind, body: act.body })}\n`);
}

function readClock(folder: string): Instant | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, "clock.json"), "utf8")) as { instant: Instant }).instant;
  } catch {
    return undefined;
  }
}

function writeClock(folder: string, clock: ScenarioClock): void {
  writeFileSync(join(folder, "clock.json"), `${JSON.stringify({ instant: clock.now() })}\n`);
}

function printBanner(centre: Centre, view: MissionView, folder: string, speed: number): void {
  const officers = view.components.map(
    (component) =>
      `  ${component.names.en ?? component.code} (${component.code}): ${view.officers
        .filter((officer) => officer.component === component.code)
        .map((officer) => officer.id)
        .join(", ")}`,
  );
  print(
    [
      "",
      `OpenJMC EXERCISE centre: ${centre.url}`,
      `  data in ${folder}, scenario at ${speed}×, ${centre.registrar.size} entries in the record`,
      "Sign in as one of the demonstration officers; their signers run beside the centre and answer by themselves:",
      ...officers,
      "Open a second tab for the other component. Stop with Ctrl-C; the next start goes on where it stopped.",
      "",
    ].join("\n"),
  );
}

function summarise(centre: Centre, clock: ScenarioClock, flags: ExerciseFlags): void {
  const summary = {
    entries: centre.registrar.size,
    scenarioTime: formatInstant(clock.now()),
    folder: resolve(flags.data),
  };
  if (flags.json) print(JSON.stringify(summary));
  else
    say(
      `stopped at ${summary.scenarioTime} of the scenario with ${summary.entries} entries; everything acknowledged is on disk`,
    );
}
