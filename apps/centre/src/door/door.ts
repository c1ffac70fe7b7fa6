/**
 * The door by which an operator's own commands reach the centre at work in the same folder: a socket in a folder that only the
 * centre's user may enter. Whoever may enter it may read the centre's key too, so the socket gives nobody anything that he did
 * not have; it only keeps to one the number of those who append.
 */
import { join, relative } from "node:path";
import { FaultError } from "@openjmc/model";

/** Acts of the machine that commands do beside a centre at work, and no others. */
export const DOOR_KINDS: ReadonlySet<string> = new Set([
  "export.made",
  "record.resealed",
  "recordings.removed",
  "time.stamped",
]);

/** Path to which acts are brought. */
export const DOOR_PATH = "/acts";

/** What the kernel takes as a socket's name (unix(7)), less the byte that ends it. */
const LONGEST_NAME_BYTES = 107;

/** The socket's name, from here if that is shorter. Error: `door.name-too-long`. */
export function doorAddress(doorFolder: string): string {
  const whole = join(doorFolder, "acts");
  const [shortest] = [whole, relative(process.cwd(), whole)].sort((left, right) => left.length - right.length);
  if (Buffer.byteLength(shortest!) <= LONGEST_NAME_BYTES) return shortest!;
  throw new FaultError({
    code: "door.name-too-long",
    what: "door of the centre",
    where: { file: whole },
    expected: `a name of at most ${LONGEST_NAME_BYTES} bytes: a shorter path to the folder, or commands given beside it`,
  });
}
