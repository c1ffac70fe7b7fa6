/** Declared strengths against stated ones, in each reading. */
import type { ProvisionEntry } from "../files/instrument-file.ts";

/** What a declared number means under one reading of the stated one. */
export interface StrengthVerdict {
  readonly what: string;
  readonly reading: "exact" | "ceiling";
  readonly stated: number;
  readonly declared: number;
  /** Declared minus stated. */
  readonly difference: number;
  readonly agrees: boolean;
}

/** Verdicts on a declaration by what is counted; a kind that was not declared has no verdict, and is not zero. */
export function judgeStrength(
  provision: ProvisionEntry,
  declared: Readonly<Record<string, number>>,
): StrengthVerdict[] {
  return (provision.strengths ?? []).flatMap(({ what, number, readings }) => {
    const count = declared[what];
    if (count === undefined) return [];
    return readings.map((reading) => ({
      what,
      reading,
      stated: number,
      declared: count,
      difference: count - number,
      agrees: reading === "exact" ? count === number : count <= number,
    }));
  });
}
