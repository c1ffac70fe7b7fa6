import { describe, expect, it } from "vitest";
import { parseLayout } from "./parse-layout.ts";

describe("layouts", () => {
  it("of elements have their content and limits", () => {
    expect(parseLayout("8 ?0-3;7")).toEqual({
      kind: "element",
      bits: 8,
      content: {
        type: "code",
        codes: [
          [0, 3],
          [7, 7],
        ],
      },
    });
    expect(parseLayout('16 s360/65536 "°" >=-90 <90')).toMatchObject({
      content: {
        type: "quantity",
        signed: true,
        numerator: 360,
        denominator: 65536,
        unit: "°",
        low: -90,
        high: 90,
        openLow: false,
        openHigh: true,
      },
    });
    expect(parseLayout("48 icao")).toMatchObject({ bits: 48, content: { type: "icao" } });
    expect(parseLayout("8 u")).toMatchObject({ content: { type: "quantity", numerator: 1, denominator: 1 } });
  });

  it("nest as the standard's items do", () => {
    expect(parseLayout("extended { A 7 | B 3, _ 4 | }")).toMatchObject({
      kind: "extended",
      closed: false,
      parts: [[{ name: "A" }], [{ name: "B" }, { kind: "spare", bits: 4 }]],
    });
    expect(parseLayout("extended { A 7 | B 8 }")).toMatchObject({ closed: true });
    expect(parseLayout("repeat fx { 7 }")).toMatchObject({
      kind: "repeat",
      count: "fx",
      layout: { kind: "element", bits: 7 },
    });
    expect(parseLayout("compound { A 8, -, B repeat 1 { C 8 } }")).toMatchObject({
      kind: "compound",
      items: [{ name: "A" }, undefined, { name: "B" }],
    });
    expect(parseLayout("compound 1 { A 8 }")).toMatchObject({ octets: 1 });
    expect(parseLayout("explicit re")).toEqual({ kind: "explicit", purpose: "expansion" });
    expect(parseLayout('{ IM 1, S 15 case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach" }')).toMatchObject({
      fields: [
        { name: "IM" },
        {
          layout: {
            content: {
              type: "case",
              flag: "IM",
              choices: [
                [0, { unit: "NM/s" }],
                [1, { unit: "Mach" }],
              ],
            },
          },
        },
      ],
    });
  });

  it.each(["", "{ A 8", "{ A }", "8 8", "repeat 1", "compound { A 8, "])(
    "that are broken are an error of the program: %j",
    (text) => {
      expect(() => parseLayout(text)).toThrow();
    },
  );
});
