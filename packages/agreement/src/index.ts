export type { AlertDecision, EndDecision, GrowDecision, RaiseDecision, ZoneMembership } from "./judge/decision.ts";
export type { EventJudgement } from "./judge/event-judge.ts";
export { createJudge, type Judge, type JudgeState } from "./judge/judge.ts";
export { isSameAircraft, matchFlight } from "./judge/match-flight.ts";
export type { JudgedTrack, TrackJudgement } from "./judge/track-judge.ts";
export { loadMission, type MissionResult } from "./load/load-mission.ts";
export type { Mission, MissionOptions } from "./mission.ts";
