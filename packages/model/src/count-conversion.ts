/** Numbers of one unit as numbers of another, where the mission states a rule for it; nowhere else. */
import type { CountQualifier, CountUnit } from "./codes.ts";

/** A number with what was counted and how firmly. */
export interface Counted {
  readonly number: number;
  readonly unit: CountUnit;
  readonly qualifier: CountQualifier;
}

/** A rule of the mission's files: each `from` stands for so many `to`. */
export interface CountConversion {
  readonly id: string;
  /** By language. */
  readonly names: Readonly<Record<string, string>>;
  readonly from: CountUnit;
  readonly to: CountUnit;
  readonly each: number;
  /** How firmly the rule holds. */
  readonly qualifier: CountQualifier;
  /** Who decided this, and where it is written. */
  readonly basis: string;
}

export interface Converted extends Counted {
  /** Id of the rule. */
  readonly rule: string;
}

const FIRMNESS: readonly CountQualifier[] = ["exact", "at-least", "about"];

/**
 * A number in another unit, by the one rule that leads there. A rule holds in its own direction only, and none is applied to what another
 * one gave. Undefined where there is no rule, or the unit is that one already. What comes out is no firmer than the number or the rule.
 */
export function convertCount(
  counted: Counted,
  to: CountUnit,
  rules: readonly CountConversion[],
): Converted | undefined {
  const rule = rules.find((one) => one.from === counted.unit && one.to === to);
  if (rule === undefined || counted.unit === to) return undefined;
  const firmness = Math.max(FIRMNESS.indexOf(counted.qualifier), FIRMNESS.indexOf(rule.qualifier));
  return { number: counted.number * rule.each, unit: to, qualifier: FIRMNESS[firmness]!, rule: rule.id };
}
