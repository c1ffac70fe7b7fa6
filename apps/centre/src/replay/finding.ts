/** What a replay found: codes and values, of which the words package makes sentences. */
export interface ReplayFinding {
  /** Stable, as `replay.line-differs`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export function finding(code: string, values: ReplayFinding["values"] = {}): ReplayFinding {
  return { code, values };
}
