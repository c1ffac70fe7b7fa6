/**
 * Everything that raises alerts of what the lane sees: the agreement's rules, what the tracker holds against a track, bytes that
 * are not a source's own. Each is held to what it rests on, and to what a person can look at.
 */
import {
  type AlertDecision,
  createJudge,
  type EventJudgement,
  type FlightJudgeState,
  type Judge,
  type JudgedMission,
  type JudgedTrack,
  type RaiseDecision,
  type TrackJudgement,
} from "@openjmc/agreement";
import type { TrackFinding } from "@openjmc/fusion";
import {
  type EventRow,
  type HeightCircumstances,
  type Instant,
  type LonLat,
  provesItself,
  type SourceDescription,
  type SourceRow,
  type TrackRow,
  UNPROVED_CONFIDENCE,
} from "@openjmc/model";
import { AlertFlood } from "./alert-flood.ts";
import { FindingAlerts } from "./finding-alerts.ts";
import { judgeForgery } from "./forgery.ts";
import type { LaneChange } from "./lane-configuration.ts";
import type { LaneDecision } from "./lane-output.ts";
import { type NodeAlert, NodeAlerts } from "./node-alerts.ts";
import type { SourceProof } from "./source-proof.ts";

/** Subjects remembered as resting on nothing proved. */
const MOST_UNPROVED = 5_000;

export interface AlertContext {
  /** The stable id of what has this name in this run of fusion. */
  readonly idOf: (name: string) => string;
  readonly trackIdOf: (key: number) => string;
  readonly trackOf: (id: string) => TrackRow | undefined;
  readonly sourceOf: (id: string) => SourceDescription | undefined;
  /** What was said of the pressure near a place. */
  readonly pressureAt: (place: LonLat, at: Instant) => HeightCircumstances;
}

/** Whether a decision rests on what a source says, or on what the centre itself sees of the source's link. */
type Rests = "said" | "seen";

export class LaneAlerts {
  readonly #context: AlertContext;
  #judge: Judge;
  #heights: HeightCircumstances;
  readonly #findings: FindingAlerts;
  readonly #nodes = new NodeAlerts();
  readonly #flood = new AlertFlood();
  /** Rules of which a source's alert tells what the source itself says. */
  #ofSaid: ReadonlySet<string>;
  /** Tracks and events that rest on sources alone that do not prove themselves, the longest unchanged first. */
  readonly #unproved = new Set<string>();
  #decisions: LaneDecision[] = [];

