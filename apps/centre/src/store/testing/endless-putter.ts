/** A process for the kill test: puts values into `local.db` without end and reports each that is acknowledged, one a line. */
import { openLocalStore } from "../local-store.ts";

const local = await openLocalStore(process.argv[2]!);
for (let number = (await local.list("n")).length; ; number++) {
  await local.apply([
    { change: "put", collection: "n", key: String(number).padStart(9, "0"), value: number },
    { change: "put", collection: "last", key: "n", value: number },
  ]);
  process.stdout.write(`${number}\n`);
}
