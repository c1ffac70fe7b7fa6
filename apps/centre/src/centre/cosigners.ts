/** Cosigning, put together: what cosigners are shown and bring, those that are connected to, and receipts. */
import { type CosignerAddresses, Cosigning, Pushes, readAddresses, receiptMaker } from "../cosigning/index.ts";
import { keyProofMaker } from "../cosigning/key-proof.ts";
import { readLeaves } from "../record/leaves.ts";
import type { Foundation } from "./foundation.ts";
import type { People } from "./people.ts";
import type { RecordLane } from "./record-lane.ts";

export interface Cosigners {
  readonly cosigning: Cosigning;
  readonly receipt: (index: number) => Promise<Uint8Array | undefined>;
  /** Connects to further cosigners. */
  connect(addresses: CosignerAddresses): void;
}

const BEAT_MILLISECONDS = 200;

export async function openCosigners(
  foundation: Foundation,
  { keeper, registrar }: RecordLane,
  people: People,
  onSealed: () => void,
): Promise<Cosigners> {
  const { paths, keys, clock, logger, closers } = foundation;
  const cosigning = await Cosigning.open({
    state: registrar.state,
    keeper,
    logKey: keys.logKey,
    recordFolder: paths.record,
    keeperFolder: paths.keeper,
    clock,
    wallMilliseconds: () => performance.now(),
    logger,
    act: (acts) => registrar.act(acts),
    onSealed,
    onFatal: (fault) => {
      logger.fatal({ fault: fault.fault }, "a cosigner holds another history under this log's key");
      foundation.fail(fault);
    },
  });
  const entries = (from: number, until: number) => [...readLeaves(paths.record, until, from)];
  const pushes = new Pushes(
    cosigning,
    {
      nodes: registrar.state.history.node,
      entries,
      keyProof: keyProofMaker(registrar.state, entries),
      attachment: async (sha256) => (await people.attachments.get(sha256))?.stream,
    },
    logger,
  );
  pushes.add(readAddresses(paths.keys));
  const beat = setInterval(() => {
    for (const { name, url } of registrar.state.cosigners?.policy.witnesses ?? [])
      if (url !== undefined && !pushes.has(name)) pushes.add({ [name]: { url } });
    cosigning.beat();
    pushes.beat();
  }, BEAT_MILLISECONDS);
  closers.add(() => {
    clearInterval(beat);
    cosigning.release();
  });
  return {
    cosigning,
    receipt: receiptMaker(registrar.state, keeper, cosigning),
    connect: (addresses) => pushes.add(addresses),
  };
}
