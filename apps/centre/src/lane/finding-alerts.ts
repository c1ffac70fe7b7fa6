/**
 * What the tracker holds against a track or a receiver, as alerts with their evidence: rules of the program itself, which no
 * mission can leave out. One alert stands for a spell, however often its signs are seen.
 */
import type { AlertDecision, RaiseDecision } from "@openjmc/agreement";
import type { TrackFinding } from "@openjmc/fusion";
import {
  type AlertRule,
  type Instant,
  MICROSECONDS_PER_SECOND,
  type SourceDescription,
  type TrackRow,
} from "@openjmc/model";
import { AlertGrowth } from "./alert-growth.ts";

/** The rules, and how much they matter. Jamming is a rule of missions; this one is for those that have none. */
export const FINDING_SEVERITY: Readonly<Record<TrackFinding["kind"], AlertRule["severity"]>> = {
  "contradicts-radar": "warning",
  "identity-clone": "warning",
  "impossible-jump": "caution",
  "accuracy-drop": "information",
  "jamming-suspected": "warning",
};

/** Findings that are of a receiver: what befalls many aircraft at one is one matter. */
const OF_RECEIVERS: ReadonlySet<TrackFinding["kind"]> = new Set(["accuracy-drop", "jamming-suspected"]);
/** A spell is over when no sign of it has been seen for so long. */
const SPELL = 180 * MICROSECONDS_PER_SECOND;
/** How sure a finding is that tells no chance of its own. */
const USUAL_PROBABILITY = 0.95;
/** Journal frames named as evidence. */
const MOST_FRAMES = 6;
/** Tracks of a spell that are remembered, the first that joined forgotten first: anybody can send under ever new names. */
const MOST_MEMBERS = 2_000;

/** One alert that stands. */
interface Spell {
  readonly kind: TrackFinding["kind"];
  readonly growth: AlertGrowth;
  readonly members: Set<string>;
  seenAt: Instant;
}

export interface FindingContext {
  /** Id and last row of a track by the tracker's key. */
  readonly idOf: (key: number) => string;
  readonly rowOf: (id: string) => TrackRow | undefined;
  readonly sourceOf: (id: string) => SourceDescription | undefined;
}

export class FindingAlerts {
  readonly #context: FindingContext;
  readonly #skipped: ReadonlySet<TrackFinding["kind"]>;
  readonly #spells = new Map<string, Spell>();
  /** The spell of a track, by kind and track. */
  readonly #spellsByMember = new Map<string, Spell>();

  /** `hasInterferenceRule`: the mission has a rule of its own for jammed receivers. */
  constructor(context: FindingContext, hasInterferenceRule: boolean) {
    this.#context = context;
    this.#skipped = new Set(hasInterferenceRule ? (["jamming-suspected"] as const) : []);
  }

