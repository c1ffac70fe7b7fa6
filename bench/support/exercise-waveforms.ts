/** Half an hour of an exercise in which every station only records, picked as the centre's lane picks it: what the locator then has. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createScenario, type FireRecord } from "@openjmc/exercise";
import { FaultError, type Instant, type MissionView, type SourceDescription } from "@openjmc/model";
import { estimateOf } from "../../apps/centre/src/exercise/weather.ts";
import type { ConnectionDecoder } from "../../apps/centre/src/lane/connection.ts";
import { MiniSeedConnection } from "../../apps/centre/src/lane/miniseed-connection.ts";
import { PcmConnection } from "../../apps/centre/src/lane/pcm-connection.ts";
import { SourceHealth } from "../../apps/centre/src/lane/source-health.ts";
import { WaveformStation } from "../../apps/centre/src/lane/waveform-station.ts";
import { readMission } from "../../apps/centre/src/mission/read.ts";
import type { ExerciseArrivals, HeardArrival } from "./exercise-arrivals.ts";
import { recordersMission } from "./recorders-mission.ts";

/** The air is left to one receiver: it is not what is asked about. */
export function exerciseWaveforms(seed: string, seconds: number): ExerciseArrivals {
  const view = viewOfRecorders();
  const { startsAt, episodeSeconds } = view.exerciseSetting!;
  const posts = view.sources.filter(({ waveform }) => waveform !== undefined);
  const receiver = view.sources.find(({ means }) => means === "ads-b")!;
  const mission = { ...view, sources: [...posts, receiver] };
  const scenario = createScenario({ seed, mission, startsAt, durationSeconds: episodeSeconds });
  const fire: FireRecord[] = [];
  const arrivals: HeardArrival[] = [];
  const links = new Map(posts.map((post) => [post.id, linkOf(post, (arrival) => arrivals.push(arrival))]));
  let sequence = 0;
  for (const item of scenario.play()) {
    if (item.at > startsAt + seconds * 1e6) break;
    if (item.kind === "truth" && item.record.type === "fire") fire.push(item.record);
    if (item.kind !== "bytes") continue;
    links.get(item.source)?.push(item.bytes, { sequence: ++sequence, receivedAt: item.at });
  }
  return {
    ...{ arrivals, fire },
    configuration: {
      stations: posts.map(({ id, lon, lat, heightMetres }) => ({ id, lon, lat, height: heightMetres })),
      weather: estimateOf(scenario.weatherAt(startsAt)),
    },
  };
}

function viewOfRecorders(): MissionView {
  const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  try {
    const read = readMission(recordersMission(join(root, "mission")).folder, { exercise: true });
    if (!read.ok) throw new FaultError(read.faults[0]!);
    return read.value.view;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Records of a SeedLink server come here without its packets around them: what is asked about is what is in them. */
function linkOf(post: SourceDescription, emit: (arrival: HeardArrival) => void): ConnectionDecoder {
  const health = new SourceHealth(post);
  let receivedAt: Instant = 0;
  const station = new WaveformStation({
    ...{ health, speed: 1 },
    arrival: (arrival) => emit({ receivedAt, arrival }),
  });
  const inner =
    post.format === "pcm"
      ? new PcmConnection({ link: health, stationOf: (id) => (id === post.id ? station : undefined) })
      : new MiniSeedConnection({ link: health, stations: [station] });
  return {
    push: (chunk, place) => {
      receivedAt = place.receivedAt;
      inner.push(chunk, place);
    },
    end: (place) => inner.end(place),
  };
}
