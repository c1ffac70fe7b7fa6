/** A process that holds a folder (`hold-folder.ts DIRECTORY [MILLISECONDS]`) and says so on standard output. */
import { openFolder } from "../folder.ts";

const folder = openFolder(process.argv[2]!, { purpose: "test", now: 0 });
process.stdout.write("held\n");
setTimeout(() => folder.close(), Number(process.argv[3] ?? 60_000));
