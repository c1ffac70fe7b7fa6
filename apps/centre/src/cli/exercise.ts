/** `jmc exercise`: an exercise centre with its feeds on real sockets and both components' signers in processes of their own. */
import { join, resolve } from "node:path";
import { createScenario, type ScenarioOptions } from "@openjmc/exercise";
import { FaultError, type Instant, type MissionView } from "@openjmc/model";
import { type Centre, openCentre } from "../centre.ts";
import type { ScenarioClock } from "../clock.ts";
import { type Gateways, lastProgress, startDriver, startGateways } from "../exercise/index.ts";
import { ExerciseNodes } from "../exercise/nodes.ts";
import { pacedClock } from "../exercise/paced-clock.ts";
import { estimateOf } from "../exercise/weather.ts";
import { pathsOf } from "../folder/index.ts";
import { billOfMaterials } from "../programme/index.ts";
import { untilCalm } from "./exercise/calm.ts";
import { readClock, writeClock } from "./exercise/clock-file.ts";
import { connecting, linksOf, listening } from "./exercise/endpoints.ts";
import { countOf, type ExerciseFlags, speedOf, truthEndOf } from "./exercise/flags.ts";
import { demonstrationSignerFolder, openFolderOf } from "./exercise/folder.ts";
import { type Signers, startSigners } from "./exercise/signers.ts";
import { printBanner, summarise } from "./exercise/tell.ts";
import { createLogger } from "./logger.ts";
import { CONSOLE_FOLDER, portOf } from "./serve.ts";
import { CHECK_FAILED, DONE, failWith, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

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
  const stopAt =
    flags.untilTruth === undefined ? undefined : truthEndOf(flags.untilTruth, file.startsAt, view.timeZone);
  const clock = pacedClock(resumeAt, speed);

  let signers: Signers | undefined;
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
  say("starting the scenario …");
  const driver = await startDriver({
    scenario,
    endpoints: listening(view),
    folder: paths.exercise,
    from: resumeAt,
    onAct: (act) => signers?.act(act),
  });
  let centre: Centre | undefined;
  let clockTimer: NodeJS.Timeout | undefined;
  let nodes: ExerciseNodes | undefined;
  let gateways: Gateways | undefined;
  try {
    say("reading the record …");
    centre = await openCentre({
      folder,
      host: "127.0.0.1",
      port,
      mqtt: { host: "127.0.0.1", port: 0 },
      clock,
      logger: createLogger(folder),
      weather: estimateOf(createScenario(scenario).weatherAt(resumeAt)),
      links: linksOf(view, driver.ports),
      ...(flags.headless ? {} : { consoleFolder: CONSOLE_FOLDER, programme: () => billOfMaterials(CONSOLE_FOLDER) }),
      onEntry: ({ entry }) => {
        if (untilEntries !== undefined && entry.index + 1 >= untilEntries) entriesReached();
      },
    });
    await driver.connect(connecting(view, centre, paths.keys));
    say("starting the components' signers …");
    signers = await startSigners(centre.url, folder, view);
    const { feedAddresses: listeners } = centre;
    say("starting the gateways …");
    gateways = await startGateways({ folder, view, sensors: driver.ports, listeners, taps: signers.taps, speed });
    await untilCalm();
    const origin = clock.start();
    gateways.tellClock({ instant: resumeAt, wallOrigin: origin, speed });
    clock.onBend((line) => gateways?.tellClock(line));
    clock.onBend((line) => nodes?.tellClock(line));
    driver.run(clock.line());
    clockTimer = setInterval(() => writeClock(paths.exercise, clock), CLOCK_PERIOD_MILLISECONDS);
    const stopped = untilStopped().then(() => "stopped" as const);
    if (!flags.headless) printBanner(centre, view, folder, speed);
    nodes = startNodes(centre, view, folder, { instant: resumeAt, wallOrigin: origin, speed });
    const ended = await Promise.race([
      stopped,
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
    signers?.stop();
    await centre?.stop();
    await nodes?.stop();
    clock.stop();
    writeClock(paths.exercise, clock);
    if (centre) summarise(centre, clock, flags);
  }
}

/** What the last arrivals need to become events: the centre goes on a little after the driver has stopped. */
const SETTLE_SCENARIO_SECONDS = 60;
const SETTLE_WALL_MILLISECONDS = 1_500;

async function settle(_clock: ScenarioClock, speed: number): Promise<void> {
  const wall = Math.max(SETTLE_WALL_MILLISECONDS, Math.min(5_000, (SETTLE_SCENARIO_SECONDS * 1000) / speed));
  await new Promise((resolve) => setTimeout(resolve, wall));
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
    receipts: (component) => join(demonstrationSignerFolder(folder, component), "receipts"),
    clock,
    onListening: (addresses) => centre.connectCosigners(addresses),
  });
  nodes.start();
  return nodes;
}

async function untilInstant(clock: ScenarioClock, at: Instant | undefined): Promise<void> {
  if (at === undefined) return new Promise(() => undefined);
  while (clock.now() < at)
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(1_000, Math.max(5, (at - clock.now()) / 1000 / clock.speed))),
    );
  return undefined;
}