  take(finding: TrackFinding, at: Instant): readonly AlertDecision[] {
    if (this.#skipped.has(finding.kind)) return [];
    const tracks = finding.tracks.map((key) => this.#context.idOf(key));
    const spell = this.#spellOf(finding, tracks);
    if (!spell) return this.#raise(finding, tracks, at);
    spell.seenAt = at;
    spell.growth.add(this.#join(spell, tracks));
    return spell.growth.tell(at, at);
  }

  /** Tells growth; ends what has shown no sign for long, and what is of tracks that are all gone. */
  tick(at: Instant): readonly AlertDecision[] {
    return [...this.#spells].flatMap(([name, spell]) => {
      if (this.#isStanding(spell)) spell.seenAt = Math.max(spell.seenAt, at);
      const isOver = at - spell.seenAt >= SPELL;
      const grown = spell.growth.tell(at, spell.seenAt, isOver);
      if (!isOver) return grown;
      this.#forget(name, spell);
      return [...grown, { kind: "end" as const, key: spell.growth.key, at, endedAt: spell.seenAt }];
    });
  }

  /** Those of the tracks that are new to the spell. */
  #join(spell: Spell, tracks: readonly string[]): string[] {
    const fresh = tracks.filter((id) => !spell.members.has(id));
    for (const id of fresh) {
      spell.members.add(id);
      this.#spellsByMember.set(`${spell.kind}|${id}`, spell);
      const [first] = spell.members;
      if (spell.members.size > MOST_MEMBERS && first !== undefined) this.#leave(spell, first);
    }
    return fresh;
  }

  #leave(spell: Spell, id: string): void {
    spell.members.delete(id);
    const name = `${spell.kind}|${id}`;
    if (this.#spellsByMember.get(name) === spell) this.#spellsByMember.delete(name);
  }

  #forget(name: string, spell: Spell): void {
    this.#spells.delete(name);
    for (const id of [...spell.members]) this.#leave(spell, id);
  }

  /** The tracker itself says how long it suspects a track. */
  #isStanding({ kind, members }: Spell): boolean {
    if (OF_RECEIVERS.has(kind)) return false;
    for (const id of members) if (this.#context.rowOf(id)?.suspicions.includes(kind)) return true;
    return false;
  }

  #spellOf({ kind, source }: TrackFinding, tracks: readonly string[]): Spell | undefined {
    if (OF_RECEIVERS.has(kind)) return this.#spells.get(`${kind}|${source}`);
    const known = tracks.map((id) => this.#spellsByMember.get(`${kind}|${id}`));
    return known.find((spell) => spell !== undefined);
  }

  #raise(finding: TrackFinding, tracks: readonly string[], at: Instant): readonly AlertDecision[] {
    const { kind, source } = finding;
    const subject = this.#subjectOf(finding, tracks);
    const key = `${kind}|${subject.id}|${finding.at}`;
    const name = OF_RECEIVERS.has(kind) ? `${kind}|${source}` : key;
    const others = tracks.filter((id) => id !== subject.id);
    const growth = new AlertGrowth(key, at, tracks.length - others.length);
    const spell: Spell = { kind, growth, members: new Set(), seenAt: at };
    this.#spells.set(name, spell);
    this.#join(spell, tracks);
    growth.add(others);
    return [this.#decision(finding, subject, key, at), ...growth.tell(at, at, true)];
  }

  /** Of several tracks the one that is suspected; a receiver where the finding is of one, or nothing has been told of its track. */
  #subjectOf({ kind, source }: TrackFinding, tracks: readonly string[]): RaiseDecision["subject"] {
    const told = tracks.filter((id) => this.#context.rowOf(id) !== undefined);
    const suspected = told.find((id) => this.#context.rowOf(id)!.suspicions.includes(kind)) ?? told[0];
    if (OF_RECEIVERS.has(kind) || suspected === undefined) return { kind: "source", id: source };
    return { kind: "track", id: suspected };
  }

  #decision(finding: TrackFinding, subject: RaiseDecision["subject"], key: string, at: Instant): RaiseDecision {
    const { kind, source, evidence } = finding;
    const row = subject.kind === "track" ? this.#context.rowOf(subject.id) : undefined;
    const place = row ?? this.#context.sourceOf(source);
    return {
      kind: "raise",
      key,
      rule: kind,
      severity: FINDING_SEVERITY[kind],
      subject,
      occurredAt: finding.at,
      at,
      ...(place === undefined ? {} : { lon: place.lon, lat: place.lat }),
      ...(row?.altitudeMetres === undefined ? {} : { altitudeMetres: Math.round(row.altitudeMetres) }),
      probability: evidence.chance === undefined ? USUAL_PROBABILITY : 1 - evidence.chance,
      outline: {
        ...(row?.icao === undefined ? {} : { icao: row.icao }),
        ...(row?.callsign === undefined ? {} : { callsign: row.callsign }),
        ...wholeEvidence(evidence),
        sources: source,
        frames: [...finding.frames].slice(0, MOST_FRAMES).join(" "),
      },
    };
  }
}

/** The finding's numbers as a signed payload can hold them: whole, shares by the thousand, a chance as one in so many. */
function wholeEvidence(evidence: TrackFinding["evidence"]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(evidence).flatMap(([name, value]): [string, number][] => {
      if (!Number.isFinite(value)) return [];
      if (name === "chance") return [["chanceOneIn", Math.round(1 / Math.max(value, 1e-12))]];
      if (name === "detectionProbability") return [["detectionPerMille", Math.round(value * 1000)]];
      if (name === "speed") return [["neededSpeedMetresPerSecond", Math.round(value)]];
      return [[name, Math.round(value)]];
    }),
  );
}
