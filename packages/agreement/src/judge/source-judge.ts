/** Judges sources: one that has fallen silent, or is being interfered with, is itself worth an alert. */
import { type AlertRule, type Instant, MICROSECONDS_PER_SECOND, type SourceRow } from "@openjmc/model";
import type { AlertDecision } from "./decision.ts";
import { outlineOfSource } from "./outline.ts";

/** How one source stands to one rule. Plain data. */
interface Trouble {
  readonly rule: string;
  readonly source: string;
  since: Instant | undefined;
  goneSince: Instant | undefined;
  alert: string | undefined;
}

/** Plain data, for replay from a mark. */
export interface SourceJudgeState {
  readonly troubles: readonly Trouble[];
}

export class SourceJudge {
  readonly #rules: readonly AlertRule[];
  readonly #troubles = new Map<string, Trouble>();

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules.filter((rule) => rule.kind === "source-lost" || rule.kind === "interference");
  }

  judge(row: SourceRow, at: Instant): AlertDecision[] {
    return this.#rules.flatMap((rule) => this.#judgeRule(rule, row, at));
  }

  snapshot(): SourceJudgeState {
    return structuredClone({ troubles: [...this.#troubles.values()] });
  }

  restore(state: SourceJudgeState): void {
    this.#troubles.clear();
    for (const trouble of structuredClone(state.troubles))
      this.#troubles.set(`${trouble.rule}|${trouble.source}`, trouble);
  }

  #judgeRule(rule: AlertRule, row: SourceRow, at: Instant): AlertDecision[] {
    const id = `${rule.id}|${row.id}`;
    const known = this.#troubles.get(id);
    const troubled = isTroubled(rule, row);
    if (!known && !troubled) return [];
    const trouble = known ?? {
      rule: rule.id,
      source: row.id,
      since: undefined,
      goneSince: undefined,
      alert: undefined,
    };
    this.#troubles.set(id, trouble);
    trouble.since = troubled ? (trouble.since ?? at) : undefined;
    trouble.goneSince = troubled ? undefined : (trouble.goneSince ?? at);
    const hold = rule.holdSeconds * MICROSECONDS_PER_SECOND;
    if (trouble.alert === undefined) {
      if (trouble.since === undefined) this.#troubles.delete(id);
      return trouble.since !== undefined && at - trouble.since >= hold ? [raise(rule, row, trouble, at)] : [];
    }
    if (trouble.goneSince === undefined || at - trouble.goneSince < hold) return [];
    this.#troubles.delete(id);
    return [{ kind: "end", key: trouble.alert, at, endedAt: trouble.goneSince }];
  }
}

/** Silence counts only of a source that was heard before and was to be heard now; people are not sensors. */
function isTroubled(rule: AlertRule, row: SourceRow): boolean {
  if (row.link.kind === "people" || row.idle !== undefined) return false;
  return rule.kind === "source-lost" ? row.state === "down" : row.state === "jammed";
}

function raise(rule: AlertRule, row: SourceRow, trouble: Trouble, at: Instant): AlertDecision {
  const since = trouble.since!;
  trouble.alert = `${rule.id}|-|source:${row.id}|${since}`;
  return {
    kind: "raise",
    key: trouble.alert,
    rule: rule.id,
    severity: rule.severity,
    subject: { kind: "source", id: row.id },
    ...(rule.provision === undefined ? {} : { provision: rule.provision }),
    occurredAt: rule.kind === "source-lost" ? (row.lastMessageAt ?? since) : since,
    at,
    lon: row.lon,
    lat: row.lat,
    probability: 1,
    outline: outlineOfSource(row),
  };
}
