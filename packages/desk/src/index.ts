export { type RecordedAgreement, withRecorded } from "./agreement.ts";
export * from "./bodies.ts";
export * from "./decide.ts";
export * from "./entry.ts";
export { findingKey } from "./findings.ts";
export { missingParticulars } from "./people.ts";
export * from "./project.ts";
export * from "./shape.ts";
export * from "./state.ts";
