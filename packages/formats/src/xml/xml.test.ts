import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { parseXml } from "./parse-xml.ts";
import type { XmlElement } from "./xml-element.ts";
import { escapeXml } from "./xml-text.ts";
import { parseXmlTime } from "./xml-time.ts";

const utf8 = new TextEncoder();
const parse = (text: string, limits = {}) => parseXml(utf8.encode(text), limits);

const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,8}$/).filter((text) => !text.startsWith("xmlns"));
const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((value) => value.replace(/[\ufffe\uffff]/g, ""));
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.record({
    name,
    namespace: fc.constant(""),
    attributes: fc.dictionary(name, text, { maxKeys: 3 }),
    children: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
    text,
  }),
}));

function write({ name: tag, attributes, children, text: inside }: XmlElement): string {
  const values = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${tag}${values.join("")}>${escapeXml(inside)}${children.map(write).join("")}</${tag}>`;
}

describe("documents", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(tree, (element) => {
        expect(parse(write(element))).toEqual({ ok: true, value: element });
      }),
    );
  });

  it("may hold comments, instructions, literal sections, references, and names with prefixes", () => {
    const document = `<?xml version="1.0"?><!-- a --><a xmlns="u:1" xmlns:b='u:2' b:x='1'><!-- <c> --><b:c/>x&#65;&#x42;&lt;<![CDATA[<&]]><?p ?></a>\n`;
    expect(parse(document)).toMatchObject({
      ok: true,
      value: {
        name: "a",
        namespace: "u:1",
        text: "xAB<<&",
        attributes: { "b:x": "1" },
        children: [{ name: "c", namespace: "u:2" }],
      },
    });
  });

  it("may be in ISO 8859-1 where they say so", () => {
    const bytes = Uint8Array.from([
      ...utf8.encode('<?xml version="1.0" encoding="ISO-8859-1"?><a>'),
      0xe9,
      ...utf8.encode("</a>"),
    ]);
    expect(parseXml(bytes)).toMatchObject({ ok: true, value: { text: "é" } });
    expect(parse('<?xml version="1.0" encoding="UTF-16"?><a/>')).toMatchObject({ fault: { code: "xml.encoding" } });
    expect(parseXml(Uint8Array.of(0x3c, 0x61, 0xff))).toMatchObject({ fault: { code: "xml.encoding" } });
  });

  it("with document types, entities, or beyond the limits are refused", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>';
    expect(parse(bomb)).toMatchObject({ fault: { code: "xml.document-type", where: { offset: 0 } } });
    expect(parse("<a>&d;</a>")).toMatchObject({ fault: { code: "xml.malformed", where: { offset: 3 } } });
    expect(parse("<a>&#0;</a>")).toMatchObject({ ok: false });
    expect(parse("<a>".repeat(40) + "</a>".repeat(40))).toMatchObject({ fault: { code: "xml.too-deep" } });
    expect(parse(`<a>${"<b/>".repeat(20)}</a>`, { nodes: 10 })).toMatchObject({ fault: { code: "xml.too-many" } });
    expect(parse("<a>12345678</a>", { size: 10 })).toMatchObject({ fault: { code: "xml.too-large" } });
  });

  it.each([
    ["", 0],
    ["<a>", 3],
    ["<a></b>", 5],
    ["<a/><b/>", 4],
    ["<a b=1/>", 5],
    ["<a b='1' b='2'/>", 12],
    ["<a b='<'/>", 6],
    ["<é/>", 1],
    ["<a>é</b>", 7],
    ["<x:a/>", 6],
    ["<a><!-- </a>", 3],
  ])("like %j are refused at byte %d", (document, offset) => {
    expect(parse(document)).toMatchObject({ ok: false, fault: { code: "xml.malformed", where: { offset } } });
  });

  it(
    "of any content are read without a crash",
    () => {
      const scraps = fc.array(
        fc.constantFrom(
          "<a",
          "</a>",
          ">",
          "/>",
          " b='",
          "'",
          "&lt;",
          "&",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<?",
          "?>",
          "x",
          "é",
          ":",
          "<!DOCTYPE",
        ),
        { maxLength: 20 },
      );
      fc.assert(
        fc.property(
          fc.oneof(
            scraps.map((parts) => utf8.encode(`<a>${parts.join("")}</a>`)),
            fc.uint8Array(),
          ),
          (bytes) => {
            const parsed = parseXml(bytes);
            if (parsed.ok) expect(parsed.value.name).not.toBe("");
          },
        ),
        fuzzRuns(5_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe("times in documents", () => {
  it("are read with and without fraction and zone", () => {
    const at = Date.UTC(2020, 1, 29, 12, 30, 15) * 1000;
    expect(parseXmlTime("2020-02-29T12:30:15Z")).toBe(at);
    expect(parseXmlTime("2020-02-29T12:30:15")).toBe(at);
    expect(parseXmlTime("2020-02-29T12:30:15.1234567Z")).toBe(at + 123_456);
    expect(parseXmlTime("2020-02-29T14:30:15+02:00")).toBe(at);
    for (const wrong of ["2021-02-29T12:30:15Z", "2020-02-29", "2020-02-29T12:30:15z", "x"])
      expect(parseXmlTime(wrong)).toBeUndefined();
  });
});
