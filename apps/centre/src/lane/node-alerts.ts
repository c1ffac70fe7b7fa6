/**
 * What sensors raise alarm about themselves (an opened cover, a fault, something that they were to watch for) as alerts of the
 * centre: a rule of the program itself. One alert stands until its sensor takes it back.
 */
import type { AlertDecision } from "@openjmc/agreement";
import type { AlertRule, Instant, SourceDescription } from "@openjmc/model";

export const NODE_RULE = "node-alert";

/** One word of a sensor about an alarm of its own. */
export interface NodeAlert {
  readonly source: string;
  /** What the sensor calls it. */
  readonly name: string;
  readonly isOver: boolean;
  readonly severity: AlertRule["severity"];
  readonly at: Instant;
  /** When the word of it came. */
  readonly heardAt: Instant;
  /** Where it is, if not where the sensor stands. */
  readonly lon?: number;
  readonly lat?: number;
  /** What the sensor says of it. */
  readonly text?: string;
  /** 0 … 1, as the sensor tells it. */
  readonly confidence?: number;
}

/** Alarms remembered as standing; the oldest is forgotten first, as anybody can raise them under ever new names. */
const MOST_STANDING = 2_000;
/** How sure an alarm is whose sensor tells nothing of it. */
const USUAL_PROBABILITY = 0.9;

export class NodeAlerts {
  /** Keys of the alerts that stand, by source and name. */
  readonly #standing = new Map<string, string>();

  take(alert: NodeAlert, source: SourceDescription | undefined): readonly AlertDecision[] {
    const name = `${alert.source}|${alert.name}`;
    const known = this.#standing.get(name);
    if (alert.isOver) {
      this.#standing.delete(name);
      return known === undefined ? [] : [{ kind: "end", key: known, at: alert.heardAt, endedAt: alert.at }];
    }
    if (known !== undefined || !source) return [];
    const key = `${NODE_RULE}|${name}|${alert.at}`;
    this.#standing.set(name, key);
    const oldest = this.#standing.keys().next().value;
    if (this.#standing.size > MOST_STANDING && oldest !== undefined) this.#standing.delete(oldest);
    return [raise(key, alert, source)];
  }
}

function raise(key: string, alert: NodeAlert, source: SourceDescription): AlertDecision {
  return {
    kind: "raise",
    key,
    rule: NODE_RULE,
    severity: alert.severity,
    subject: { kind: "source", id: source.id },
    occurredAt: alert.at,
    at: alert.heardAt,
    lon: alert.lon ?? source.lon,
    lat: alert.lat ?? source.lat,
    probability: alert.confidence ?? USUAL_PROBABILITY,
    outline: { means: source.means, ...(alert.text ? { said: alert.text } : {}) },
  };
}
