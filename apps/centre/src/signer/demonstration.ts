/**
 * A component's demonstration signer: a process of its own with the keys of all its role-name officers. It signs what its
 * officers' screens send it, after the same strict reading as any signer, and plays the acts of the exercise's script.
 * It serves logs whose name begins `exercise.` and no other.
 */
import { createInterface } from "node:readline";
import { type AppendedAnswer, describeFault, FaultError } from "@openjmc/model";
import { bytesToHex, plainSha256, type SealedPromise, type Signer } from "@openjmc/record";
import { openEpochs } from "../room/epoch-keys.ts";
import { nodeOfficer, roomFolderOf } from "../room/found-room.ts";
import { serveRoom } from "../room/serve-room.ts";
import { openTap } from "../tap/tap-server.ts";
import { TapWatch } from "../tap/tap-watch.ts";
import { prepareCountersignature, prepareOwnAct, sendAct } from "./acts.ts";
import { type CentreClient, connectToCentre } from "./centre-client.ts";
import { sealAct } from "./seal-act.ts";
import { holdersOf, openSigner } from "./signer-folder.ts";
import { watchForOfficer } from "./watch.ts";

/** One line on standard input: an act of the script, another component's text to be signed as it stands, or a question. */
export interface ScriptedAct {
  readonly officer: string;
  readonly kind: string;
  readonly subject?: string;
  readonly revision?: number;
  readonly refs?: readonly { readonly rel: string; readonly sha256: string }[];
  readonly body: object;
  /** Sealed in the component's own room, with this promise; the subject must be given. */
  readonly seal?: SealedPromise;
  /** Content of a file that is stored before the act, which names it by its hash. */
  readonly attach?: string;
  /** Statement of a proposal that the officer signs too, instead of an act. */
  readonly countersign?: string;
  /** Path of the interface that the officer asks, instead of an act. */
  readonly get?: string;
  /** Whether only the SHA-256 of the answer's bytes is told. */
  readonly isHashed?: boolean;
  /** Where it is given, the answer is a line of JSON with this number. */
  readonly id?: number;
}

export interface DemonstrationOptions {
  readonly url: string;
  readonly folder: string;
  readonly passphrase: string;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

/** Runs until aborted. Errors: `demonstration.not-an-exercise`, `key.*`. */
export async function runDemonstrationSigner(options: DemonstrationOptions): Promise<void> {
  const holders = holdersOf(options.folder);
  const component = holders[0]!.component;
  const officers = holders
    .map((entry) => entry.holder)
    .filter((holder) => !holder.startsWith("root-") && holder !== nodeOfficer(component));
  const signers = new Map(
    officers.map((officer) => [officer, openSigner(options.folder, officer, options.passphrase)]),
  );
  await refuseOperationalLog(options.url);
  const watches = [...signers].map(([officer, signer]) =>
    watchForOfficer({
      receiptsIn: options.folder,
      url: options.url,
      officer,
      signer,
      print: options.print,
      confirm: async () => true,
      signal: options.signal,
    }),
  );
  void playScript(options, signers);
  const { opened, served } = await openRoom(options, component);
  await Promise.race([opened, served]);
  options.print(`demonstration signer of ${officers.join(", ")}: ready`);
  await Promise.all([...watches, served]);
}

/** In an exercise the component's node is this process too: its tap, and its room, with keys that the centre never sees. */
async function openRoom({ url, folder, passphrase, signal, print }: DemonstrationOptions, component: string) {
  const tap = new TapWatch();
  const { host, port } = await openTap("127.0.0.1", 0, tap);
  print(`tap of ${component}: ${host}:${port}`);
  const officer = nodeOfficer(component);
  const ready = Promise.withResolvers<void>();
  const served = serveRoom({
    url,
    room: component,
    folder: roomFolderOf(folder),
    epochs: openEpochs(roomFolderOf(folder), component, passphrase),
    readEpochs: () => openEpochs(roomFolderOf(folder), component, passphrase),
    officer,
    signer: openSigner(folder, officer, passphrase),
    signal,
    tap,
    onReady: () => ready.resolve(),
    onTrouble: (what, problem) => print(`room ${component}: ${what}: ${tellProblem(problem)}`),
  });
  return { opened: ready.promise, served };
}

function tellProblem(problem: unknown): string {
  return problem instanceof FaultError ? describeFault(problem.fault) : String(problem);
}

async function refuseOperationalLog(url: string): Promise<void> {
  const centre = (await (await fetch(`${url}/api/v1/centre`)).json()) as { origin: string; exercise: boolean };
  if (!centre.exercise || !centre.origin.startsWith("exercise."))
    throw new FaultError({
      code: "demonstration.not-an-exercise",
      what: "demonstration signer",
      expected: "a log whose name begins exercise.",
      got: centre.origin,
    });
}

async function playScript(options: DemonstrationOptions, signers: ReadonlyMap<string, Signer>): Promise<void> {
  const clients = new Map<string, Promise<CentreClient>>();
  const clientOf = (officer: string): Promise<CentreClient> => {
    const known =
      clients.get(officer) ??
      connectToCentre({ url: options.url, officer, signer: signers.get(officer)!, receiptsIn: options.folder });
    clients.set(officer, known);
    return known;
  };
  for await (const line of createInterface({ input: process.stdin, signal: options.signal })) {
    const act = JSON.parse(line) as ScriptedAct;
    const told = (answer: object, text: string): void =>
      options.print(act.id === undefined ? text : JSON.stringify({ script: act.id, ...answer }));
    try {
      const value = await performScripted(await clientOf(act.officer), signers.get(act.officer)!, act);
      told({ value }, `script: ${act.officer} ${act.kind}: entry ${(value as AppendedAnswer).index}`);
    } catch (error) {
      const fault = error instanceof FaultError ? error.fault : { code: "script.failed", what: String(error) };
      told({ fault }, `script: ${(error as Error).message}`);
    }
  }
}

async function performScripted(client: CentreClient, signer: Signer, act: ScriptedAct): Promise<unknown> {
  if (act.get !== undefined && act.isHashed) return bytesToHex(plainSha256(await client.bytes(act.get)));
  if (act.get !== undefined) return client.get(act.get);
  if (act.attach !== undefined) await client.attach(new TextEncoder().encode(act.attach));
  if (act.seal !== undefined) {
    const { index, statement } = await sealAct(client, signer, { ...act, subject: act.subject! }, act.seal);
    return { index, statement };
  }
  const prepared =
    act.countersign === undefined ? prepareOwnAct(client, act) : prepareCountersignature(client, act.countersign);
  return sendAct(client, signer, await prepared);
}
