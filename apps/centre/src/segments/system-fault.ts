/** Turns an error of the operating system into a fault that says what could not be done and where. */
import { type Fault, FaultError } from "@openjmc/model";

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: "disk.full",
  EDQUOT: "disk.full",
  SQLITE_FULL: "disk.full",
  EACCES: "file.forbidden",
  EPERM: "file.forbidden",
  EROFS: "disk.read-only",
  EIO: "disk.failed",
  ENOENT: "file.missing",
  EEXIST: "file.exists",
  EMFILE: "file.too-many-open",
};

const EXPECTED: Readonly<Record<string, string>> = {
  "disk.full": "free space on the device",
  "file.forbidden": "leave to write there",
  "disk.read-only": "a writable device",
  "disk.failed": "a healthy device",
  "file.missing": "an existing file",
  "file.exists": "a name where no file is yet",
};

/** The fault behind an error; a `FaultError` keeps its own fault. */
export function faultOf(error: unknown, what: string, file?: string): Fault {
  if (error instanceof FaultError) return error.fault;
  const systemCode = String((error as { code?: unknown } | undefined)?.code ?? "");
  const code = CODES[systemCode] ?? "file.failed";
  const expected = EXPECTED[code];
  return {
    code,
    what,
    ...(file === undefined ? {} : { where: { file } }),
    ...(expected === undefined ? {} : { expected }),
    cause: error instanceof Error ? error.message : String(error),
  };
}

/** The same as something to throw. */
export function faultErrorOf(error: unknown, what: string, file?: string): FaultError {
  return error instanceof FaultError ? error : new FaultError(faultOf(error, what, file), { cause: error });
}
