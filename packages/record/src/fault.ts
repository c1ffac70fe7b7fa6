/** What went wrong, as data. Structurally the same as the model's `Fault`, so that either may be used for the other. */

export interface FaultPlace {
  readonly file?: string;
  readonly source?: string;
  readonly line?: number;
  readonly field?: string;
  readonly offset?: number;
}

/** `code` is stable (`noun.adjective`); `what` names the thing that could not be used. */
export interface Fault {
  readonly code: string;
  readonly what: string;
  readonly where?: FaultPlace;
  readonly expected?: string;
  readonly got?: string;
  readonly cause?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function bad<T = never>(fault: Fault): Result<T> {
  return { ok: false, fault };
}

/** Carries a fault up through a parser; never leaves this package except out of `unwrap`. */
export class Refusal extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(describe(fault));
    this.name = "Refusal";
    this.fault = fault;
  }
}

/** Stops the parse or check under way. Only to be called below `attempt`. */
export function refuse(code: string, what: string, details: Omit<Fault, "code" | "what"> = {}): never {
  throw new Refusal({ code, what, ...details });
}

/** Runs a parse or check and turns its refusal into a value. Anything else that is thrown is a bug and goes on. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return good(work());
  } catch (problem) {
    if (problem instanceof Refusal) return bad(problem.fault);
    throw problem;
  }
}

/** The value, or the fault thrown as a `Refusal`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.fault);
}

/** Adds where a fault was met, keeping what is already known of the place. */
export function placed<T>(result: Result<T>, where: FaultPlace): Result<T> {
  if (result.ok) return result;
  return bad({ ...result.fault, where: { ...where, ...result.fault.where } });
}

/** Cuts hostile text to a length that may be shown. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function describe(fault: Fault): string {
  const parts = [`${fault.code}: ${fault.what}`];
  if (fault.where?.field !== undefined) parts.push(`field ${fault.where.field}`);
  if (fault.expected !== undefined) parts.push(`expected ${fault.expected}`);
  if (fault.got !== undefined) parts.push(`got ${fault.got}`);
  return parts.join("; ");
}
