/** A process that holds a folder (`hold-folder.ts DIRECTORY`), says so on standard output and waits to be killed. */
import { openFolder } from "../folder.ts";

openFolder(process.argv[2]!, { purpose: "test", now: 0 });
// Tidying memory, where the process was started so that it may be asked for, takes no lock away.
(globalThis as { gc?: () => void }).gc?.();
process.stdout.write("held\n");
setTimeout(() => undefined, 60_000);
