import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { checkObject } from "./check-object.ts";
import { decodeObject } from "./decode-object.ts";
import { encodeObject } from "./encode-object.ts";
import { readSchema } from "./schema.ts";

const schema = readSchema(
  `
  Thing
  1 name string!
  2 count int32
  3 weight float
  4 place double
  5 at Timestamp
  6 inner Thing
  7 kinds Kind*
  8 big int64
  9 blob bytes
  10 yes bool |choice!
  11 other ulid |choice!
  12 things Thing*
  16 size uint64
  enum Kind KIND_: NONE ONE _ THREE
  `,
);
const thing = schema.get("Thing")!;

const leaf = fc.record(
  {
    name: fc.string({ unit: "grapheme" }),
    count: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    weight: fc.integer({ min: -9999, max: 9999 }).map((value) => value / 1000),
    place: fc.double({ noNaN: true, noDefaultInfinity: true }),
    at: fc.integer({ min: -1e15, max: 4e15 }),
    kinds: fc.array(fc.constantFrom("KIND_NONE", "KIND_ONE", "KIND_THREE", 77), { minLength: 1 }),
    big: fc.maxSafeInteger(),
    size: fc.maxSafeNat(),
    blob: fc.uint8Array(),
    yes: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anyThing = fc.record(
  {
    ...Object.fromEntries(["name"].map((name) => [name, fc.string()])),
    inner: leaf,
    things: fc.array(leaf, { minLength: 1 }),
  },
  { requiredKeys: [] },
);

describe("protocol buffers", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(fc.oneof(leaf, anyThing), (object) => {
        expect(decodeObject(thing, encodeObject(thing, object))).toEqual({
          ok: true,
          value: { value: object, unknownFields: 0 },
        });
      }),
    );
  });

  it("have the bytes of the encoding's own examples", () => {
    const hex = (object: object) => Buffer.from(encodeObject(thing, object)).toString("hex");
    expect(hex({ count: 150 })).toBe("109601");
    expect(hex({ name: "testing" })).toBe("0a0774657374696e67");
    expect(hex({ inner: { count: 150 } })).toBe("3203109601");
    expect(hex({ count: -2 })).toBe("10feffffffffffffffff01");
    expect(hex({ kinds: ["KIND_ONE", "KIND_THREE"] })).toBe("3a020103");
  });

  it("take repeated numbers unpacked too, and of a group the last", () => {
    const read = (hex: string) => decodeObject(thing, Uint8Array.from(Buffer.from(hex, "hex")));
    expect(read("38013803")).toMatchObject({ value: { value: { kinds: ["KIND_ONE", "KIND_THREE"] } } });
    expect(read("50015a0141")).toEqual({ ok: true, value: { value: { other: "A" }, unknownFields: 0 } });
    expect(read("a20100")).toMatchObject({ value: { unknownFields: 1 } });
  });

  it("that cannot be are refused with the field and the offset", () => {
    const read = (...bytes: number[]) => decodeObject(thing, Uint8Array.from(bytes), 100);
    expect(read(0x0a, 5, 65)).toMatchObject({ ok: false, fault: { where: { offset: 100, field: "Thing.name" } } });
    expect(read(0x10, 1, 0x08, 1)).toMatchObject({ fault: { where: { offset: 103, field: "Thing.name" } } });
    expect(read(0x0a, 1, 0xff)).toMatchObject({ fault: { where: { field: "name" }, expected: "UTF-8 text" } });
    expect(read(0x00)).toMatchObject({ ok: false });
    expect(read(0x10, ...new Array<number>(10).fill(0xff))).toMatchObject({ ok: false });
    const deep = Array.from({ length: 40 }).reduce<object>((inner) => ({ inner }), {});
    expect(decodeObject(thing, encodeObject(thing, deep))).toMatchObject({
      fault: { expected: expect.stringMatching(/in one another/) },
    });
  });

  it("are checked for what their table demands", () => {
    expect(checkObject(thing, { name: "x", yes: false, kinds: [77], inner: {} })).toEqual([
      "Thing.kinds: no member that is known",
      "Thing.inner.name: missing",
      "Thing.inner: none of yes, other",
    ]);
    expect(checkObject(thing, { name: "x", other: "01M80E21DETN8P1TVB0W3VSCTB" })).toEqual([]);
    expect(checkObject(thing, { name: "x", other: "1" })).toEqual(["Thing.other: no ulid"]);
  });

  it("refuse to write what the table does not have", () => {
    for (const wrong of [{ nothing: 1 }, { name: 1 }, { count: "many" }, { kinds: ["KIND_TWO"] }])
      expect(() => encodeObject(thing, wrong)).toThrow(TypeError);
  });

  it(
    "of any bytes are read without a crash",
    () => {
      const mangled = fc.tuple(anyThing, fc.array(fc.tuple(fc.nat(), fc.nat(255)))).map(([object, edits]) => {
        const bytes = encodeObject(thing, object);
        for (const [place, byte] of edits) if (bytes.length > 0) bytes[place % bytes.length] = byte;
        return bytes;
      });
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array(), mangled), (bytes) => {
          const result = decodeObject(thing, bytes);
          if (!result.ok) return;
          const again = decodeObject(thing, encodeObject(thing, result.value.value));
          expect(again).toMatchObject({ ok: true });
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
