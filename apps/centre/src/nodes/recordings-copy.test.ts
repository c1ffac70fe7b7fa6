import { join } from "node:path";
import { formatStatementTime, signStatement } from "@openjmc/record";
import { expect, test } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { foundRecord, openKeeper } from "../record/index.ts";
import { testOptions } from "../record/testing/options.ts";
import type { RecordingsRemovedBody } from "../retention/removed.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import type { CentreLink } from "./centre-link.ts";
import type { Mirror } from "./mirror.ts";
import { Objections } from "./objections.ts";
import { RecordingsCopy } from "./recordings-copy.ts";

const REMOVED: RecordingsRemovedBody = {
  ...{ rule: "journal-30", what: "journal", from: "", until: "", firstSequence: 1, lastSequence: 90 },
  ...{ file: "hour.seg", sha256: "0".repeat(64) },
};

/** A mirror of a record with one sealed minute, whose recordings the centre does not give. */
async function copyOf(removals: RecordingsRemovedBody[]) {
  const root = temporaryFolder();
  const options = testOptions(join(root, "log"));
  await foundRecord(options);
  const keeper = await openKeeper(options);
  const seal = await signStatement(nodePrimitives.sha256, ed25519Signer(newEd25519Seed()), {
    ...{
      origin: options.logKey.name,
      kind: "recordings.sealed",
      component: "centre",
      role: "centre",
      subject: "minute",
    },
    ...{ revision: 0, at: formatStatementTime(0), refs: [], anchor: { size: 0, root: "0".repeat(64) } },
    body: { firstSequence: 3, lastSequence: 40, segments: [] },
  });
  await keeper.append([seal]);
  await keeper.close();
  const [index, files] = [0, { recordFolder: options.recordFolder, size: 1 }];
  const objections = new Objections(root);
  const mirror = { seals: [index], removals, files, objections } as unknown as Mirror;
  const link = { describe: async () => ({ mission: { sources: [] } }), recordings: async () => undefined };
  const said: string[] = [];
  const copy = () =>
    new RecordingsCopy({
      ...{ root, mirror, link: link as unknown as CentreLink, component: "A", rule: "mission" },
      say: (text) => said.push(text),
    }).fetch(new AbortController().signal);
  return { copy, removals, objections, said, index };
}

const codes = (objections: Objections) => objections.all.map(({ code }) => code);

test("what the mission's rule let go of before a mirror came is told with the rule, and held against nobody", async () => {
  const { copy, objections, said, index } = await copyOf([REMOVED]);
  await copy();
  expect(codes(objections)).toEqual([]);
  expect(said).toEqual([`RECORDINGS: from entry ${index} on, minutes were removed under rule journal-30`]);
});

test("what is not given and was not removed is withheld; an entry of its removal settles that", async () => {
  const { copy, removals, objections } = await copyOf([{ ...REMOVED, lastSequence: 39 }]);
  await copy();
  expect(codes(objections)).toEqual(["recordings.withheld"]);
  removals.push({ ...REMOVED, what: "picture" });
  await copy();
  expect(codes(objections)).toEqual(["recordings.withheld"]);
  removals.push(REMOVED);
  await copy();
  expect(codes(objections)).toEqual([]);
});
