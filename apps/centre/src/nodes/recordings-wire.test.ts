import { encodeRecorded } from "@openjmc/record";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRecorded } from "./recordings-wire.ts";

const recorded = fc.record({
  link: fc.string({ maxLength: 20 }),
  body: fc.uint8Array({ maxLength: 300 }),
});

async function collect(bytes: Uint8Array, chunk: number) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const found = [];
  for await (const one of decodeRecorded(chunks())) found.push({ link: one.link, body: new Uint8Array(one.body) });
  return found;
}

test("records come out as they went in, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(recorded, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (list, chunk) => {
      const bytes = Buffer.concat(list.map(encodeRecorded));
      expect(await collect(bytes, chunk)).toEqual(
        list.map(({ link, body }) => ({ link: Buffer.from(link).toString(), body })),
      );
    }),
  );
});

test("a torn end and a length beyond all measure are faults", async () => {
  const whole = encodeRecorded({ link: "a", body: new Uint8Array(9) });
  await expect(collect(whole.subarray(0, whole.length - 1), 4)).rejects.toThrow("recordings.malformed");
  await expect(collect(Uint8Array.of(1, 97, 255, 255, 255, 255), 6)).rejects.toThrow("recordings.malformed");
});
