/** The sensor lane, put together: journal, picture, fusion, and who is told of what comes out. */
import { FaultError, type Instant, MICROSECONDS_PER_HOUR, type SourceDescription } from "@openjmc/model";
import { feedTable } from "../feeds/feed-table.ts";
import { type Journal, openJournal } from "../journal/index.ts";
import { editionFaults } from "../lane/asterix-connection.ts";
import { flyingAtCrash } from "../lane/flight-marks.ts";
import { configureLane } from "../lane/lane-configuration.ts";
import type { LaneOutput } from "../lane/lane-output.ts";
import { SensorLane } from "../lane/sensor-lane.ts";
import { openPicture, type Picture } from "../picture/index.ts";
import { LineWriter, type PlacedLine } from "../picture/line-writer.ts";
import type { Foundation } from "./foundation.ts";
import { Listeners } from "./listeners.ts";

/** What a beat of fusion brought, and when. */
export interface Beat {
  readonly output: LaneOutput;
  readonly at: Instant;
}

export interface Sensors {
  readonly sources: readonly SourceDescription[];
  readonly journal: Journal;
  readonly picture: Picture;
  readonly lane: SensorLane;
  readonly beats: Listeners<Beat>;
  readonly lines: Listeners<PlacedLine>;
}

/** `sealedSequence`: last record of the journal that an entry seals; the journal goes on behind it, though its files be gone. */
export async function openSensors(foundation: Foundation, sealedSequence: number): Promise<Sensors> {
  const { options, paths, closers, logger, mission, clock, disk } = foundation;
  const [unreadable] = editionFaults(mission.view.sources);
  if (unreadable) throw new FaultError(unreadable);
  const journal = closers.keep(await openJournal({ directory: paths.journal, after: sealedSequence }));
  const picture = closers.keep(await openPicture({ directory: paths.picture }));
  for (const notice of [...journal.notices, ...picture.notices]) logger.warn({ fault: notice }, "mended at start");
  const sources = mission.view.sources.map((source) => withLink(source, options.links?.[source.id]));
  const beats = new Listeners<Beat>();
  const lines = new Listeners<PlacedLine>();
  const writer = new LineWriter(picture, (placed) => lines.tell(placed));
  const since = await lastTaken(journal, clock.now());
  const flying = await flyingAtCrash(journal);
  const lane = new SensorLane({
    configuration: {
      ...configureLane(
        { ...mission, view: { ...mission.view, sources } },
        feedTable(sources),
        clock.speed,
        options.weather,
      ),
      ...(since === undefined ? {} : { since }),
      ...(flying === undefined ? {} : { flying }),
    },
    journal,
    clock,
    onTrouble: (feed, fault) => logger.warn({ feed, fault }, "feed"),
    refusal: () => disk.fault,
    onLines: (fresh, at, journalSequence) => writer.write(fresh, at, journalSequence),
    onOutput: (output, at) => beats.tell({ output, at }),
  });
  return { sources, journal, picture, lane, beats, lines };
}

/** What is older than this is no longer picked, and need not be asked for. */
const LONGEST_BACK_FILL = MICROSECONDS_PER_HOUR;

/** When the last thing came that an earlier run journalled; undefined where there was none within the hour. */
async function lastTaken(journal: Journal, now: Instant): Promise<Instant | undefined> {
  if (journal.lastSequence === 0) return undefined;
  for await (const { receivedAt } of journal.readFromSequence(journal.lastSequence))
    return Math.max(receivedAt, now - LONGEST_BACK_FILL);
  return undefined;
}

function withLink(
  source: SourceDescription,
  link: { readonly host: string; readonly port: number } | undefined,
): SourceDescription {
  if (!link || source.link.kind === "mqtt" || source.link.kind === "people") return source;
  return { ...source, link: { ...source.link, ...link } };
}
