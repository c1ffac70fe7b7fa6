/** The API over everything else, served. */
import { bad, type Fault, FaultError, good } from "@openjmc/model";
import { readLeaf, unwrap } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../api/context.ts";
import { createServer } from "../api/server.ts";
import type { EscalationContext } from "../escalation/forms.ts";
import { createMetrics } from "../metrics.ts";
import type { PressDesk } from "../press/press-desk.ts";
import { nodePrimitives } from "../primitives.ts";
import { createViewReader } from "../projection/view-reader.ts";
import { readLeafAt } from "../record/leaves.ts";
import { finalMatterOf } from "../reports/final-reporter.ts";
import { createPrinter, type Printer } from "../reports/printer.ts";
import type { FinalRequest } from "../reports/requests.ts";
import { createThreadedReporter } from "../reports/threaded-reporter.ts";
import { KeyUses } from "../sessions/key-uses.ts";
import { VERSION } from "../version.ts";
import type { Cosigners } from "./cosigners.ts";
import { openEditions } from "./editions.ts";
import type { Foundation } from "./foundation.ts";
import type { CentreOptions } from "./options.ts";
import type { People } from "./people.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Screens } from "./screens.ts";
import type { Sensors } from "./sensors.ts";
import type { Views } from "./views.ts";

export interface InterfaceParts {
  readonly foundation: Foundation;
  readonly record: RecordLane;
  readonly views: Views;
  readonly sensors: Sensors;
  readonly people: People;
  readonly press: PressDesk;
  readonly screens: Screens;
  readonly sealedSize: () => number;
  readonly cosigners: Cosigners;
}

/** Makes the server and lets it listen. Throws `port.taken`. */
export async function openInterface(parts: InterfaceParts): Promise<FastifyInstance> {
  const { options, logger, closers } = parts.foundation;
  const app = await createServer({ logger, ...(options.tls ? { tls: options.tls } : {}), context: contextOf(parts) });
  await listen(app, options);
  closers.keep(app);
  return app;
}

function contextOf(parts: InterfaceParts): ApiContext {
  const { foundation, record, views, sensors, people, screens } = parts;
  const { file, clock, wall, disk, paths, options, working } = foundation;
  const { registrar, keeper } = record;
  const refusals = new Map<string, number>();
  const printer = createPrinter();
  const { report, finalReport } = reportsOf(parts, printer);
  return {
    version: VERSION,
    get name() {
      const { names, id } = foundation.mission.view;
      return names.en ?? id;
    },
    origin: file.origin,
    exercise: file.exercise,
    clock,
    wallNow: () => wall.now(),
    mission: () => foundation.mission,
    registrar,
    views: createViewReader(views.store, views.projector),
    hub: screens.stream,
    pictureHub: screens.picture,
    ...people,
    press: parts.press,
    report,
    finalReport,
    escalation: escalationOf(parts, printer),
    editions: openEditions(foundation, record, people, report),
    recordFolder: paths.record,
    consoleFolder: options.consoleFolder,
    releaseRule: () => foundation.mission.view.release,
    metrics: createMetrics({
      tracksLive: () => screens.tracksLive,
      eventsTotal: () => screens.eventsTotal,
      entriesTotal: () => registrar.size,
      sealedSize: parts.sealedSize,
      sources: () => sensors.lane.sourceRows(),
      shedTotal: () => sensors.lane.shedTotal,
      projectionWaiting: () => views.projector.waiting,
      refusals: () => refusals,
    }),
    onRefusal: (code) => void refusals.set(code, (refusals.get(code) ?? 0) + 1),
    hindrances: () => known(disk.fault, keeper.stopped?.fault, sensors.journal.fault),
    troubles: () => known(disk.fault, keeper.stopped?.fault, sensors.journal.fault, working.trouble),
    unsealed: () => record.recordings.unsealed(),
    sealedSize: parts.sealedSize,
    cosigning: parts.cosigners.cosigning,
    receipt: parts.cosigners.receipt,
    recordedBodies: (first, last) => sensors.journal.bodies(first, last),
    keyUses: keyUsesOf(record),
    publish: (event) => screens.stream.publish(event),
    leafAt: async (index) => {
      const leaf = readLeafAt(paths.record, keeper.size, index);
      return leaf === undefined ? undefined : unwrap(readLeaf(nodePrimitives.sha256, leaf));
    },
    submit: async (leaf) => {
      if (disk.fault) return bad(disk.fault);
      // Whoever signs nothing learns nothing of what is stored here, and has nothing read for him.
      const unsigned = registrar.faultOf(leaf);
      if (unsigned) return bad(unsigned);
      const lacking = await missingFile(leaf, people);
      if (lacking !== undefined) return bad({ ...NOT_STORED, got: lacking });
      const unfit = working.faultOf(leaf);
      if (unfit) return bad(unfit);
      const result = await registrar.submit(leaf);
      if (!result.ok) return result;
      const { entry } = result.value;
      return good({ statement: entry.statement, index: entry.index, recordedAt: entry.recordedAt });
    },
  };
}

