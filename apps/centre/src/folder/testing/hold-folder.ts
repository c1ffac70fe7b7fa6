/** A process that holds a folder (`hold-folder.ts DIRECTORY`), says so on standard output and waits to be killed. */
import { openFolder } from "../folder.ts";

openFolder(process.argv[2]!, { purpose: "test", now: 0 });
process.stdout.write("held\n");
setTimeout(() => undefined, 60_000);
