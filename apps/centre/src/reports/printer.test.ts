import { createPdfCompiler, renderTypst } from "@openjmc/report";
import { describe, expect, it } from "vitest";
import { readFonts } from "./fonts.ts";
import { createPrinter } from "./printer.ts";

const AT = 1_600_000_000_000_000;
const reportOf = (title: string) =>
  renderTypst({
    language: "en",
    title,
    subtitle: "Test mission",
    isExercise: true,
    watermark: "Exercise",
    blocks: [{ kind: "heading", text: "Counts" }],
    footer: "end",
  });

describe("setting reports", () => {
  it("gives the compiler's own bytes, leaves the loop free meanwhile, and sets the same input once", async () => {
    const print = createPrinter();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    });
    const [first, again] = await Promise.all([print(reportOf("One"), AT), print(reportOf("One"), AT)]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(again).toBe(first);
    const direct = createPdfCompiler(readFonts())(reportOf("One"), AT);
    if (!first.ok || !direct.ok) throw new Error(JSON.stringify([first, direct]));
    expect(Buffer.from(first.value).equals(direct.value)).toBe(true);
    expect(await print(reportOf("One"), AT)).toBe(first);
    expect(await print(reportOf("One"), AT + 1_000_000)).not.toBe(first);
  });

  it("refuses when too many wait, and takes the next when they are done", async () => {
    const print = createPrinter();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, number) => print(reportOf(`Report ${number}`), AT)),
    );
    const codes = results.map((result) => (result.ok ? "set" : result.fault.code));
    expect(codes).toEqual([...Array(16).fill("set"), ...Array(4).fill("rate.limited")]);
    expect((await print(reportOf("Report 19"), AT)).ok).toBe(true);
  });

  it("that would take more memory than it may harms nothing but itself, and the next is set", async () => {
    const print = createPrinter(1_024);
    const growing = await print({ source: "#range(200000000).len()", inputs: { report: "{}" } }, AT);
    expect(growing).toMatchObject({ ok: false, fault: { code: "report.too-large", expected: "1024 MB are enough" } });
    expect((await print(reportOf("After"), AT)).ok).toBe(true);
  });

  it("tells why a report cannot be set, and sets the next", async () => {
    const print = createPrinter();
    const broken = await print({ source: "#panic()", inputs: { report: "{}" } }, AT);
    expect(broken).toMatchObject({ ok: false, fault: { code: "report.pdf" } });
    expect((await print(reportOf("After"), AT)).ok).toBe(true);
  });
});
