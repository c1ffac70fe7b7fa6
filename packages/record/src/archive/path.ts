/** Names of files in an archive: nothing that could lead out of it, hide in it or mean two files on some system. */
import { attempt, type Result, refuse, shown } from "../fault.ts";

const MAXIMUM_PATH = 512;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.@-]*$/;
// Names that some systems take for devices, whatever comes after the first dot.
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Errors: `bag.path`. */
export function checkBagPath(path: string): Result<true> {
  return attempt(() => {
    const segments = path.split("/");
    const good = segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith(".") && !DEVICE.test(segment));
    if (!good || path.length > MAXIMUM_PATH) {
      refuse("bag.path", "file name", { expected: "plain names joined by /", got: shown(path) });
    }
    return true;
  });
}
