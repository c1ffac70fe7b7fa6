import { emptyDesk } from "@openjmc/desk";
import type { IncidentRow } from "@openjmc/model";
import { expect, it } from "vitest";
import type { MachineAct } from "../registrar/registrar.ts";
import { readsOfOriginals } from "./reads-of-originals.ts";

const FILE = "ab".repeat(32);
const HOUR = 3_600_000_000;

function opened() {
  const desk = emptyDesk();
  const acts: MachineAct[] = [];
  const clock = { instant: 0, isFull: false };
  desk.incidents.set("i", { evidence: [{ kind: "file", target: FILE }] } as unknown as IncidentRow);
  const tell = readsOfOriginals({
    clock: { now: () => clock.instant, speed: 1 },
    registrar: {
      desk,
      act: async (given) => {
        if (clock.isFull) throw new Error("the keeper has stopped");
        acts.push(...given);
        return [];
      },
    },
  });
  return { acts, clock, read: (officer: string, file = FILE) => tell(file, { officer, component: officer[0]! }) };
}

it("tells each officer's reading of evidence once an hour, and nothing of other files", async () => {
  const { acts, clock, read } = opened();
  await read("A-Duty-1");
  await read("A-Duty-1");
  await read("B-Duty-1");
  await read("A-Duty-1", "cd".repeat(32));
  const told = (officer: string) => ({
    ...{ kind: "original.read", subject: FILE, body: { officer, component: officer[0]! } },
  });
  expect(acts).toEqual([told("A-Duty-1"), told("B-Duty-1")]);
  clock.instant = HOUR;
  await read("A-Duty-1");
  expect(acts).toHaveLength(3);
});

it("gives nothing out that the record does not take, and tries again at the next reading", async () => {
  const { acts, clock, read } = opened();
  clock.isFull = true;
  await expect(read("A-Duty-1")).rejects.toThrow("the keeper has stopped");
  clock.isFull = false;
  await read("A-Duty-1");
  expect(acts).toHaveLength(1);
});
