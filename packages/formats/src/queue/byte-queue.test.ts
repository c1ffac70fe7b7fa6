import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { ByteQueue } from "./byte-queue.ts";

describe("ByteQueue", () => {
  it(
    "gives the bytes of the stream in order, with their offsets, however it is fed and emptied",
    () => {
      const step = fc.record({ chunk: fc.uint8Array({ maxLength: 20 }), take: fc.nat(30) });
      fc.assert(
        fc.property(fc.array(step), (steps) => {
          const queue = new ByteQueue();
          const pushed: number[] = [];
          const taken: number[] = [];
          for (const { chunk, take } of steps) {
            const lent = chunk.slice();
            queue.push(lent);
            pushed.push(...chunk);
            const count = Math.min(take, queue.length);
            for (let index = 0; index < count; index += 1) taken.push(queue.at(index));
            queue.consume(count);
            queue.keep();
            // The owner of a chunk may reuse it.
            lent.fill(0xee);
            expect(queue.offset).toBe(taken.length);
          }
          const rest = Array.from({ length: queue.length }, (_, index) => queue.at(index));
          expect([...taken, ...rest]).toEqual(pushed);
        }),
        fuzzRuns(100),
      );
    },
    FUZZ_TIMEOUT,
  );

  it("reads numbers in both orders", () => {
    const queue = new ByteQueue();
    queue.push(Uint8Array.of(0x81, 2, 3, 4));
    expect(queue.uint16(1)).toBe(0x0203);
    expect(queue.uint32(0)).toBe(0x81020304);
    expect(queue.uint32(0, true)).toBe(0x04030281);
  });

  it("moves bytes seldom when fed one at a time", () => {
    const queue = new ByteQueue();
    const buffers = new Set<Uint8Array>();
    for (let index = 0; index < 60_000; index += 1) {
      queue.push(Uint8Array.of(index & 0xff));
      queue.keep();
      buffers.add(queue.bytes);
    }
    expect(queue.length).toBe(60_000);
    expect(buffers.size).toBeLessThan(40);
  });
});
