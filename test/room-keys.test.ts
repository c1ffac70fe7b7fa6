/** A room's keys by command: rotation, escrow, erasure, search; each as the component's own people run it. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roomFolderOf } from "../apps/centre/src/room/found-room.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { ulid } from "./support/acts.ts";
import { tokenOf } from "./support/api.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { openTestRoom, type Page, sealAct, type TestRoom } from "./support/rooms.ts";
import { until } from "./support/wait.ts";

let test: TestCentre;
let room: TestRoom;
let page: Page;
let common: string[];

beforeAll(async () => {
  test = await openTestCentre();
  room = await openTestRoom(test.url, test.signers.A!, "A");
  const signer = openSigner(test.signers.A!, "A-Duty-1", PASSPHRASE);
  page = { url: test.url, officer: "A-Duty-1", token: await tokenOf(test.url, "A-Duty-1", signer), signer };
  const passphrase = join(test.root, "passphrase");
  writeFileSync(passphrase, PASSPHRASE);
  common = ["--centre", test.url, "--keys", test.signers.A!, "--passphrase-file", passphrase];
});
afterAll(async () => {
  await room?.stop();
  await test.close();
});

const note = (text: string) => sealAct(page, { kind: "room.noted", subject: ulid(), body: { text } });
const command = (name: string, ...more: string[]) => jmc(["room", name, ...more, ...common]);
const rootFolders = (): string[] => ["--root", `1=${test.signers.A}`, "--root", `2=${test.signers.A}`];

describe("jmc room", () => {
  it("searches, discloses and erases beside the node that serves", async () => {
    const kept = await note("blue door at the northern gate");
    await until("the node has it", () => room.node.search("northern").length === 1);
    const found = await command("search", "NORTHERN", "blue", "--json");
    expect(found).toMatchObject({ code: 0 });
    expect(JSON.parse(found.stdout)).toMatchObject({ statement: kept.statement, state: "sealed" });
    expect((await command("erase", kept.statement)).code).toBe(2);
    expect(await command("erase", kept.statement, "--reason", "a name")).toMatchObject({ code: 0 });
    expect((await command("search", "northern")).stdout).toBe("");
    await until("the node has forgotten it", () => room.node.search("northern").length === 0);
    const released = await note("to be told");
    expect(await command("disclose", released.statement)).toMatchObject({ code: 0 });
    await until("the node knows", () => room.node.search("told")[0]?.state === "disclosed");
  });

  it("begins a new epoch by two roots; new entries are under it, old ones stay readable", async () => {
    const before = await note("under the first epoch");
    const rotated = await command("rotate", ...rootFolders(), "--json");
    expect(rotated, rotated.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(rotated.stdout)).toMatchObject({ epoch: 2 });
    expect(readdirSync(test.signers.A!).filter((name) => name.includes("epoch-2"))).toHaveLength(3);
    expect((await command("rotate", "--root", `1=${test.signers.A}`)).code).toBe(2);
    // The node of this test reads its keys once; the one that is started anew has both epochs.
    await room.stop();
    room = await openTestRoom(test.url, test.signers.A!, "A");
    expect(room.node.epoch).toBe(2);
    const after = await note("under the second epoch");
    await until("the node has both", () => room.node.search("epoch").length === 2);
    expect(room.node.search("epoch").map((one) => [one.statement, one.sealed.epoch])).toEqual([
      [after.statement, 2],
      [before.statement, 1],
    ]);
  });

  it("makes a lost key again from two roots' parts, and from no others", async () => {
    await note("read again after the loss");
    await until("the node has it", () => room.node.search("loss").length === 1);
    await room.stop();
    const folder = roomFolderOf(test.signers.A!);
    for (const epoch of [1, 2]) rmSync(join(folder, `epoch-${epoch}.key.json`));
    expect((await command("search", "loss")).stderr).toContain("room.no-key");
    const wrong = join(test.root, "wrong");
    mkdirSync(wrong);
    for (const number of [1, 2])
      cpSync(
        join(test.signers.B!, `room-B-epoch-1.root-${number}.share.json`),
        join(wrong, `room-A-epoch-1.root-${number}.share.json`),
      );
    const refused = await command("recover", "--root", `1=${wrong}`, "--root", `2=${wrong}`);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("key.malformed");
    for (const epoch of ["1", "2"])
      expect(
        await command("recover", "--epoch", epoch, "--root", `1=${test.signers.A}`, "--root", `3=${test.signers.A}`),
      ).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "epoch-2.key.json"))).toBe(true);
    const found = await command("search", "loss", "--json");
    expect(JSON.parse(found.stdout)).toMatchObject({
      state: "sealed",
      content: { body: { text: "read again after the loss" } },
    });
    room = await openTestRoom(test.url, test.signers.A!, "A");
  });

  it("says in one line what is wrong with two parts that do not belong together", async () => {
    const mixed = join(test.root, "mixed");
    mkdirSync(mixed);
    const { createEpoch, openShare, recoverEpoch } = await import("../apps/centre/src/room/epoch-keys.ts");
    const made = {
      room: "A",
      epoch: 1,
      roomFolder: join(mixed, "room"),
      shareFolder: () => mixed,
      passphrase: PASSPHRASE,
    };
    await createEpoch({ ...made, memoryKiB: 1024 });
    const parts = [1, 2].map((number) => openShare(mixed, "A", 1, number, PASSPHRASE));
    const own = openShare(test.signers.A!, "A", 1, 1, PASSPHRASE);
    const place = { room: "A", epoch: 1, roomFolder: join(mixed, "again") };
    const check = [...room.node.checks.values()][0]!;
    await expect(recoverEpoch(place, [parts[0]!, parts[1]!], check, PASSPHRASE, 1024)).rejects.toMatchObject({
      fault: { code: "share.wrong-key" },
    });
    await expect(recoverEpoch(place, [own, parts[1]!], check, PASSPHRASE, 1024)).rejects.toMatchObject({
      fault: { code: "share.wrong-key" },
    });
    await expect(recoverEpoch(place, [own, own], check, PASSPHRASE, 1024)).rejects.toMatchObject({
      fault: { code: "share.mismatch" },
    });
    expect(existsSync(place.roomFolder)).toBe(false);
  });
});
