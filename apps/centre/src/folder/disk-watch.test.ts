import { FaultError } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { DiskWatch, whileThereIsRoom } from "./disk-watch.ts";

function watchOf(free: () => number, told: (string | undefined)[] = []): DiskWatch {
  return new DiskWatch({
    root: "/centre",
    space: () => ({ freeBytes: free(), totalBytes: 1000 }),
    reserveBytes: 100,
    onChange: (fault) => told.push(fault?.code),
  });
}

describe("the watch over the disk", () => {
  it("says full below the reserve, and not full only when there is something to spare", () => {
    let free = 1000;
    const told: (string | undefined)[] = [];
    const disk = watchOf(() => free, told);
    const seen = [99, 0, 100, 124, 125, 100].map((bytes) => {
      free = bytes;
      disk.look();
      return disk.fault?.code;
    });
    expect(seen).toEqual(["disk.full", "disk.full", "disk.full", "disk.full", undefined, undefined]);
    expect(told).toEqual(["disk.full", undefined]);
  });

  it("says where, what it needs and what there is", () => {
    expect(watchOf(() => 7).fault).toEqual({
      code: "disk.full",
      what: "disk of the centre",
      where: { file: "/centre" },
      expected: "at least 100 bytes free",
      got: "7",
    });
  });

  it("takes a device that cannot be measured for neither full nor empty", () => {
    let broken = false;
    const disk = watchOf(() => {
      if (broken) throw new Error("no such device");
      return 50;
    });
    broken = true;
    disk.look();
    expect(disk.fault?.code).toBe("disk.full");
  });

  it("breaks a stream off when room runs out on the way", async () => {
    let free = 200;
    const disk = watchOf(() => free);
    const passed: number[] = [];
    async function* chunks() {
      for (let number = 0; number < 10; number++) {
        if (number === 5) free = 10;
        yield new Uint8Array(1024 * 1024);
      }
    }
    const passing = async () => {
      for await (const chunk of whileThereIsRoom(chunks(), disk, (fault) => new FaultError(fault)))
        passed.push(chunk.length);
    };
    await expect(passing()).rejects.toThrow(/disk\.full/);
    expect(passed.length).toBeGreaterThanOrEqual(5);
    expect(passed.length).toBeLessThan(10);
  });
});
