/**
 * The centre: everything that runs, put together. Reads like a table of contents: folder, keys, record lane, sensor lane,
 * projection, API, beats, stopping.
 */
import type { Readable } from "node:stream";
import type { Mission } from "@openjmc/agreement";
import type { WeatherEstimate } from "@openjmc/fusion";
import {
  bad,
  FaultError,
  good,
  type Instant,
  type Result,
  type SourceDescription,
  type SourceRow,
} from "@openjmc/model";
import { bytesToHex, readLeaf, unwrap } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { actOfDecision, actOfSettledEvent, lapsesDue } from "./acts/machine-acts.ts";
import { Sealer } from "./acts/sealing.ts";
import type { RenderedReport, ReportRequest } from "./api/context.ts";
import { PictureHub } from "./api/picture-hub.ts";
import { createServer } from "./api/server.ts";
import { StreamHub } from "./api/stream-hub.ts";
import { openAttachments } from "./attachments/index.ts";
import { type Clock, wallClock } from "./clock.ts";
import { createMissionFeeds, feedTable } from "./feeds/mission-feeds.ts";
import { type DiskSpace, DiskWatch, openFolder, whileThereIsRoom } from "./folder/index.ts";
import { type CentreFile, readCentreFile } from "./founding/centre-file.ts";
import { openMachineKeys, readMqttPasswords } from "./founding/machine-keys.ts";
import { openJournal } from "./journal/index.ts";
import { configureLane, type LaneOutput } from "./lane/lane.ts";
import { SensorLane } from "./lane/sensor-lane.ts";
import { createMetrics } from "./metrics.ts";
import { readMission } from "./mission/read.ts";
import { openPicture } from "./picture/index.ts";
import { nodePrimitives } from "./primitives.ts";
import { Projector } from "./projection/projector.ts";
import { catchUp } from "./projection/rebuild.ts";
import { VIEW_SCHEMA } from "./projection/rows.ts";
import { createViewReader } from "./projection/view-reader.ts";
import { openKeeper } from "./record/index.ts";
import { readLeafAt, readLeaves } from "./record/leaves.ts";
import { openRecordedTimes } from "./registrar/recorded-at.ts";
import { type Registered, Registrar } from "./registrar/registrar.ts";
import { createReporter } from "./reports/reporter.ts";
import { keepDrafts, keepSessions } from "./sessions/keeping.ts";
import { Sessions } from "./sessions/sessions.ts";
import { SigningRequests } from "./signing/requests.ts";
import { openLocalStore, openStore } from "./store/index.ts";
import { VERSION } from "./version.ts";

export interface CentreOptions {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  /** The scenario's clock in an exercise; wall time otherwise. */
  readonly clock?: Clock;
  readonly consoleFolder?: string;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** PostgreSQL for the projection instead of the embedded store. */
  readonly postgresUrl?: string;
  /** Addresses that take the place of the mission's, by source: the exercise's servers. */
  readonly links?: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
  readonly mqtt?: { readonly host: string; readonly port: number };
  /** Weather as known at the start, on which sound travels. */
  readonly weather?: WeatherEstimate;
  /** Room on the folder's device, where it is not to be asked of the system. */
  readonly diskSpace?: () => DiskSpace;
  /** Told of every durable entry. */
  readonly onEntry?: (registered: Registered) => void;
  /** Told of what fusion put out, beat by beat. */
  readonly onPicture?: (output: LaneOutput, at: Instant) => void;
}

export interface Centre {
  readonly url: string;
  readonly file: CentreFile;
  readonly mission: Mission;
  readonly registrar: Registrar;
  /** Where each feed listens or connects. */
  readonly feedAddresses: ReadonlyMap<string, string>;
  readonly app: FastifyInstance;
  /** Set when the centre had to stop by itself. */
  readonly failure: Promise<FaultError>;
  stop(): Promise<void>;
}

const FLUSH_PICTURE_MILLISECONDS = 250;
const SEAL_MILLISECONDS = 1_000;
const SOURCE_PUBLISH_MILLISECONDS = 1_000;
const DISK_MILLISECONDS = 1_000;

