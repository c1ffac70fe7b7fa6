export { decodeSbs } from "./decode-sbs.ts";
export { encodeSbs } from "./encode-sbs.ts";
export { reportToSbs } from "./report-to-sbs.ts";
export type { SbsKind, SbsMessage } from "./sbs-message.ts";
export { fillReportFromSbs } from "./sbs-report.ts";
