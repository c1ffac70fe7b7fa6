/**
 * The centre: everything that runs, put together. Reads like a table of contents: foundation, record lane, sensor lane,
 * views, people, screens, API, feeds, beats, stopping. The parts stand in `centre/`.
 */
import { Readable } from "node:stream";
import { actsOf } from "./acts/machine-acts.ts";
import { owedActs } from "./acts/owed-acts.ts";
import { Sealer } from "./acts/sealing.ts";
import { startBeats } from "./centre/beats.ts";
import { Closers } from "./centre/closers.ts";
import { openCosigners } from "./centre/cosigners.ts";
import { startCourier } from "./centre/courier.ts";
import { openOperatorsDoor } from "./centre/door.ts";
import { makeFeeds } from "./centre/feeds.ts";
import { startFeedsOut } from "./centre/feeds-out.ts";
import { catchUpMission, followMission } from "./centre/follow-mission.ts";
import { layFoundation } from "./centre/foundation.ts";
import { type InterfaceParts, openInterface, refusePlainBeyondLoopback, urlOf } from "./centre/interface.ts";
import type { Centre, CentreOptions } from "./centre/options.ts";
import { openPeople } from "./centre/people.ts";
import { PLANS, planOf } from "./centre/plan.ts";
import { openPress } from "./centre/press.ts";
import { openRecordLane, type RecordLane } from "./centre/record-lane.ts";
import { Screens } from "./centre/screens.ts";
import { openSensors } from "./centre/sensors.ts";
import { sourceKeysOf } from "./centre/source-keys.ts";
import { openViews } from "./centre/views.ts";
import { Watching } from "./centre/watching.ts";
import type { Feed } from "./feeds/feed.ts";
import { stateProgramme } from "./programme/index.ts";
import { catchUp } from "./projection/rebuild.ts";
import { actsOfComparison } from "./tap/mismatch.ts";

export type { Centre, CentreOptions } from "./centre/options.ts";

const SESSIONS_END_WITH: ReadonlySet<string> = new Set(["officer.enrolled", "officer.rotated", "officer.revoked"]);

/** Opens a founded centre and serves it. Throws `FaultError`s that name what is in the way. */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  refusePlainBeyondLoopback(options);
  const closers = new Closers(options.logger);
  try {
    return await open(options, closers);
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}

async function open(options: CentreOptions, closers: Closers): Promise<Centre> {
  const foundation = layFoundation(options, closers);
  const views = await openViews(foundation);
  const record = await openRecordLane(foundation, views.store);
  await catchUpMission(foundation, record);
  const sensors = await openSensors(foundation, sealedSequenceOf(record));
  await catchUp(views.store, [], sensors.picture);
  const people = await openPeople(foundation);
  const press = await openPress(foundation, record, views, people);
  const sealedSize = (): number => cosigners.cosigning.sealedSize;
  const screens = new Screens(foundation, record, sealedSize);
  const cosigners = await openCosigners(foundation, record, people, () => screens.head());
  const parts: InterfaceParts = { foundation, record, views, sensors, people, press, screens, sealedSize, cosigners };
  tieTogether(parts);
  const app = await openInterface(parts);
  await openOperatorsDoor(foundation, record);
  startCourier(foundation, record);
  const feeds = makeFeeds(foundation, sensors);
  await run(parts, feeds);
  startFeedsOut(foundation, record, sensors);
  if (options.programme) stateProgramme(foundation, record, options.programme);
  const url = urlOf(app, options);
  const { file, failure, logger } = foundation;
  logger.info({ url, origin: file.origin, entries: record.registrar.size }, "centre open");
  return {
    url,
    file,
    get mission() {
      return foundation.mission;
    },
    registrar: record.registrar,
    feedAddresses: new Map(feeds.map((feed) => [feed.id, feed.address()])),
    app,
    connectCosigners: cosigners.connect,
    failure,
    stop: () => closers.closeAll(),
  };
}

/** Last record of the journal that an entry seals; 0 before the first seal. */
const sealedSequenceOf = ({ loaded }: RecordLane): number => Number(loaded.lastSeal?.body.lastSequence ?? 0);

/** Who is told of what: entries and what fusion puts out, each in this order. */
function tieTogether({ foundation, record, views, sensors, people, screens }: InterfaceParts): void {
  const { registrar } = record;
  const { options, logger } = foundation;
  record.entries.add(({ entry, changes }) => views.projector.entry(entry.index, changes));
  record.entries.add((registered) => screens.entry(registered));
  record.entries.add(({ entry }) => {
    if (PLANS.has(entry.kind)) sensors.lane.change(planOf(registrar.desk, entry.recordedAt));
    if (entry.kind === "source.keyed" && entry.effect === "joint")
      sensors.lane.change({ keys: sourceKeysOf(registrar) });
    if (entry.kind === "tap.compared")
      registrar
        .act(actsOfComparison(entry, foundation.mission.view.sources))
        .catch((error: unknown) => logger.error({ err: error }, "comparison of taps"));
    // One root's signature changes nobody yet, and a component's roots only their own officers. Who has another key may have other
    // roles, and his old key may be in other hands: its sessions are over in the record too, and he signs in again.
    if (SESSIONS_END_WITH.has(entry.kind) && entry.effect === "keys-changed")
      people.sessions.closeAllOf(entry.component, String(entry.body.officer ?? entry.role));
  });
  followMission(foundation, record, sensors);
  record.entries.add((registered) => options.onEntry?.(registered));

  sensors.lines.add(({ position, line }) => views.projector.line(position, line));
  sensors.beats.add((beat) => screens.beat(beat));
  sensors.beats.add(({ output }) => {
    const acts = actsOf(output);
    if (acts.length > 0)
      registrar.act(acts).catch((error: unknown) => logger.error({ err: error }, "act of the machine"));
  });
  // A still that a crash keeps from its place is in the journal all the same.
  sensors.beats.add(({ output }) => {
    for (const { sha256, mediaType, bytes } of output.stills)
      people.attachments
        .put(Readable.from([bytes]), mediaType, sha256)
        .catch((error: unknown) => logger.warn({ err: error }, "still of a camera"));
  });
  sensors.beats.add(({ output, at }) => options.onPicture?.(output, at));
}

/** How long a stopping centre waits for the cosigners to sign what came last. */
const LAST_ROUND_MILLISECONDS = 3_000;

/** Lets the lane tick, the feeds bring and the beats beat; when the centre stops, what came last is sealed. */
async function run({ foundation, record, sensors, cosigners }: InterfaceParts, feeds: readonly Feed[]): Promise<void> {
  const { journal, picture } = sensors;
  const { registrar, keeper, loaded } = record;
  const sealedSequence = sealedSequenceOf(record);
  const sealer = new Sealer(journal, picture, registrar, sealedSequence);
  sensors.beats.add(({ output }) => sealer.addTaps(output.taps));
  const owed = await owedActs(picture.readCausedAfter(sealedSequence), loaded.sinceSeal);
  await registrar
    .act(owed)
    .catch((error: unknown) => foundation.logger.error({ err: error }, "acts owed to the record"));
  const watching = new Watching(record, sensors, feeds, sealer);
  let stopBeats = (): void => undefined;
  foundation.closers.add(async () => {
    stopBeats();
    await watching.stop();
    if (keeper.stopped === undefined) await cosigners.cosigning.sealHead(LAST_ROUND_MILLISECONDS);
  });
  await watching.start((error) => foundation.logger.error({ err: error }, "end of the watch"));
  stopBeats = startBeats(foundation, record, sealer);
}
