import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openStore } from "./index.ts";
import { storeContract } from "./store.contract.ts";
import type { Store } from "./store.ts";

describe("store on SQLite", () => {
  let file = "";
  storeContract(async (reopen): Promise<Store> => {
    if (reopen !== true) file = join(temporaryFolder(), "projection.db");
    return openStore({ file, viewSchema: 1 });
  });

  it("is made anew when the views' schema changed or the file is no database", async () => {
    const file = join(temporaryFolder(), "projection.db");
    const change = { view: "reports", change: "put", key: "k", at: 1, logIndex: 0, row: 1 } as const;
    const first = await openStore({ file, viewSchema: 1 });
    await first.apply([change]);
    await first.close();
    const second = await openStore({ file, viewSchema: 2 });
    expect([second.fresh, await second.count({ view: "reports" })]).toEqual([true, 0]);
    await second.close();
    writeFileSync(file, "this was a database once ".repeat(400));
    const third = await openStore({ file, viewSchema: 2 });
    expect(third.fresh).toBe(true);
    await third.close();
  });

  it("says where it cannot open a file", async () => {
    await expect(openStore({ file: "/nowhere/at/all/projection.db", viewSchema: 1 })).rejects.toThrow(
      /file.forbidden.*\/nowhere/,
    );
  });
});
