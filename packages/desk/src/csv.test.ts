import { describe, expect, it } from "vitest";
import { readCsv } from "./csv.ts";

const read = (text: string) => readCsv(text, ["id", "note"], ["rank"]);

describe("a table", () => {
  it.each([
    ["commas", 'id,note\nA-1,"x, ""y""\nz"\nA-2,\n'],
    ["semicolons", 'id;note\r\nA-1;"x, ""y""\nz"\r\nA-2;'],
    ["tabs and a mark of byte order", '\uFEFFid\tnote\nA-1\t"x, ""y""\nz"\n\nA-2\t'],
  ])("is read with %s", (_name, text) => {
    const table = read(text);
    expect(table).toMatchObject({ ok: true, value: { faults: [] } });
    expect(table.ok && table.value.rows.map(({ fields }) => fields)).toEqual([
      { id: "A-1", note: 'x, "y"\nz' },
      { id: "A-2", note: "" },
    ]);
  });

  it("tells the line on which a row begins, also behind one of several lines", () => {
    const table = read('id,note\nA-1,"one\ntwo"\nA-2,x,y\nA-3,z\n');
    expect(table).toMatchObject({
      value: { rows: [{ line: 2 }, { line: 5 }], faults: [{ code: "csv.field", where: { line: 4 }, got: "3" }] },
    });
  });

  it.each([
    ["id\nA-1", "csv.columns", "note"],
    ["id,note,id\n", "csv.columns", "id"],
    ["id,note,shoe\n", "csv.columns", "shoe"],
    ['id,note\nA-1,"open', "csv.quote", undefined],
    ["", "csv.columns", "id"],
  ])("is refused whole: %o", (text, code, field) => {
    expect(read(text)).toMatchObject({ ok: false, fault: { code, ...(field ? { where: { field } } : {}) } });
  });
});