/** Opens a founded centre and serves it. Throws `FaultError`s that name what is in the way. */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const clock = options.clock ?? wallClock();
  const wall = wallClock();
  const { logger } = options;
  const closers: (() => Promise<unknown> | unknown)[] = [];
  refusePlainBeyondLoopback(options);
  const stopAll = (): Promise<void> => closeAll(closers.splice(0).reverse(), logger);
  try {
    // The folder, held by this process alone, and what was founded in it.
    const folder = openFolder(options.folder, { purpose: "serve", now: wall.now() });
    closers.push(() => folder.close());
    const { paths } = folder;
    const disk = new DiskWatch({
      root: paths.root,
      space: options.diskSpace ?? (() => folder.space()),
      onChange: (fault) => (fault ? logger.error({ fault }, "disk") : logger.info("room on the disk again")),
    });
    const file = readCentreFile(paths);
    const mission = requireMission(paths.mission, file);
    const keys = openMachineKeys(paths.keys, file.origin);
    let reportFailure: (fault: FaultError) => void = () => undefined;
    const failure = new Promise<FaultError>((resolve) => {
      reportFailure = resolve;
    });

    // The record lane: keeper, registrar, replay of what is there.
    const keeper = await openKeeper({
      recordFolder: paths.record,
      keeperFolder: paths.keeper,
      logKey: keys.logKey,
      signer: keys.log,
      primitives: nodePrimitives,
    });
    closers.push(() => keeper.close());
    const times = openRecordedTimes(paths.recordedAt);
    closers.push(() => times.close());
    const hub = new StreamHub(wall.now());
    closers.push(() => hub.close());
    const store = await openStore(
      options.postgresUrl === undefined
        ? { file: paths.projection, viewSchema: VIEW_SCHEMA }
        : { postgresUrl: options.postgresUrl, viewSchema: VIEW_SCHEMA },
    );
    closers.push(() => store.close());
    const projector = new Projector(store, (fault) => logger.error({ fault: fault.fault }, "projection"));
    closers.push(() => projector.flush());
    const registrar = new Registrar({
      primitives: nodePrimitives,
      keeper,
      times,
      machine: keys.machine,
      now: () => clock.now(),
      context: () => ({
        provisions: new Set(mission.view.provisions.map((provision) => provision.id)),
        authenticLanguages: mission.view.authenticLanguages,
        parties: new Set(mission.view.parties.map((party) => party.code)),
      }),
      onRegistered: (registered) => announce(registered),
      onTrouble: (problem) => logger.error({ err: problem }, "times of entries"),
      onFatal: (fault) => {
        logger.fatal({ fault: fault.fault }, "the record could not be written");
        reportFailure(fault);
      },
    });
    const loaded = registrar.load(readLeaves(paths.record, keeper.size), false);
    registrar.requireHead({ size: keeper.size, root: bytesToHex(keeper.head.root) });
    const lastSeal = loaded.findLast(({ entry }) => entry.kind === "recordings.sealed");
    const sealedSequence = Number(lastSeal?.entry.body.lastSequence ?? 0);

    // The sensor lane: journal, picture, fusion.
    const journal = await openJournal({ directory: paths.journal });
    closers.push(() => journal.close());
    const picture = await openPicture({ directory: paths.picture });
    closers.push(() => picture.close());
    for (const notice of [...journal.notices, ...picture.notices]) logger.warn({ fault: notice }, "mended at start");
    const sources = mission.view.sources.map((source) => withLink(source, options.links?.[source.id]));
    const pictureHub = new PictureHub();
    let eventsTotal = 0;
    const liveTracks = new Set<string>();
    const lane = new SensorLane({
      mission,
      configuration: configureLane(
        { ...mission, view: { ...mission.view, sources } },
        feedTable(sources),
        clock.speed,
        options.weather,
      ),
      journal,
      clock,
      onTrouble: (feed, fault) => logger.warn({ feed, fault }, "feed"),
      refusal: () => disk.fault,
      onLines: (lines, at, journalSequence) => {
        for (const line of lines) projector.line(picture.append(at, journalSequence, line), line);
      },
      onOutput: (output, at) => takeOutput(output, at),
    });

    // Views: brought up to date from record and picture where they lag behind.
    await catchUp(
      store,
      loaded.map(({ entry, changes }) => ({ index: entry.index, changes })),
      picture,
    );
    const views = createViewReader(store, projector);

    // People: sessions, signing requests, drafts, files.
    const onLocalTrouble = (error: unknown): void => logger.error({ err: error }, "local.db");
    const local = await openLocalStore(paths.local);
    closers.push(() => local.close());
    const sessions = new Sessions(await keepSessions(local, onLocalTrouble), () => wall.now());
    const requests = new SigningRequests(() => wall.now());
    closers.push(() => requests.release());
    const drafts = await keepDrafts(local, onLocalTrouble);
    const attachments = await openAttachments({ directory: paths.attachments });

    const publishSource = throttleSources((row) =>
      hub.publish({ type: "row", view: "sources", key: row.id, row, index: registrar.size }),
    );
    const announce = (registered: Registered): void => {
      projector.entry(registered.entry.index, registered.changes);
      for (const change of registered.changes)
        hub.publish({
          type: "row",
          view: change.view,
          key: change.key,
          row: change.row ?? null,
          index: registered.entry.index,
        });
      hub.publish({ type: "record", ...registrar.anchor(), sealedSize: 0 });
      if (registered.entry.kind === "flight.notified") lane.setFlights([...registrar.desk.flights.values()]);
      if (registered.entry.kind === "officer.revoked") sessions.closeAllOf(String(registered.entry.body.officer));
      options.onEntry?.(registered);
    };
    const takeOutput = (output: LaneOutput, at: Instant): void => {
      for (const track of output.tracks) {
        if (track.status === "ended") liveTracks.delete(track.id);
        else liveTracks.add(track.id);
      }
      pictureHub.update(output.tracks);
      for (const row of output.events) {
        if (row.version <= 1) eventsTotal += 1;
        hub.publish({ type: "row", view: "events", key: row.id, row, index: registrar.size });
      }
      for (const row of output.sources) publishSource(row);
      const acts = [...output.decisions.map(actOfDecision), ...output.settled.map(actOfSettledEvent)];
      if (acts.length > 0)
        registrar.act(acts).catch((error: unknown) => logger.error({ err: error }, "act of the machine"));
      options.onPicture?.(output, at);
    };

    // The API.
    const report = createReporter({
      mission,
      store,
      flush: () => projector.flush(),
      now: () => clock.now(),
      record: () => ({ origin: file.origin, ...registrar.anchor() }),
    });
    const app = await createServer({
      logger,
      ...(options.tls ? { tls: options.tls } : {}),
      context: {
        version: VERSION,
        name: mission.view.names.en ?? mission.view.id,
        origin: file.origin,
        exercise: file.exercise,
        clock,
        wallNow: () => wall.now(),
        mission: () => mission,
        registrar,
        views,
        hub,
        pictureHub,
        sessions,
        requests,
        attachments: {
          put: async (bytes: Readable) =>
            attachments.put(whileThereIsRoom(bytes, disk, (fault) => new FaultError(fault))),
          get: async (sha256) => {
            const found = await attachments.find(sha256);
            return found ? { stream: await attachments.read(sha256), bytes: found.bytes } : undefined;
          },
        },
        drafts,
        report: (request: ReportRequest): Promise<Result<RenderedReport>> => report(request),
        recordFolder: paths.record,
        consoleFolder: options.consoleFolder,
        releaseRule: () => mission.view.release,
        metrics: createMetrics({
          tracksLive: () => liveTracks.size,
          eventsTotal: () => eventsTotal,
          entriesTotal: () => registrar.size,
          sealedSize: () => 0,
          sources: () => lane.sourceRows(),
          shedTotal: () => lane.shedTotal,
          projectionWaiting: () => projector.waiting,
        }),
        troubles: () => [disk.fault, keeper.stopped?.fault, journal.fault].filter((fault) => fault !== undefined),
        sealedSize: () => 0,
        publish: (event) => hub.publish(event),
        leafAt: async (index) => {
          const leaf = readLeafAt(paths.record, keeper.size, index);
          return leaf === undefined ? undefined : unwrap(readLeaf(nodePrimitives.sha256, leaf));
        },
        submit: async (leaf) => {
          if (disk.fault) return bad(disk.fault);
          const result = await registrar.submit(leaf);
          if (!result.ok) return result;
          const { entry } = result.value;
          return good({ statement: entry.statement, index: entry.index, recordedAt: entry.recordedAt });
        },
      },
    });
    await listen(app, options);
    closers.push(() => app.close());

    // Feeds, last: nothing is decoded before everything that needs it stands.
    let connections = journal.lastSequence;
    const passwords = readMqttPasswords(paths.keys);
    const feeds = createMissionFeeds({
      sources,
      sink: lane,
      nextConnection: () => ++connections,
      mqtt: {
        host: options.mqtt?.host ?? "127.0.0.1",
        port: options.mqtt?.port ?? 1883,
        access: sources.flatMap((source) =>
          source.link.kind === "mqtt"
            ? [
                {
                  topic: source.link.topic,
                  ...(passwords[source.id] === undefined ? {} : { user: source.id, password: passwords[source.id]! }),
                },
              ]
            : [],
        ),
      },
    });
    const sealer = new Sealer(journal, picture, registrar, sealedSequence);
    const beats: NodeJS.Timeout[] = [];
    closers.push(async () => {
      for (const beat of beats) clearInterval(beat);
      for (const feed of feeds) await feed.stop();
      lane.stop();
      if (keeper.stopped !== undefined) return;
      await registrar.settled();
      journal.cutMinute();
      await sealer.seal();
    });
    lane.start();
    lane.setFlights([...registrar.desk.flights.values()]);
    for (const feed of feeds) await feed.start();

    // Beats: picture out, minutes sealed, deadlines watched.
    beats.push(
      setInterval(() => pictureHub.flush(clock.now()), FLUSH_PICTURE_MILLISECONDS),
      setInterval(() => disk.look(), DISK_MILLISECONDS),
      setInterval(() => {
        sealer.seal().catch((error: unknown) => logger.error({ err: error }, "sealing"));
        const lapses = lapsesDue(registrar.state, clock.now());
        if (lapses.length > 0) registrar.act(lapses).catch((error: unknown) => logger.error({ err: error }, "lapse"));
      }, SEAL_MILLISECONDS),
    );
    logger.info({ url: urlOf(app, options), origin: file.origin, entries: registrar.size }, "centre open");
    return {
      url: urlOf(app, options),
      file,
      mission,
      registrar,
      feedAddresses: new Map(feeds.map((feed) => [feed.id, feed.address()])),
      app,
      failure,
      stop: stopAll,
    };
  } catch (error) {
    await stopAll().catch(() => undefined);
    throw error;
  }
}

