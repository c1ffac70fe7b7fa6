/** A signer that waits for its officers' requests: shows each in full and signs only when told to. */
import { setTimeout as pause } from "node:timers/promises";
import { describeFault, FaultError, type SigningRequest } from "@openjmc/model";
import { bytesToHex, preAuthenticationEncoding, Refusal, type Signer } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { type CentreClient, connectToCentre } from "./centre-client.ts";
import { type Examined, examine, requireLanguages, showInFull, signExamined } from "./examine.ts";
import type { UseWatch } from "./use-watch.ts";

export interface WatchOptions {
  readonly url: string;
  readonly officer: string;
  readonly signer: Signer;
  readonly pinnedOrigin?: string;
  /** Languages in which a finding must be there; one that lacks one is declined. */
  readonly languages?: readonly string[];
  readonly print: (text: string) => void;
  /** Tells of each use of the officer's keys. */
  readonly uses?: UseWatch;
  /** Asks the officer; true signs. */
  readonly confirm: (request: SigningRequest, examined: Examined) => Promise<boolean>;
  readonly signal: AbortSignal;
  /** Signer folder in which receipts are kept. */
  readonly receiptsIn?: string;
}

const LONGEST_PAUSE_MILLISECONDS = 10_000;

/** Serves one officer until aborted; connects again when the centre was away. */
export async function watchForOfficer(options: WatchOptions): Promise<void> {
  let wait = 250;
  while (!options.signal.aborted) {
    try {
      const onReceiptTrouble = (problem: unknown): void => options.print(`receipt: ${(problem as Error).message}`);
      const client = await connectToCentre({ ...options, onReceiptTrouble });
      wait = 250;
      for (;;) {
        await options.uses?.look(client);
        const requests = await client.waiting(20, options.signal);
        for (const request of requests) await serve(options, client, request);
        if (options.signal.aborted) return;
      }
    } catch (error) {
      if (options.signal.aborted) return;
      const isFinal =
        error instanceof FaultError &&
        (error.fault.code === "origin.wrong" || error.fault.code === "session.signature");
      if (isFinal) throw error;
      await pause(wait, undefined, { signal: options.signal }).catch(() => undefined);
      wait = Math.min(LONGEST_PAUSE_MILLISECONDS, wait * 2);
    }
  }
}

async function serve(options: WatchOptions, client: CentreClient, request: SigningRequest): Promise<void> {
  const examined = examineOrDecline(options, client, request);
  if (!examined) {
    await client.decline(request).catch(() => undefined);
    return;
  }
  const statementId = bytesToHex(
    nodePrimitives.sha256(preAuthenticationEncoding(examined.payloadType, examined.payload)),
  );
  options.print(`\n[${request.code}] for ${options.officer}\n${showInFull(examined, statementId)}\n`);
  if (!(await options.confirm(request, examined))) {
    await client.decline(request);
    options.print(`[${request.code}] not signed`);
    return;
  }
  try {
    const leaf = await signExamined(examined, options.signer);
    options.uses?.signed(statementId);
    const answer = await client.bring(request, leaf);
    options.print(`[${request.code}] signed; entry ${answer.index}`);
  } catch (error) {
    options.print(`[${request.code}] signed, but not recorded: ${(error as Error).message}`);
  }
}

function examineOrDecline(options: WatchOptions, client: CentreClient, request: SigningRequest): Examined | undefined {
  try {
    const examined = examine(request, client);
    requireLanguages(examined, options.languages ?? []);
    return examined;
  } catch (error) {
    if (!(error instanceof FaultError) && !(error instanceof Refusal)) throw error;
    options.print(`[${request.code}] refused: ${describeFault(error.fault)}`);
    return undefined;
  }
}
