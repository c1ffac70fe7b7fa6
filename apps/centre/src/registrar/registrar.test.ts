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

it("takes acts that follow each other until one cannot be signed, and says how many it took", async () => {
  const { root } = await foundTestCentre(temporaryFolder());
  const started = (subject: string, body: object = {}): MachineAct => ({ kind: "centre.started", subject, body });
  await withClosedRecord(root, "test", async ({ registrar, keeper }) => {
    const before = registrar.size;
    const acts = [started("one"), started("two"), started("three", { height: 0.5 }), started("four")];
    const { taken, refused } = await registrar.actInOrder(acts);
    expect([taken, registrar.size - before, keeper.size - before]).toEqual([2, 2, 2]);
    expect(refused?.fault).toMatchObject({ what: "act of the centre (centre.started)" });
    expect(await registrar.actInOrder([started("four")])).toEqual({ taken: 1 });
  });
});

it("stays with what is on the disk when the desk can make nothing of a body", async () => {
  const { root } = await foundTestCentre(temporaryFolder());
  const nonsense = { toString: 1, valueOf: 1 };
  const names = [
    "rule",
    "severity",
    "subjectKind",
    "subjectId",
    "zone",
    "provision",
    "occurredAt",
    "outline",
    "lon",
    "lat",
  ];
  const body = Object.fromEntries(names.map((name) => [name, nonsense]));
  await withClosedRecord(root, "test", async ({ registrar, keeper }) => {
    const [first, second] = await registrar.act([
      { kind: "alert.raised", subject: "one", body },
      { kind: "centre.started", subject: "two", body: {} },
    ]);
    expect([first!.changes, second!.entry.index]).toMatchObject([[{ view: "entries" }], first!.entry.index + 1]);
    expect([registrar.size, keeper.size]).toEqual([second!.entry.index + 1, second!.entry.index + 1]);
  });
});
