/** Officers' signatures in a thread of their own, so that a record is filled by one processor while another signs what comes next. */
import { parentPort, workerData } from "node:worker_threads";
import { formatInstant, type Instant } from "@openjmc/model";
import { type Json, type Signer, signStatement } from "@openjmc/record";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { type FoundedCentre, officerKey } from "../../test/support/centre.ts";

/** What an officer states. */
export interface Act {
  readonly officer: string;
  readonly kind: string;
  readonly subject: string;
  readonly at: Instant;
  readonly body: object;
}

export interface SignJob {
  readonly origin: string;
  readonly anchor: { readonly size: number; readonly root: string };
  readonly acts: readonly Act[];
}

const founded = workerData as FoundedCentre;
const signers = new Map<string, Signer>();

function signerOf(officer: string): Signer {
  const signer = signers.get(officer) ?? officerKey(founded, officer);
  signers.set(officer, signer);
  return signer;
}

parentPort?.on("message", async ({ origin, anchor, acts }: SignJob) => {
  const leaves: Uint8Array[] = [];
  for (const { officer, kind, subject, at, body } of acts)
    leaves.push(
      await signStatement(nodePrimitives.sha256, signerOf(officer), {
        ...{ origin, kind, component: officer[0]!, role: officer, revision: 0, refs: [] },
        ...{ subject, at: formatInstant(at), anchor, body: body as { readonly [name: string]: Json } },
      }),
    );
  parentPort!.postMessage(leaves);
});
