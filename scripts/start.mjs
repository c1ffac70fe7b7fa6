// `npm start`: installs what is missing, then opens the exercise centre. Arguments go to `jmc exercise`.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildConsole, installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();
const child = spawn(nodeBinary, [join(root, "apps/centre/src/cli/jmc.ts"), "exercise", ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
