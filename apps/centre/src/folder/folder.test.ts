import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { livingHolder, openFolder } from "./index.ts";

const NOW = 1_617_679_800_000_000;
const options = { purpose: "serve", now: NOW };
const HOLDER = join(import.meta.dirname, "testing", "hold-folder.ts");

describe("a centre's folder", () => {
  it("refuses a second opening and says which process holds it", () => {
    const root = temporaryFolder();
    const folder = openFolder(root, options);
    expect(() => openFolder(root, options)).toThrow(new RegExp(`folder.in-use.*process ${process.pid} \\(serve\\)`));
    expect(livingHolder(folder.paths.lock)?.pid).toBe(process.pid);
    folder.close();
    expect(existsSync(folder.paths.lock)).toBe(false);
    openFolder(root, options).close();
  });

  it("refuses beside another process, and takes over when that one was killed", async () => {
    const root = temporaryFolder();
    const child = spawn(process.execPath, ["--expose-gc", HOLDER, root], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(() => openFolder(root, options)).toThrow(new RegExp(`process ${child.pid} \\(test\\)`));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    const folder = openFolder(root, options);
    expect(folder.takenFrom?.pid).toBe(child.pid);
    folder.close();
  });

  it("lets only one of many in", async () => {
    const root = temporaryFolder();
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--expose-gc", HOLDER, root], { stdio: ["ignore", "pipe", "ignore"] }),
    );
    const outcome = (child: (typeof children)[number]): Promise<string> =>
      Promise.race([once(child.stdout!, "data").then(() => "held"), once(child, "exit").then(() => "refused")]);
    const outcomes = await Promise.all(children.map(outcome));
    for (const child of children) child.kill("SIGKILL");
    expect(outcomes.sort()).toEqual(["held", "refused", "refused", "refused", "refused", "refused"]);
  });

  it("does not believe a file that names a process which holds nothing", () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "lock"), JSON.stringify({ pid: process.pid, since: NOW, purpose: "serve" }));
    expect(livingHolder(join(root, "lock"))).toBeUndefined();
    const folder = openFolder(root, options);
    expect(folder.takenFrom?.pid).toBe(process.pid);
    folder.close();
  });

  it("takes over a lock that nobody could have written", () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "lock"), "garb");
    openFolder(root, options).close();
  });

  it("refuses a missing folder and too little room, with messages of their own", () => {
    const root = temporaryFolder();
    expect(() => openFolder(join(root, "none"), options)).toThrow(/folder.missing.*jmc init/);
    expect(() => openFolder(root, { ...options, minimumFreeBytes: 2 ** 60 })).toThrow(/disk.full.*bytes free/);
    openFolder(join(root, "new"), { ...options, create: true }).close();
  });

  it("reports what does not belong there", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "journal"));
    writeFileSync(join(root, "holiday.jpg"), "");
    const folder = openFolder(root, options);
    expect(folder.unknownFiles()).toEqual(["holiday.jpg"]);
    expect(folder.space().freeBytes).toBeGreaterThan(0);
    folder.close();
  });
});