/** Closes everything, also when some of it fails: the folder's lock is the last and must be let go. Throws the first failure. */
async function closeAll(closers: readonly (() => Promise<unknown> | unknown)[], logger: Logger): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      logger.error({ err: error }, "stopping");
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function requireMission(folder: string, file: CentreFile): Mission {
  const result = readMission(folder, {
    exercise: file.exercise,
    ...(file.startsAt === undefined ? {} : { startsAt: file.startsAt }),
  });
  if (result.ok) return result.value;
  throw new FaultError(result.faults[0]!);
}

function withLink(
  source: SourceDescription,
  link: { readonly host: string; readonly port: number } | undefined,
): SourceDescription {
  return link && (source.link.kind === "tcp-client" || source.link.kind === "tcp-listener")
    ? { ...source, link: { ...source.link, ...link } }
    : source;
}

/** Beyond loopback a browser gives no cryptography to plain HTTP, so the centre does not offer it. */
function refusePlainBeyondLoopback(options: CentreOptions): void {
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

function urlOf(app: FastifyInstance, options: CentreOptions): string {
  const address = app.server.address();
  const port = address && typeof address === "object" ? address.port : options.port;
  const host = options.host === "127.0.0.1" ? "localhost" : options.host;
  return `${options.tls ? "https" : "http"}://${host}:${port}`;
}

/** Source rows change with every frame; screens are told of each source at most once a second. */
function throttleSources(publish: (row: SourceRow) => void): (row: SourceRow) => void {
  const last = new Map<string, { at: number; state: string }>();
  return (row) => {
    const now = performance.now();
    const before = last.get(row.id);
    if (before && before.state === row.state && now - before.at < SOURCE_PUBLISH_MILLISECONDS) return;
    last.set(row.id, { at: now, state: row.state });
    publish(row);
  };
}
