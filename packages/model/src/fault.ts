/** What went wrong, as data: only the words package makes sentences of it. */

/** Where a fault was met: in which file or from which source, and at which line, field or byte offset. */
export interface FaultPlace {
  readonly file?: string;
  readonly source?: string;
  readonly line?: number;
  readonly field?: string;
  /** Byte offset from the start of the file or of the connection. */
  readonly offset?: number;
}

/** One error of the system. `code` is stable (`noun.adjective`), `what` names the thing that could not be used or done. */
export interface Fault {
  readonly code: string;
  readonly what: string;
  readonly where?: FaultPlace;
  readonly expected?: string;
  readonly got?: string;
  readonly cause?: string;
}

/** A value, or the fault that stands in its place. The caller decides what a fault means. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** Wraps a good value. */
export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a fault. */
export function bad<T = never>(fault: Fault): Result<T> {
  return { ok: false, fault };
}

/** Thrown where no caller can decide; carries the fault for logs and for the API's answer. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault, options?: ErrorOptions) {
    super(describeFault(fault), options);
    this.name = "FaultError";
    this.fault = fault;
  }
}

/** A one-line English rendering for logs and for `Error.message`; people's sentences come from the words package. */
export function describeFault(fault: Fault): string {
  const place = fault.where;
  const where = place
    ? [
        place.file ?? place.source,
        place.line === undefined ? undefined : `line ${place.line}`,
        place.field,
        place.offset === undefined ? undefined : `byte ${place.offset}`,
      ].filter((part) => part !== undefined)
    : [];
  return [
    `${fault.code}: ${fault.what}`,
    where.length > 0 ? `at ${where.join(", ")}` : undefined,
    fault.expected === undefined ? undefined : `expected ${fault.expected}`,
    fault.got === undefined ? undefined : `got ${fault.got}`,
    fault.cause === undefined ? undefined : `because ${fault.cause}`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");
}

/** Returns the value, or throws the fault as a `FaultError`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new FaultError(result.fault);
}
