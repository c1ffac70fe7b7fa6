import { once } from "node:events";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { FaultError } from "@openjmc/model";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MachineAct, Registered } from "../registrar/registrar.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { actThroughDoor } from "./ask-door.ts";
import { doorAddress } from "./door.ts";
import { openDoor } from "./open-door.ts";

const EXPORT: MachineAct = { kind: "export.made", subject: "export-12", body: { level: "full", size: 12 } };

let folder: string;
let taken: MachineAct[];
let refusing: FaultError | undefined;
let door: { close(): Promise<void> } | undefined;

async function open(): Promise<void> {
  door = await openDoor({
    folder,
    logger: pino({ level: "silent" }),
    act: async (acts) => {
      if (refusing) throw refusing;
      taken.push(...acts);
      return acts.map(({ kind }, index) => ({ entry: { kind, index, statement: "ab" } }) as unknown as Registered);
    },
  });
}

beforeEach(async () => {
  folder = join(temporaryFolder(), "door");
  taken = [];
  refusing = undefined;
  await open();
});
afterEach(() => door?.close());

/** Sends what no command would. */
async function send(body: string, path = "/acts", method = "POST"): Promise<readonly [number, string]> {
  const asked = request({ socketPath: doorAddress(folder), method, path });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  return [response.statusCode, JSON.parse(await text(response)).code];
}

describe("the operator's door", () => {
  it("takes acts of the machine in their order, for the centre's own user alone", async () => {
    await actThroughDoor(folder, [EXPORT, { ...EXPORT, kind: "time.stamped" }]);
    expect(taken.map(({ kind }) => kind)).toEqual(["export.made", "time.stamped"]);
    expect(taken[0]).toEqual(EXPORT);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["another kind", JSON.stringify([EXPORT, { ...EXPORT, kind: "alert.raised" }])],
    ["a person's kind", JSON.stringify([{ ...EXPORT, kind: "mission.configured" }])],
    ["no list", JSON.stringify(EXPORT)],
    ["no act", "[null]"],
    ["an act without a body", '[{"kind":"export.made","subject":"x"}]'],
    ["no JSON", "export"],
    ["too much", JSON.stringify([{ ...EXPORT, body: { more: "x".repeat(300_000) } }])],
  ])("takes nothing of what holds %s", async (_what, body) => {
    expect(await send(body)).toEqual([400, "door.refused"]);
    expect(taken).toEqual([]);
  });

  it("answers at one address only", async () => {
    expect(await send("[]", "/api/v1/centre")).toEqual([400, "door.refused"]);
    expect(await send("", "/acts", "GET")).toEqual([400, "door.refused"]);
  });

  it("tells why the centre would not", async () => {
    refusing = new FaultError({ code: "record.stopped", what: "record" });
    await expect(actThroughDoor(folder, [EXPORT])).rejects.toThrow("record.stopped");
  });

  it("is shut once it has been closed, and nothing of it stays", async () => {
    await door!.close();
    door = undefined;
    await expect(actThroughDoor(folder, [EXPORT])).rejects.toThrow("door.closed");
    expect(readdirSync(join(folder, ".."))).toEqual([]);
  });

  it("opens over what a killed process left", async () => {
    await door!.close();
    mkdirSync(folder);
    writeFileSync(join(folder, "acts"), "");
    await open();
    await actThroughDoor(folder, [EXPORT]);
    expect(taken).toHaveLength(1);
  });

  it("is not made under a name that the system does not take", async () => {
    const deep = join(folder, "..", "x".repeat(120));
    await expect(openDoor({ folder: deep, logger: pino({ level: "silent" }), act: async () => [] })).rejects.toThrow(
      "door.name-too-long",
    );
  });
});
