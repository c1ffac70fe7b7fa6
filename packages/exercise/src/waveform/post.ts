/** Stations of the exercise that send what they record, and leave the picking to the centre. */
import type { LocalFrame } from "@openjmc/geo";
import type { SourceDescription, WaveformDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import { drawStation, type Station } from "../sound/station.ts";

/** Samples a second: of less the blasts of small cannon keep nothing that tells them from mortars. */
export const POST_RATE = 200;

/** One recording station: its place, clock and noise as any station's, and its microphones. */
export interface RecordingPost {
  readonly station: Station;
  readonly format: "seedlink" | "miniseed" | "pcm";
  readonly waveform: WaveformDescription;
}

/** Whether the exercise can play a source's waveforms: pressure; of ground motion there is nobody who plays it. */
export function isRecorder({ format, waveform }: SourceDescription): boolean {
  if (format !== "seedlink" && format !== "miniseed" && format !== "pcm") return false;
  return waveform?.channels.every(({ quantity }) => quantity === "pressure") ?? false;
}

/** Sources that the exercise can record for; each keeps its habits, whichever others there are behind it. */
export function drawPosts(
  sources: readonly SourceDescription[],
  frame: LocalFrame,
  streamOf: (label: string) => Random,
): RecordingPost[] {
  return sources.flatMap((source, index): RecordingPost[] => {
    const { format, waveform, id } = source;
    if (!isRecorder(source)) return [];
    const station = drawStation(source, frame, index, streamOf(`station-${id}`));
    return [{ station, format: format as RecordingPost["format"], waveform: waveform! }];
  });
}
