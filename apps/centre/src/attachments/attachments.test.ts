import { createHash, randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openAttachments } from "./index.ts";

async function* chunksOf(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}

it("keeps a file under its hash and gives it back, also after reopening", async () => {
  const directory = temporaryFolder();
  const bytes = randomBytes(70_001);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const attachments = await openAttachments({ directory });
  expect(await attachments.put(chunksOf(bytes))).toEqual({ sha256, bytes: 70_001 });
  expect(await attachments.put(chunksOf(bytes, 7))).toEqual({ sha256, bytes: 70_001 });
  const again = await openAttachments({ directory });
  expect(Buffer.compare(await buffer(await again.read(sha256)), bytes)).toBe(0);
  expect(await again.check(sha256)).toBe(true);
  const listed = [];
  for await (const attachment of again.list()) listed.push(attachment);
  expect(listed).toEqual([{ sha256, bytes: 70_001 }]);
});

it("refuses a file beyond the limit and leaves nothing behind, as with a broken upload", async () => {
  const directory = temporaryFolder();
  const attachments = await openAttachments({ directory, maximumBytes: 5000 });
  await expect(attachments.put(chunksOf(new Uint8Array(5001)))).rejects.toThrow("attachment.too-large");
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    throw new Error("connection lost");
  }
  await expect(attachments.put(broken())).rejects.toThrow("connection lost");
  expect(readdirSync(directory)).toEqual(["incoming"]);
  expect(readdirSync(join(directory, "incoming"))).toEqual([]);
  expect((await attachments.put(chunksOf(new Uint8Array(5000)))).bytes).toBe(5000);
});

it("sees that the bytes of a file are not those of its name", async () => {
  const directory = temporaryFolder();
  const attachments = await openAttachments({ directory });
  const { sha256 } = await attachments.put(chunksOf(new Uint8Array(10)));
  writeFileSync(join(directory, sha256.slice(0, 2), sha256), "other");
  expect(await attachments.check(sha256)).toBe(false);
});

it("makes no path of anything but a hash", async () => {
  const attachments = await openAttachments({ directory: temporaryFolder() });
  for (const name of [
    "../../etc/passwd",
    "..",
    "",
    "incoming/x",
    `${"a".repeat(63)}/`,
    "A".repeat(64),
    `${"a".repeat(64)}\n`,
  ])
    await expect(attachments.read(name)).rejects.toThrow("attachment.name-malformed");
  await fc.assert(
    fc.asyncProperty(fc.string(), async (name) => {
      await expect(attachments.find(name)).rejects.toThrow("attachment.name-malformed");
    }),
  );
  await expect(attachments.read("a".repeat(64))).rejects.toThrow("attachment.missing");
});
