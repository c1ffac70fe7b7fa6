export type {
  SapientAlert,
  SapientAlertAck,
  SapientDetectionReport,
  SapientError,
  SapientMessage,
  SapientRegistration,
  SapientRegistrationAck,
  SapientStatusReport,
  SapientTask,
  SapientTaskAck,
} from "./messages.ts";
export {
  type DecodedSapient,
  decodeSapient,
  encodeSapient,
  type SapientContent,
  sapientContent,
} from "./sapient-codec.ts";
export { type SapientDetection, sapientDetection } from "./sapient-detection.ts";
export { frameSapient, SapientFramer, type SapientSink } from "./sapient-framer.ts";
export { readLocation, readRangeBearing, type SapientBearing, type SapientPosition } from "./sapient-place.ts";
export type { SapientVersion } from "./sapient-schema.ts";
export {
  type SapientEvent,
  SapientSession,
  type SapientSessionOptions,
  type SapientSessionState,
} from "./sapient-session.ts";
export { endWatchTask, type SapientWatch, watchTask } from "./sapient-watch.ts";
