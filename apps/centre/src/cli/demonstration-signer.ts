/** Process of one component's demonstration signer: `node demonstration-signer.ts CENTRE-URL FOLDER`. */
import { runDemonstrationSigner } from "../signer/demonstration.ts";
import { DEMONSTRATION_PASSPHRASE } from "./exercise/folder.ts";
import { failWith, print } from "./terminal.ts";

const [url, folder] = process.argv.slice(2);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
// The centre's process holds the other end of standard input: when it is gone, so is the need for this signer.
process.stdin.on("end", () => stop.abort());
try {
  await runDemonstrationSigner({
    url: url!,
    folder: folder!,
    passphrase: DEMONSTRATION_PASSPHRASE,
    signal: stop.signal,
    print,
  });
} catch (error) {
  failWith(error);
}
process.exit();
