/** Where a fault lies: which input, and the line, field or byte offset inside it. */
export interface FaultPlace {
  readonly file?: string;
  readonly source?: string;
  readonly line?: number;
  readonly field?: string;
  readonly offset?: number;
}

/**
 * What could not be read, where, what stood there and what was expected.
 * `code` is for programs and catalogues, `what` names the thing that could not be done.
 */
export interface Fault {
  readonly code: string;
  readonly what: string;
  readonly where?: FaultPlace;
  readonly expected?: string;
  readonly got?: string;
  readonly cause?: string;
}

/** A decoder's answer: the value, or the fault that kept it from being one. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function fail<Value = never>(fault: Fault): Result<Value> {
  return { ok: false, fault };
}
