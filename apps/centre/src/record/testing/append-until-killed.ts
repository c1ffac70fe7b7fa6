/** A process that appends to a record and says what was acknowledged, until it is killed. Argument: the folder. */
import { openKeeper } from "../keeper.ts";
import { testLeaf, testOptions } from "./options.ts";

const keeper = await openKeeper(testOptions(process.argv[2]!));
let number = keeper.size;

async function appendForEver(): Promise<void> {
  for (;;) {
    const count = 1 + (number % 7);
    const leaves = Array.from({ length: count }, () => testLeaf(number++));
    const { firstIndex } = await keeper.append(leaves);
    process.stdout.write(`${firstIndex + count}\n`);
  }
}

process.stdout.write("ready\n");
await appendForEver();
