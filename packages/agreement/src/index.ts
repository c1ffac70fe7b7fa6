export { type ChecksFile, checksFile } from "./files/checks-file.ts";
export type { InstrumentFile, ProvisionEntry } from "./files/instrument-file.ts";
export {
  type ScenarioFile,
  type ScenarioLink,
  type ScenarioSound,
  type ScenarioStep,
  scenarioFile,
} from "./files/scenario-file.ts";
export type {
  AlertDecision,
  EndDecision,
  FlownDecision,
  GrowDecision,
  RaiseDecision,
  ZoneMembership,
} from "./judge/decision.ts";
export type { JudgedTrack } from "./judge/encounter.ts";
export type { EventJudgement } from "./judge/event-judge.ts";
export type { FlightJudgeState } from "./judge/flight-judge.ts";
export { createJudge, type Judge, type JudgedMission, type JudgeState } from "./judge/judge.ts";
export { isSameAircraft, matchFlight } from "./judge/match-flight.ts";
export type { TrackJudgement } from "./judge/track-judge.ts";
export { whereItLies } from "./load/check-places.ts";
export { loadMission, type MissionResult } from "./load/load-mission.ts";
export type { Mission, MissionOptions } from "./mission.ts";
export { createAgreementViews } from "./obligations/agreement-view.ts";
export { type AgreementDay, agreementDays, type ConsentedSource } from "./obligations/calendar.ts";
export { type CalendarAudience, daysFor } from "./obligations/calendar-audience.ts";
export { type DayAhead, daysAhead } from "./obligations/days-ahead.ts";
export { type DeadlineCandidate, deadlineCandidates } from "./obligations/deadline.ts";
export {
  createEventJudge,
  type EventJudge,
  type JudgedPlace,
  type ZonedProvision,
} from "./obligations/event-verdicts.ts";
export {
  type AgreementFact,
  type AmendmentEntry,
  CONSENTS,
  type Consent,
  FACT_KINDS,
  type FactKind,
  type MonitoringSpan,
  type RecordedAmendment,
} from "./obligations/fact.ts";
export { historyOf } from "./obligations/history.ts";
export { addDays, addMonths, type Day, dayOf, daysBetween, startOfDay } from "./obligations/local-time.ts";
export type {
  Agreement,
  AgreementRecord,
  FlipCause,
  Obligation,
  ObligationReading,
  ObligationVariant,
} from "./obligations/obligation.ts";
export { createAgreement } from "./obligations/obligations.ts";
export { agreementRecordOf } from "./obligations/record-of-mission.ts";
export { OBLIGATION_STATES, type ObligationState } from "./obligations/state.ts";
export { judgeStrength, type StrengthVerdict } from "./obligations/strength.ts";
export {
  daysLeft,
  type Notice,
  type TermPeriod,
  type TermReading,
  type TermState,
  termReadings,
  termsOn,
} from "./obligations/term.ts";
export { whatIf } from "./obligations/what-if.ts";
export { judgeWithdrawal, type WithdrawalVerdict } from "./obligations/withdrawal.ts";
export { judgeByVersions, type ZoneFlip, type ZoneVerdict, zonesHolding } from "./obligations/zone-verdicts.ts";
export { type MissionSchema, missionSchema } from "./schema.ts";
export { readMissionDocument } from "./shape/document.ts";
