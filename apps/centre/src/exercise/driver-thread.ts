/** The driver's own thread: it must not share the centre's event loop, or it would measure itself. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createScenario } from "@openjmc/exercise";
import { type Fault, FaultError } from "@openjmc/model";
import { Conductor } from "./conductor.ts";
import type { DriverStart, DriverStats, FromDriver, ToDriver } from "./driver-protocol.ts";
import type { Endpoints } from "./endpoint.ts";
import { TruthFile } from "./truth-file.ts";
import { openWire } from "./wires/open-wire.ts";

function main(port: MessagePort, start: DriverStart): void {
  const say = (message: FromDriver): void => port.postMessage(message);
  const { mission, seed, startsAt, durationSeconds } = start.scenario;
  const scenario = createScenario(start.scenario);
  const header = { seed, startsAt, mission: mission.id, episodeSeconds: durationSeconds };
  const truth = TruthFile.open(start.folder, { type: "scenario", at: startsAt, version: 1, ...header });
  const conductor = new Conductor({
    play: (from) => scenario.play(from),
    truth,
    onAct: (act) => say({ say: "act", act }),
  });
  conductor.prime(start.from);
  port.on("message", (message: ToDriver) => {
    hear(message, conductor, truth, say, port).catch((error: unknown) => say({ say: "failed", fault: faultOf(error) }));
  });
  say({ say: "ready" });
}

async function hear(
  message: ToDriver,
  conductor: Conductor,
  truth: TruthFile,
  say: (message: FromDriver) => void,
  port: MessagePort,
): Promise<void> {
  switch (message.say) {
    case "connect":
      return answer(say, message.number, () => connect(conductor, message.endpoints));
    case "run":
      return conductor.run(message.clock);
    case "pause":
      return conductor.pause();
    case "stats":
      return answer(say, message.number, async () => statsOf(conductor));
    case "stop":
      await answer(say, message.number, () => stop(conductor, truth));
      port.close();
  }
}

async function answer(say: (message: FromDriver) => void, number: number, work: () => Promise<unknown>): Promise<void> {
  try {
    say({ say: "answer", number, value: await work() });
  } catch (error) {
    say({ say: "answer", number, fault: faultOf(error) });
  }
}

/** Opens wires; answers the ports of those that listen. A source's new wire takes the place of its old one. */
async function connect(conductor: Conductor, endpoints: Endpoints): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const [source, endpoint] of Object.entries(endpoints)) {
    await conductor.wires().get(source)?.stop();
    const { wire, port } = await openWire(source, endpoint);
    conductor.setWire(source, wire);
    if (port !== undefined) ports[source] = port;
  }
  return ports;
}

async function stop(conductor: Conductor, truth: TruthFile): Promise<void> {
  conductor.stop();
  await Promise.all([...conductor.wires().values()].map((wire) => wire.stop()));
  truth.close();
}

function statsOf(conductor: Conductor): DriverStats {
  const wires = Object.fromEntries([...conductor.wires()].map(([source, wire]) => [source, wire.count()]));
  const { lateness, latestMilliseconds, unconnected } = conductor;
  return { wires, lateness, latestMilliseconds, unconnected };
}

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const cause = error instanceof Error ? error.message : String(error);
  return { code: "exercise.driver-failed", what: "driver of the exercise", cause };
}

if (parentPort) main(parentPort, workerData as DriverStart);