const known = (...faults: readonly (Fault | undefined)[]): Fault[] => faults.filter((fault) => fault !== undefined);

function keyUsesOf({ loaded, entries }: RecordLane): KeyUses {
  const uses = new KeyUses();
  for (const entry of loaded.entries) uses.take(entry);
  entries.add(({ entry }) => uses.take(entry));
  return uses;
}

/** A mirror cosigns only what it stores: an entry whose file nobody has would keep the record from being sealed. */
const NOT_STORED = {
  code: "attachment.not-stored",
  what: "file that the statement names",
  expected: "the file stored at the centre before the statement",
};

/** Ciphertexts of sealed entries are looked for where those are taken in. */
async function missingFile(bytes: Uint8Array, people: People): Promise<string | undefined> {
  const leaf = readLeaf(nodePrimitives.sha256, bytes);
  for (const { rel, sha256 } of leaf.ok ? leaf.value.statement.refs : []) {
    if (rel !== "attachment") continue;
    const found = await people.attachments.get(sha256);
    if (!found) return sha256;
    found.stream.destroy();
  }
  return undefined;
}

/** All reports, in the thread and the process that are theirs. */
function reportsOf({ foundation, record, views }: InterfaceParts, printer: Printer) {
  const { file, clock } = foundation;
  const { registrar, recordings } = record;
  const mission = () => foundation.mission;
  const now = () => clock.now();
  const reporter = createThreadedReporter({
    ...{ mission, now, printer, views: views.where, flush: () => views.projector.flush() },
    record: () => ({ origin: file.origin, ...registrar.head() }),
  });
  foundation.closers.add(() => reporter.close());
  const closing = () => ({
    sources: foundation.mission.view.sources.map(({ id }) => id),
    unsealed: recordings.unsealed(),
  });
  const matter = () => finalMatterOf({ mission, now, desk: () => registrar.desk, closing });
  return { report: reporter.report, finalReport: (request: FinalRequest) => reporter.final(request, matter) };
}

function escalationOf({ foundation, record }: InterfaceParts, printer: Printer): EscalationContext {
  const { file, clock, keys, paths } = foundation;
  return {
    registrar: record.registrar,
    mission: () => foundation.mission.view,
    ...{ origin: file.origin, keysFolder: paths.keys, machine: keys.machine },
    now: () => clock.now(),
    printer,
  };
}

async function listen(app: FastifyInstance, options: CentreOptions): Promise<void> {
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    throw new FaultError({
      code: "port.taken",
      what: "listening",
      where: { field: "--port" },
      expected: `port ${options.port} free on ${options.host}`,
      cause: (error as Error).message,
    });
  }
}

/** Where a browser finds it. */
export function urlOf(app: FastifyInstance, options: CentreOptions): string {
  const address = app.server.address();
  const port = address && typeof address === "object" ? address.port : options.port;
  const host = options.host === "127.0.0.1" ? "localhost" : options.host;
  return `${options.tls ? "https" : "http"}://${host}:${port}`;
}

/** Beyond loopback a browser gives no cryptography to plain HTTP, so the centre does not offer it. Throws `tls.required`. */
export function refusePlainBeyondLoopback(options: CentreOptions): void {
  const isLoopback = ["127.0.0.1", "localhost", "::1"].includes(options.host) || options.host.startsWith("127.");
  if (isLoopback || options.tls) return;
  throw new FaultError({
    code: "tls.required",
    what: "listening",
    where: { field: "--host" },
    expected: "--tls-cert and --tls-key, or --tls self, for any host but loopback",
    got: options.host,
  });
}
