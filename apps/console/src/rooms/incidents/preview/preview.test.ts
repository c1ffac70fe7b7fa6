import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageHead } from "./image-head.ts";
import { hexLines, readableText } from "./letters.ts";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the head of a picture", () => {
  it.each([
    ["PNG", "89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0806000000", 640, 480],
    ["GIF", "474946383961 8002 e001 f70000", 640, 480],
    ["JPEG", "ffd8 ffe0 0004 0000 ffff ffdb 0003 00 ffc2 0011 08 01e0 0280 03", 640, 480],
    ["WebP", "52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100", 640, 480],
    ["WebP", "52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001", 640, 480],
    ["WebP", "52494646 00000000 57454250 5650384c 00000000 2f 7fc27700", 640, 480],
  ])("%s tells its size before anything decodes it", (format, hex, width, height) => {
    expect(imageHead(bytesOf(hex))).toMatchObject({ format, width, height });
    // Cut off within it, there is no size to go by.
    for (let length = 0; length < 10; length++) expect(imageHead(bytesOf(hex).subarray(0, length))).toBeUndefined();
  });

  it("is not read into what is none, whatever it is called, and no bytes make it fail", () => {
    for (const text of [
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "%PDF-1.7",
      "<!doctype html>",
      "PK\u0003\u0004",
      "GIF99a",
    ])
      expect(imageHead(utf8(text.padEnd(64)))).toBeUndefined();
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(0xff, 0xd8, ...rest)),
    );
    fc.assert(fc.property(hostile, (bytes) => imageHead(bytes) === undefined || imageHead(bytes)!.width >= 0));
  });
});

describe("letters", () => {
  it("are the text itself, with what hides in it made visible", () => {
    expect(readableText(utf8("<script>x</script>\r\n\t“é”"), false)).toBe("<script>x</script>\n\t“é”");
    expect(readableText(utf8("a\u202Egpj.exe\u001b[2J\u200b\ufeff"), false)).toBe(
      "a‹U+202E›gpj.exe‹U+001B›[2J‹U+200B›‹U+FEFF›",
    );
  });

  it("are none where the bytes are no text; a letter cut in two at the end of a part does not spoil it", () => {
    expect(readableText(Uint8Array.of(0xff, 0xfe, 0x41), false)).toBeUndefined();
    expect(readableText(utf8("a\u0000b"), false)).toBeUndefined();
    expect(readableText(utf8("né").subarray(0, 2), true)).toBe("n");
    expect(readableText(utf8("né").subarray(0, 2), false)).toBeUndefined();
  });

  it("show every byte in hex, and only letters of ASCII beside it", () => {
    expect(hexLines(Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0, 0xff, 0x7f))).toMatch(
      /^000000 {2}25 50 44 46 00 ff 7f +%PDF\.\.\.$/,
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const hex = hexLines(bytes)
          .split("\n")
          .map((line) => line.slice(8, 56).replaceAll(" ", ""))
          .join("");
        expect(hex).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });
});