  /** `flying`: flights of an earlier run that could not end. */
  constructor(judging: JudgedMission, context: AlertContext, flying?: FlightJudgeState) {
    this.#context = context;
    this.#judge = createJudge(judging);
    this.#heights = heightsOf(judging);
    if (flying) this.#judge.goOn(flying);
    this.#ofSaid = interferenceRules(judging);
    this.#findings = new FindingAlerts(
      { idOf: context.trackIdOf, rowOf: context.trackOf, sourceOf: context.sourceOf },
      this.#ofSaid.size > 0,
    );
  }

  change({ flights, judging }: Pick<LaneChange, "flights" | "judging">): void {
    if (judging) {
      const known = this.#judge.snapshot();
      this.#judge = createJudge(judging);
      this.#judge.restore(known);
      this.#heights = heightsOf(judging);
      this.#ofSaid = interferenceRules(judging);
    }
    if (flights) this.#judge.setFlights(flights);
  }

  /** Flights in the air, and what has been seen of them. */
  inAir(): readonly string[] {
    return this.#judge.inAir();
  }

  flying(): FlightJudgeState {
    return this.#judge.flying();
  }

  track(track: JudgedTrack, isOver: boolean, at: Instant): TrackJudgement & { readonly isUnproved: boolean } {
    const heights = { ...this.#heights, ...this.#context.pressureAt(track, at) };
    const judged = this.#judge.track({ ...track, heights }, at);
    const isUnproved = this.#noteProof(track.id, track.sources, isOver);
    this.#collect(judged.decisions, "said", track);
    return { ...judged, isUnproved };
  }

  event(row: EventRow, at: Instant): EventJudgement & { readonly isUnproved: boolean } {
    const judged = this.#judge.event(row, at);
    const isUnproved = this.#noteProof(row.id, row.stations, false);
    this.#collect(judged.decisions, "said");
    return { ...judged, isUnproved };
  }

  found(findings: readonly TrackFinding[], at: Instant): void {
    for (const finding of findings) this.#collect(this.#findings.take(finding, at), "said");
    this.#collect(this.#findings.tick(at), "said");
  }

  /** What a sensor says of itself. */
  node(alert: NodeAlert): void {
    this.#collect(this.#nodes.take(alert, this.#context.sourceOf(alert.source)), "said");
  }

  sources(rows: readonly SourceRow[], at: Instant): void {
    for (const row of rows) this.#collect(this.#judge.source(row, at), "seen");
  }

  tick(proofs: Iterable<SourceProof>, at: Instant): void {
    this.#collect(this.#judge.tick(at), "said");
    for (const proof of proofs) this.#collect(judgeForgery(proof, this.#context.sourceOf(proof.source), at), "seen");
    for (const decision of this.#flood.tick(at)) this.#tell(decision);
  }

  /** The run of fusion ends. */
  stop(at: Instant): void {
    this.#collect(this.#judge.stop(at), "said");
  }

  /** What was decided since the last call, in order. */
  take(): LaneDecision[] {
    const decisions = this.#decisions;
    this.#decisions = [];
    return decisions;
  }

  #collect(decisions: readonly AlertDecision[], rests: Rests, track?: Pick<TrackRow, "sources">): void {
    for (const decision of decisions) for (const told of this.#held(decision, rests, track)) this.#tell(told);
  }

  #held(decision: AlertDecision, rests: Rests, track?: Pick<TrackRow, "sources">): readonly AlertDecision[] {
    if (decision.kind === "flown") return [decision];
    if (decision.kind === "grow" || decision.kind === "end") return this.#flood.follow(decision);
    if (decision.kind !== "raise") return [decision];
    const raised = this.#isUnproved(decision, rests) ? capped(decision) : decision;
    return this.#flood.raise(raised, this.#sourceOf(raised, track));
  }

  #tell(decision: AlertDecision): void {
    this.#decisions.push({ alert: this.#context.idOf(`alert|${decision.key}`), decision });
  }

  /** That nothing comes from a source, or what is forged, the centre sees for itself; all else is as good as who says it. */
  #isUnproved({ subject, rule }: RaiseDecision, rests: Rests): boolean {
    if (subject.kind !== "source") return this.#unproved.has(subject.id);
    const source = this.#context.sourceOf(subject.id);
    return (rests === "said" || this.#ofSaid.has(rule)) && source !== undefined && !provesItself(source);
  }

  /** Whose flood an alert would belong to. Fire is grouped by place already, and every place counts: it belongs to none. */
  #sourceOf({ subject }: RaiseDecision, track: Pick<TrackRow, "sources"> | undefined): string | undefined {
    if (subject.kind === "event") return undefined;
    return subject.kind === "source" ? subject.id : (track ?? this.#context.trackOf(subject.id))?.sources[0];
  }

  /** Whether something rests on sources alone that do not prove themselves; remembered, as an alert of it may come later. */
  #noteProof(subject: string, sources: readonly string[], isOver: boolean): boolean {
    const known = sources.flatMap((id) => this.#context.sourceOf(id) ?? []);
    const isUnproved = known.length > 0 && !known.some(provesItself);
    this.#unproved.delete(subject);
    if (isUnproved && !isOver) this.#unproved.add(subject);
    const oldest = this.#unproved.values().next().value;
    if (this.#unproved.size > MOST_UNPROVED && oldest !== undefined) this.#unproved.delete(oldest);
    return isUnproved;
  }
}

function heightsOf({ view: { heights } }: JudgedMission): HeightCircumstances {
  const { geoidMetres, geoidDoubtMetres } = heights ?? {};
  return {
    ...(geoidMetres === undefined ? {} : { geoidMetres }),
    ...(geoidDoubtMetres === undefined ? {} : { geoidDoubtMetres }),
  };
}

function interferenceRules({ view }: JudgedMission): ReadonlySet<string> {
  return new Set(view.rules.filter(({ kind }) => kind === "interference").map(({ id }) => id));
}

/** An alert never claims more than what it rests on can bear. */
function capped(decision: RaiseDecision): RaiseDecision {
  if (decision.probability <= UNPROVED_CONFIDENCE) return decision;
  return { ...decision, probability: UNPROVED_CONFIDENCE, capped: "unauthenticated" };
}
