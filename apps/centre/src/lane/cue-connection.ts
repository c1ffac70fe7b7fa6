/** Lines of cameras that say "there, now" → cues. */
import { type CameraCue, decodeCue, LONGEST_CUE_LINE } from "@openjmc/formats";
import type { ConnectionDecoder } from "./connection.ts";
import type { GroundSink, HeardCue } from "./ground-sink.ts";
import type { SourceHealth } from "./source-health.ts";
import { StationLines } from "./station-lines.ts";

const DEGREES = 180 / Math.PI;

export function createCueConnection(options: {
  readonly link: SourceHealth;
  readonly stationOf: (station: string) => SourceHealth | undefined;
  readonly speed: number;
  readonly ground: GroundSink;
}): ConnectionDecoder {
  const { ground, ...common } = options;
  return new StationLines({
    ...common,
    name: "cue",
    longestLine: LONGEST_CUE_LINE,
    decode: decodeCue,
    take: (cue, health) => ground.cue(heardCue(cue, health)),
  });
}

function heardCue(cue: CameraCue, { description }: SourceHealth): HeardCue {
  const { id, means, lon, lat, rangeMetres } = description;
  return {
    ...{ name: `${cue.boot}.${cue.sequence}`, source: id, means, sight: cue.sight, at: cue.at, lon, lat, rangeMetres },
    timeErrorSeconds: cue.clock.errorMicroseconds / 1e6,
    bearingDegrees: cue.bearing * DEGREES,
    bearingUncertaintyDegrees: cue.bearingError * DEGREES,
    ...(cue.confidence === undefined ? {} : { confidence: cue.confidence }),
    ...(cue.still === undefined ? {} : { still: cue.still }),
  };
}
