/**
 * Before a keeper writes anything it asks the cosigners that can be reached what they hold of its log: after a disk was rolled
 * back only they know. Who cannot be reached is not waited for; he is heard when he comes by himself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Checkpoint, monitoringPath, type NoteKey, openCheckpoint, parsePolicy } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { CosignerAddresses } from "./addresses.ts";

const ANSWER_MILLISECONDS = 1_500;

/** Checkpoints that cosigners hold, each under the log's own signature. */
export async function askCosigners(
  recordFolder: string,
  logKey: NoteKey,
  addresses: CosignerAddresses,
): Promise<readonly Checkpoint[]> {
  const urls = new Set([...Object.values(addresses).map(({ url }) => url), ...policyUrls(recordFolder)]);
  const answers = await Promise.all([...urls].map((url) => ask(url, logKey)));
  return answers.filter((answer) => answer !== undefined);
}

/** The copy beside the record serves for addresses: whoever answers there shows the log's own signature. */
function policyUrls(recordFolder: string): readonly string[] {
  try {
    const policy = parsePolicy(nodePrimitives.sha256, readFileSync(join(recordFolder, "policy"), "utf8"));
    return policy.ok ? policy.value.witnesses.flatMap(({ url }) => (url === undefined ? [] : [url])) : [];
  } catch {
    return [];
  }
}

async function ask(url: string, logKey: NoteKey): Promise<Checkpoint | undefined> {
  try {
    const path = monitoringPath(nodePrimitives.sha256, logKey.name);
    const response = await fetch(`${url.replace(/\/$/, "")}/${path}`, {
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
    if (!response.ok) return undefined;
    const opened = openCheckpoint(nodePrimitives, new Uint8Array(await response.arrayBuffer()), logKey);
    return opened.ok ? opened.value : undefined;
  } catch {
    return undefined;
  }
}
