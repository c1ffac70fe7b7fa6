/** A small PDF of one page, for tests: objects, cross-reference table and trailer (ISO 32000-1, 7.5). */
import { deflateSync } from "node:zlib";

/** `packed`: how often the page's words are packed, one filter for each. */
export function pdfOf(lines: readonly string[], { packed = 1, padding = 0 } = {}): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
  let content = Buffer.from(`BT /F1 12 Tf 72 720 Td 14 TL\n${shown}\nET\n${" ".repeat(padding)}`);
  for (let layer = 0; layer < packed; layer += 1) content = deflateSync(content);
  const filters = Array.from({ length: packed }, () => "/FlateDecode").join(" ");
  const objects = [
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    Buffer.from(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    ),
    Buffer.concat([
      Buffer.from(`<< /Length ${content.length} /Filter [${filters}] >>\nstream\n`),
      content,
      Buffer.from("\nendstream"),
    ]),
    Buffer.from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    Buffer.from("<< /Title (A report) >>"),
  ];
  return assembled(objects);
}

function assembled(objects: readonly Buffer[]): Buffer {
  const parts = [Buffer.from("%PDF-1.7\n")];
  const places: number[] = [];
  let place = parts[0]!.length;
  for (const [index, object] of objects.entries()) {
    places.push(place);
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    parts.push(whole);
    place += whole.length;
  }
  const rows = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${place}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
