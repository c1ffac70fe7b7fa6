export { encodeUas, type UasFields } from "./encode-uas.ts";
export { type Footprint, footprintOf } from "./footprint.ts";
export { KlvFramer, type KlvSink } from "./klv-framer.ts";
export { type KlvFraming, KlvStream } from "./klv-stream.ts";

export type { MovingObject } from "./moving-objects.ts";
export type { SecurityMarking } from "./security-set.ts";
export { decodeUas, UasDecoder, type UasDisposition, uasFault } from "./uas-decoder.ts";
export { UAS_ITEM_COUNT, type UasNumberName, type UasTextName } from "./uas-items.ts";
export { type UasMessage, uasMessage } from "./uas-message.ts";
export { UasReport } from "./uas-report.ts";
