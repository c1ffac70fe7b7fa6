/** Waveforms to arrivals. */

export { designBand, gainOf } from "./butterworth.ts";
export {
  type ChannelCounts,
  type ChannelPick,
  ChannelPicker,
  type WaveformBlock,
} from "./channel-picker.ts";
export { type ClockStatement, clockErrorOf } from "./clock-quality.ts";
export { HEARD_DECIBELS, type HearingReach, hearingReach, REACH_DIRECTIONS } from "./hearing-reach.ts";
export type { NoiseLevels } from "./noise-model.ts";
export { type Piece, piecesOf } from "./pieces.ts";
export { type ArrayElement, fitPlaneWave, type PlaneWave } from "./plane-wave.ts";
export { ACOUSTIC_PROFILE, type Band, INFRASOUND_PROFILE, type PickProfile, SEISMIC_PROFILE } from "./profile.ts";
export {
  type PickerChannel,
  type StationPick,
  StationPicker,
  type StationPickerCounts,
  type StationPickerOptions,
} from "./station-picker.ts";
