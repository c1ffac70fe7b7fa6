import { type AllegationRow, INDICATORS, type IncidentRow, WARNING_OUTCOMES, type WarningRow } from "@openjmc/model";
import { createWords } from "@openjmc/words";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deskBlocks } from "./desk-blocks.ts";
import { composeDesk } from "./desk-summary.ts";
import type { Block } from "./document.ts";
import { linkedTable, namedRows, withoutDeadLinks } from "./linked.ts";

const words = createWords("en");
const HOUR = 3_600_000_000;
const DAY = { from: 0, until: 24 * HOUR };

const table = (name: string, rows: readonly (readonly string[])[]) =>
  ({ kind: "table", name, columns: ["what", "number"], rows, numeric: [1] }) as const;
const linking = { mark: "L", of: "rows", anchor: "r", title: "The rows" };
const isTable = (block: Block) => block.kind === "table";
const isRows = (block: Block) => block.kind === "rows";

describe("a number with its rows", () => {
  it("leads to a list of them, under a name that its line bears; none leads nowhere", () => {
    const blocks = [
      ...linkedTable(
        table("sum", [
          ["x", "2"],
          ["y", "0"],
        ]),
        [
          { line: 0, column: 1, rows: [1, 3] },
          { line: 1, column: 1, rows: [] },
        ],
        linking,
        words,
      ),
      namedRows(
        table("rows", [
          ["a", "1"],
          ["b", "7"],
          ["c", "1"],
        ]),
        "r",
        "Row",
      ),
    ];
    const [sum, rows] = blocks.filter(isTable);
    expect(sum).toMatchObject({
      rows: [
        ["L1 · x", "2"],
        ["L2 · y", "0"],
      ],
      links: [{ row: 0, column: 1, to: "L1.1" }],
    });
    expect(rows).toMatchObject({ anchors: ["r1", "r2", "r3"], columns: ["Row", "what", "number"], numeric: [2] });
    expect(blocks.filter(isRows)).toMatchObject([{ items: [{ id: "L1.1", rows: [1, 3], anchor: "r" }] }]);
    expect(withoutDeadLinks(blocks)).toEqual(blocks);
  });

  it("is left alone where the document holds no such rows", () => {
    const blocks = linkedTable(table("sum", [["x", "2"]]), [{ line: 0, column: 1, rows: [1] }], linking, words);
    expect(withoutDeadLinks(blocks)).toMatchObject([{ kind: "table", links: [] }]);
  });
});

/** What a desk may hold: allegations however far they have come, statements on casualties, warnings however they came out. */
const states = fc.constantFrom("incomplete", "received", "admitted", "ended");
const allegations = fc.array(
  fc.record({ state: states, accused: fc.constantFrom("P", "Q", undefined), at: fc.integer({ min: 0, max: 20 }) }),
  { maxLength: 12 },
);
const casualties = fc.array(
  fc.record({
    group: fc.constantFrom("civilian", "military"),
    standing: fc.constantFrom("alleged", "corroborated"),
    number: fc.integer({ min: 0, max: 9 }),
    statedBy: fc.constantFrom("P", "Q", "ward"),
  }),
  { maxLength: 4 },
);
const warnings = fc.array(
  fc.record({ indicator: fc.constantFrom(...INDICATORS), outcome: fc.constantFrom(...WARNING_OUTCOMES, undefined) }),
  { maxLength: 10 },
);

it("every number of the desk's tables is what its rows come to, whatever the desk holds", () => {
  const desk = fc.record({ allegations, incidents: fc.array(casualties, { maxLength: 4 }), warnings });
  fc.assert(
    fc.property(desk, fc.constantFrom("component" as const, "public" as const), (made, audience) => {
      const rows = {
        allegations: made.allegations.map(({ state, accused, at }, index) => ({
          ...{ id: `a${index}`, state, receivedAt: at * HOUR, body: { accuser: "P", accused } },
          ...(state === "ended" ? { outcome: index % 2 ? "split" : "withdrawn", endedAt: 21 * HOUR } : {}),
        })) as unknown as AllegationRow[],
        incidents: made.incidents.map((lines, incident) => ({
          ...{ number: `J-${incident}`, occurredAt: HOUR },
          casualties: lines.map((line, index) => ({
            ...line,
            id: `${incident}.${index}`,
            harm: "killed",
            qualifier: "exact",
          })),
        })) as unknown as IncidentRow[],
        warnings: made.warnings.map(({ indicator, outcome }) => ({
          ...{ body: { indicator }, raisedAt: HOUR },
          ...(outcome === undefined ? {} : { resolved: { outcome } }),
        })) as unknown as WarningRow[],
        ...{ hotline: [], coordination: [] },
      };
      const isInside = audience === "component";
      const mission = { parties: [], timeZone: "UTC" } as never;
      const summary = composeDesk(rows, DAY, DAY.until, audience);
      const blocks = deskBlocks(summary, isInside, mission, words);
      const items = new Map(
        blocks.flatMap((block) => (block.kind === "rows" ? block.items.map((item) => [item.id, item] as const) : [])),
      );
      for (const block of blocks.filter(isTable)) {
        for (const { row, column, to } of block.links ?? []) {
          const shown = Number(block.rows[row]![column]!.replace("%", ""));
          const of = items.get(to)!.rows;
          // Casualties are summed over their incidents; all others are counted, but for the rate, which rests on those it divides by.
          if (block.name === "casualties")
            expect(of.reduce((sum, number) => sum + summary.casualtyRows[number - 1]!.number, 0)).toBe(shown);
          else if (!block.rows[row]![column]!.includes("%")) expect(of.length).toBe(shown);
        }
        const linked = new Set(block.links?.map(({ row, column }) => `${row} ${column}`));
        if (block.name.endsWith("rows")) continue;
        for (const [row, cells] of block.rows.entries())
          for (const column of block.numeric)
            if (/[1-9]/.test(cells[column]!))
              expect(linked.has(`${row} ${column}`), `${block.name} ${row} ${column}`).toBe(true);
      }
      expect(isInside || summary.casualtyRows.every((row) => !("statedBy" in row))).toBe(true);
    }),
  );
});
