/** PDF by Typst: tagged, PDF/A-2b, the same bytes for the same input. Fonts are given, so that no machine's own are used. */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { bad, good, type Instant, type Result } from "@openjmc/model";
import type { TypstReport } from "./render-typst.ts";

/** Makes a compiler over the given font files (TrueType bytes). `at` becomes the document's date. Keep it: the first compilation is the slow one. */
export function createPdfCompiler(
  fonts: readonly Uint8Array[],
): (report: TypstReport, at: Instant) => Result<Uint8Array> {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }] });
  return (report, at) => {
    try {
      const pdf = compiler.pdf(
        { mainFileContent: report.source, inputs: report.inputs },
        { creationTimestamp: Math.floor(at / 1_000_000), pdfStandard: "a-2b" },
      );
      return good(new Uint8Array(pdf));
    } catch (error) {
      return bad({ code: "report.pdf", what: "PDF", cause: String(error).slice(0, 500) });
    } finally {
      // What one report leaves helps no other, and a year of rows leaves half a gigabyte.
      compiler.evictCache(0);
    }
  };
}
