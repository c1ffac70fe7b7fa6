/** What a verification found: codes and values, of which the words package makes sentences. */
import type { Fault } from "../fault.ts";

export interface RecordFinding {
  /** Stable, as `tile.differs`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** What lies behind it, where a parser or check refused something. */
  readonly fault?: Fault;
}

export function finding(code: string, values: RecordFinding["values"] = {}, fault?: Fault): RecordFinding {
  return fault === undefined ? { code, values } : { code, values, fault };
}
