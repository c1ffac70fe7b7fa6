/** Stations of the exercise that send what they record, and leave the picking to the centre. */
import type { LocalFrame } from "@openjmc/geo";
import type { SourceDescription, WaveformDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import { drawStation, type Station } from "../sound/station.ts";

export const POST_RATE = 100;

/** One recording station: its place, clock and noise as any station's, and its microphones. */
export interface RecordingPost {
  readonly station: Station;
  readonly format: "seedlink" | "miniseed" | "pcm";
  readonly waveform: WaveformDescription;
}

/** Sources whose pressure the exercise can record; others, of ground motion, have nobody who plays them. */
export function drawPosts(
  sources: readonly SourceDescription[],
  frame: LocalFrame,
  streamOf: (label: string) => Random,
): RecordingPost[] {
  return sources.flatMap((source, index): RecordingPost[] => {
    const { format, waveform, id } = source;
    if (format !== "seedlink" && format !== "miniseed" && format !== "pcm") return [];
    if (waveform === undefined || waveform.channels.some(({ quantity }) => quantity !== "pressure")) return [];
    const station = drawStation(source, frame, index, streamOf(`station-${id}`));
    return [{ station, format, waveform }];
  });
}
