import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openLocalStore } from "./index.ts";

it("keeps values by collection and key over a reopening", async () => {
  const file = join(temporaryFolder(), "local.db");
  const first = await openLocalStore(file);
  await first.put("drafts", "b", { text: "ş" });
  await first.put("drafts", "a", [1]);
  await first.put("cursors", "a", 7);
  await first.put("cursors", "a", 8);
  await first.close();
  const second = await openLocalStore(file);
  expect(await second.list("drafts")).toEqual([
    { key: "a", value: [1] },
    { key: "b", value: { text: "ş" } },
  ]);
  expect(await second.get("cursors", "a")).toBe(8);
  await second.delete("drafts", "a");
  expect(await second.get("drafts", "a")).toBeUndefined();
  expect(await second.list("nothing")).toEqual([]);
  await second.close();
});

it("lists by prefix, and applies all or nothing", async () => {
  const local = await openLocalStore(join(temporaryFolder(), "local.db"));
  await local.apply(["a/1", "a/2", "b/1"].map((key) => ({ change: "put", collection: "c", key, value: key })));
  expect((await local.list("c", "a/")).map((item) => item.key)).toEqual(["a/1", "a/2"]);
  const bad = { change: "put", collection: "c", key: "z", value: undefined } as const;
  await expect(local.apply([{ change: "delete", collection: "c", key: "b/1" }, bad])).rejects.toThrow("local.not-json");
  expect(await local.list("c")).toHaveLength(3);
  await local.close();
});

it("does not make a damaged file new: it is not to be lost", async () => {
  const file = join(temporaryFolder(), "local.db");
  writeFileSync(file, "no database ".repeat(1000));
  await expect(openLocalStore(file)).rejects.toThrow(/store.damaged/);
});
