import { join } from "node:path";
import { expect, it } from "vitest";
import { killWriter } from "../segments/testing/kill-writer.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openLocalStore } from "./index.ts";

const WRITER = join(import.meta.dirname, "testing", "endless-putter.ts");
const rounds = process.env.OPENJMC_TORTURE === "1" ? 200 : 10;

it(`local.db loses nothing that it acknowledged and halves nothing, ${rounds} times killed`, async () => {
  const file = join(temporaryFolder(), "local.db");
  for (let round = 0; round < rounds; round++) {
    const acknowledged = await killWriter(WRITER, file, 3 + ((round * 37) % 90));
    const local = await openLocalStore(file);
    const values = (await local.list<number>("n")).map((item) => item.value);
    expect(values).toEqual(values.map((_, index) => index));
    expect(values.length).toBeGreaterThan(acknowledged);
    expect(await local.get("last", "n")).toBe(values.length - 1);
    await local.close();
  }
}, 5_400_000);
