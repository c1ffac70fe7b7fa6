import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { runRoster } from "./roster.ts";

const folder = mkdtempSync(join(tmpdir(), "openjmc-roster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tableOf(rows: readonly string[]): string {
  const file = join(folder, `${rows.length}.csv`);
  writeFileSync(file, ["id,duties,from", ...rows].join("\n"));
  return file;
}

describe("jmc roster", () => {
  it("makes the draft that a head signs", () => {
    const out = join(folder, "draft.json");
    expect(runRoster(tableOf(["A-01,duty-officer,2021-01-30"]), { out, json: true })).toBe(0);
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
      kind: "roster.imported",
      body: { people: [{ id: "A-01", duties: ["duty-officer"], from: "2021-01-30" }] },
    });
  });

  it("tells each fault with line and field, and then writes nothing", () => {
    const told = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      const out = join(folder, "none.json");
      expect(runRoster(tableOf(["A-01,cook,2021-01-30", "A-02,medic,soon"]), { out, json: true })).toBe(1);
      expect(JSON.parse(String(told.mock.calls[0]![0]))).toMatchObject({
        faults: [{ where: { line: 2, field: "duties" } }, { where: { line: 3, field: "from" } }],
      });
      expect(() => readFileSync(out)).toThrow("ENOENT");
    } finally {
      told.mockRestore();
    }
  });

  it("says which file cannot be read", () => {
    expect(() => runRoster(join(folder, "absent.csv"), {})).toThrow("file.unreadable");
  });
});
