/** The desk's rows in memory, replayed from entries; nothing else is state. */
import type {
  AlarmHoldRow,
  AlertRow,
  AllegationRow,
  CollectionRow,
  CoordinationRow,
  EscalationRow,
  FindingRow,
  HotlineRow,
  IncidentRow,
  ListRow,
  MatterRow,
  NoticeRow,
  NotifiedFlight,
  OfficerRow,
  ProtestRow,
  ReportRow,
  SightingRow,
  SortieRow,
  SourceTieRow,
  WarningRow,
} from "@openjmc/model";
import { emptyAgreement, type RecordedAgreement } from "./agreement-state.ts";
import { type ContingentState, emptyContingent } from "./contingent/state.ts";
import type { JointActs } from "./joint/state.ts";
import { emptyLife, type LifeState } from "./life/state.ts";
import type { RecordedMandateAct } from "./mandate/state.ts";
import { emptyPress, type PressState } from "./press/state.ts";
import type { RecordedVisit } from "./visits/state.ts";
import { emptyWatch, type WatchState } from "./watch/state.ts";

export type { ReportRow };

/** What everybody knows of a sealed entry. */
export interface SealedState {
  readonly component: string;
  /** The incident that it is a conclusion on, where it is one. */
  readonly incident?: string;
  readonly state: "sealed" | "disclosed" | "erased";
}

export interface DeskState {
  readonly alerts: Map<string, AlertRow>;
  /** Alarms that are kept quiet, or were. */
  readonly holds: Map<string, AlarmHoldRow>;
  readonly incidents: Map<string, IncidentRow>;
  readonly findings: Map<string, FindingRow>;
  /** Which finding (id) a proposal's statement belongs to. */
  readonly findingOfStatement: Map<string, string>;
  readonly sightings: Map<string, SightingRow>;
  readonly allegations: Map<string, AllegationRow>;
  /** What has been stated of sources in general. */
  readonly ties: Map<string, SourceTieRow>;
  /** By component and role id. */
  readonly officers: Map<string, OfficerRow>;
  readonly flights: Map<string, NotifiedFlight>;
  readonly reports: Map<string, ReportRow>;
  readonly hotline: Map<string, HotlineRow>;
  readonly warnings: Map<string, WarningRow>;
  readonly coordination: Map<string, CoordinationRow>;
  readonly notices: Map<string, NoticeRow>;
  readonly protests: Map<string, ProtestRow>;
  readonly escalations: Map<string, EscalationRow>;
  readonly matters: Map<string, MatterRow>;
  readonly lists: Map<string, ListRow>;
  readonly sorties: Map<string, SortieRow>;
  readonly collection: Map<string, CollectionRow>;
  /** Sealed entries by their statement. */
  readonly sealed: Map<string, SealedState>;
  /** The key that each source's gateway signs with, and the entry that made it so. */
  readonly sourceKeys: Map<string, { readonly key: string; readonly since: number }>;
  /** Newest epoch of each room. */
  readonly roomEpochs: Map<string, number>;
  readonly agreement: RecordedAgreement;
  /** Joint acts other than findings, by statement. */
  readonly jointActs: JointActs;
  readonly watch: WatchState;
  readonly press: PressState;
  readonly contingent: ContingentState;
  readonly life: LifeState;
  /** Acts that the mandate speaks of, in the order of the log. */
  readonly mandateActs: RecordedMandateAct[];
  /** Inspections and visits, by the request. */
  readonly visits: Map<string, RecordedVisit>;
  /** Incidents numbered so far, per year. */
  readonly numbers: Map<number, number>;
}

/** A desk before the first entry. */
export function emptyDesk(): DeskState {
  return {
    alerts: new Map(),
    holds: new Map(),
    incidents: new Map(),
    findings: new Map(),
    findingOfStatement: new Map(),
    sightings: new Map(),
    allegations: new Map(),
    ties: new Map(),
    officers: new Map(),
    flights: new Map(),
    reports: new Map(),
    hotline: new Map(),
    warnings: new Map(),
    coordination: new Map(),
    notices: new Map(),
    protests: new Map(),
    escalations: new Map(),
    matters: new Map(),
    lists: new Map(),
    sorties: new Map(),
    collection: new Map(),
    sealed: new Map(),
    sourceKeys: new Map(),
    roomEpochs: new Map(),
    agreement: emptyAgreement(),
    jointActs: new Map(),
    watch: emptyWatch(),
    press: emptyPress(),
    contingent: emptyContingent(),
    life: emptyLife(),
    mandateActs: [],
    visits: new Map(),
    numbers: new Map(),
  };
}
