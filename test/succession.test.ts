/** A site that is lost: a new record goes on from the last point that both sides sealed, with or without the other side. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  comparePredecessor,
  ED25519_COSIGNATURE,
  formatNote,
  formatVkey,
  foundingAcceptance,
  noteKey,
  openNote,
  parseVkey,
  signNote,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ed25519Signer, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { openCopy } from "../apps/centre/src/signer/log-view.ts";
import { type FoundedCentre, foundTestCentre, PASSPHRASE } from "./support/centre.ts";
import { expectRefusal } from "./support/expect-refusal.ts";
import { jmc, serveCentre } from "./support/jmc.ts";

let former: FoundedCentre;
const file = (name: string): string => join(former.root, name);
const { sha256 } = nodePrimitives;
const cosigners = ["A", "B"].map((name) => {
  const signer = ed25519Signer(sha256(Buffer.from(`cosigner ${name}`)));
  return { name, signer, key: noteKey(sha256, `centre.test/${name}`, ED25519_COSIGNATURE, signer.publicKey) };
});
const POLICY = [
  ...cosigners.map(({ name, key }) => `witness ${name} ${formatVkey(key)}`),
  "group both all A B",
  "quorum both",
];

beforeAll(async () => {
  former = await foundTestCentre({ terms: { cosigners: { policy: POLICY } } });
  writeFileSync(file("passphrase"), PASSPHRASE);
});
afterAll(() => rmSync(former.root, { recursive: true, force: true }));

/** A mirror's copy of the record, whose checkpoint bears these cosignatures. */
async function mirror(name: string, ...names: string[]): Promise<string> {
  const folder = file(name);
  cpSync(join(former.folder, "record"), join(folder, "record"), { recursive: true });
  const logKey = unwrap(parseVkey(sha256, readFileSync(join(folder, "record", "log.vkey"), "utf8").trim()));
  const path = join(folder, "record", "checkpoint");
  const { text, verified } = unwrap(openNote(nodePrimitives, new Uint8Array(readFileSync(path)), [logKey]));
  const signatures = verified.map(({ name: who, id, bytes }) => ({ name: who, id, bytes }));
  for (const { name: who, key, signer } of cosigners)
    if (names.includes(who)) signatures.push(await signNote(key, signer, text, 1_600_000_000));
  writeFileSync(path, formatNote({ text, signatures }));
  return folder;
}

const init = (folder: string, from: string, ...more: string[]) =>
  jmc([
    ...["init", file(folder), "--mission", "karabakh-2020", "--origin", "centre.test.second", "--succeed", from],
    ...["--signer", `A=${former.signers.A}`, "--passphrase-file", `A=${file("passphrase")}`],
    ...["--passphrase-file", `B=${file("passphrase")}`, ...more],
  ]);
const REASON = ["--reason", "the site was lost"];

describe("a successor", () => {
  it("goes on with one side absent, from where both had sealed; verifiers say so, and who is absent", async () => {
    const copy = await mirror("mirror", "A", "B");
    const founded = await init("second", copy, ...REASON, "--absent", "B");
    expect([founded.code, founded.stderr]).toEqual([0, expect.stringContaining("founded")]);
    for (const text of ["Succeeds centre.test,", "component B: ABSENT", "cosigned by centre.test/A, centre.test/B"])
      expect(founded.stdout).toContain(text);
    const [heir, old] = [await openCopy(file("second")), await openCopy(former.folder)];
    expect(comparePredecessor(heir.state, old.state)).toEqual([]);
    expect(foundingAcceptance(heir.state).map(({ accepted }) => accepted)).toEqual([true, false]);
    expect(heir.state.founding?.succeeds).toMatchObject({ origin: "centre.test", reason: "the site was lost" });
    expect(heir.state.founding?.succeeds?.cosignatures).toHaveLength(2);
    const verified = await jmc(["verify", file("second")]);
    expect(verified.code).toBe(0);
    expect((await jmc(["verify", file("second"), "--predecessor", former.folder])).code).toBe(0);
    const turned = await jmc(["verify", former.folder, "--predecessor", file("second")]);
    expect([turned.code, turned.stdout]).toEqual([1, expect.stringContaining("does not say that it succeeds another")]);
    expect(verified.stdout).toContain("Component B has not accepted the founding.");
    expect(verified.stdout).toMatch(/Succeeds the record centre\.test from its size \d+\. Reason: the site was lost/);
  });

  it("is accepted later by the side that was absent, when it returns", async () => {
    const centre = await serveCentre(file("second"));
    try {
      const genesis = (await openCopy(file("second"))).state.founding!.statementId;
      const steps = [
        ["sign", "export", "--countersign", genesis, "--record", file("second"), "--out", file("founding-0")],
        [
          ...[
            "sign",
            "file",
            file("founding-0"),
            "--keys",
            former.signers.B,
            "--holder",
            "root-1",
            "--holder",
            "root-2",
          ],
          ...["--out", file("founding-1"), "--passphrase-file", file("passphrase"), "--yes"],
        ],
        ["sign", "import", file("founding-1"), "--centre", centre.url],
      ];
      for (const step of steps) expect(await jmc(step)).toMatchObject({ code: 0 });
    } finally {
      await centre.stop();
    }
    const { state } = await openCopy(file("second"));
    expect(foundingAcceptance(state).map(({ accepted }) => accepted)).toEqual([true, true]);
  });

  it("with both sides there is accepted by both, under the roots that they had", async () => {
    const copy = await mirror("mirror-2", "A", "B");
    const founded = await init("third", copy, ...REASON, "--signer", `B=${former.signers.B}`);
    expect(founded.code).toBe(0);
    const [heir, old] = [await openCopy(file("third")), await openCopy(former.folder)];
    expect(foundingAcceptance(heir.state).map(({ accepted }) => accepted)).toEqual([true, true]);
    expect(comparePredecessor(heir.state, old.state)).toEqual([]);
  });

  it("does not begin where only one side had sealed, unless that is accepted and shown", async () => {
    const copy = await mirror("mirror-3", "A");
    expectRefusal(await init("fourth", copy, ...REASON, "--absent", "B"), /predecessor\.not-sealed/);
    const founded = await init("fourth", copy, ...REASON, "--absent", "B", "--unsealed");
    expect(founded.code).toBe(0);
    expect(founded.stdout).toContain("cosigned by centre.test/A.");
  });

  it("does not begin from a copy that does not hold, without a reason, or without a side where nothing is succeeded", async () => {
    const copy = await mirror("mirror-4", "A", "B");
    expectRefusal(await init("fifth", copy, "--absent", "B"), /flag\.missing/, /--reason/);
    writeFileSync(join(copy, "record", "tile", "entries", "000.p", "x"), "stray");
    expectRefusal(await init("fifth", copy, ...REASON, "--absent", "B"), /predecessor\.not-sound/);
    expectRefusal(await init("fifth", file("nowhere"), ...REASON, "--absent", "B"), /record\.missing/);
  });
});
