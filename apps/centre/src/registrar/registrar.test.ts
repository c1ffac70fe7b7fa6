import { expect, it } from "vitest";
import { withClosedRecord } from "../archive/closed-record.ts";
import { foundTestCentre } from "../maintenance/testing/centre-folder.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import type { MachineAct } from "./registrar.ts";

it("takes the acts of the machine beside one that cannot be signed, and says so of that one", async () => {
  const { root } = await foundTestCentre(temporaryFolder());
  const started = (subject: string, body: object = {}): MachineAct => ({ kind: "centre.started", subject, body });
  await withClosedRecord(root, "test", async ({ registrar, keeper }) => {
    const before = registrar.size;
    const acts = [
      started("one"),
      started("two", { name: "A\u202eB" }),
      started("three", { height: 0.5 }),
      started("no subject at all"),
      { ...started("five"), kind: "incident.opened" },
      started("six"),
    ];
    await expect(registrar.act(acts)).rejects.toMatchObject({ fault: { code: "json.bidi-control" } });
    expect([registrar.size - before, keeper.size - before]).toEqual([2, 2]);
    const [next] = await registrar.act([started("seven")]);
    expect(next!.entry).toMatchObject({ index: before + 2, subject: "seven" });
  });
});
