// `npm start`: installs what is missing, then opens the exercise centre. Arguments go to `jmc exercise`.
import { handOver } from "./hand-over.mjs";
import { buildConsole, installPackages, requireNode } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();
handOver(["exercise", ...process.argv.slice(2)]);
