/** A report document as Typst source. Texts go in as data, never as markup, so that nothing a person wrote is ever run. */
import type { ReportDocument, RowsOf } from "./document.ts";

const TEMPLATE = `#let report = json(bytes(sys.inputs.report))
#set document(title: report.title, date: auto)
#set text(font: ("Noto Sans", "Noto Sans Armenian"), size: 9pt, lang: report.language)
#set page(
  paper: "a4", margin: (x: 1.5cm, y: 2cm), flipped: report.wide,
  header: if report.isExercise { align(center, text(fill: rgb("#b30000"), weight: "bold", size: 8pt, report.watermark)) },
  footer: context [#set text(size: 7pt); #grid(columns: (1fr, auto), gutter: 1em, report.footer, [#counter(page).display("1 / 1", both: true)])],
  background: if report.isExercise { rotate(-35deg, text(60pt, fill: rgb("#b3000014"), weight: "bold", report.stamp)) },
)
#set table(stroke: 0.4pt + luma(60%), inset: 4pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading: set block(above: 1.2em, below: 0.6em)
#text(16pt, weight: "bold", report.title)

#report.subtitle

#for block in report.blocks {
  if block.kind == "heading" { heading(level: 1, block.text) }
  else if block.kind == "note" { par(block.text) }
  else if block.kind == "warning" { rect(width: 100%, stroke: (left: 2pt + rgb("#b36b00")), fill: rgb("#b36b0018"), block.text) }
  else if block.kind == "rows" { for item in block.items { par(text(7.5pt, [#strong(item.label) #item.text])) } }
  else if block.kind == "figure" { figure(image(bytes(block.svg), format: "svg", width: 100%, alt: block.title), caption: block.title, supplement: none, numbering: none) }
  else if block.kind == "table" {
    text(if report.wide { 7.5pt } else { 8pt }, table(
      columns: block.widths.map(width => if width == 0 { auto } else { width * 1fr }),
      align: (x, y) => if y > 0 and block.numeric.contains(x) { right } else { left },
      table.header(..block.columns.map(column => table.cell(fill: luma(92%), column))),
      ..block.rows.flatten(),
    ))
  }
}
`;

/** Source and input of one report. */
export interface TypstReport {
  readonly source: string;
  readonly inputs: { readonly report: string };
}

/** Renders the source. Column widths follow the longest texts, within bounds. */
export function renderTypst(document: ReportDocument): TypstReport {
  const blocks = document.blocks.map((block) => {
    if (block.kind === "rows") return { kind: "rows", items: block.items.map(rowsText) };
    if (block.kind !== "table") return block;
    const { anchors: _anchors, links: _links, ...table } = block;
    return { ...table, widths: widthsOf(block.columns, block.rows) };
  });
  // One wide table turns the whole report: a page turned for one table alone leaves half of it and of its neighbours empty.
  const wide = document.blocks.some((block) => block.kind === "table" && block.columns.length > WIDE);
  return {
    source: TEMPLATE,
    inputs: {
      report: JSON.stringify({ ...document, stamp: document.watermark.split(/[\s—-]/)[0] ?? "", wide, blocks }),
    },
  };
}

/** Spans of rows as paper has them: "1–4, 7"; of many the first, as the annex tells each row's counts. */
function rowsText({ label, rows, last, more }: RowsOf): { label: string; text: string } {
  const spans: [number, number][] = [];
  for (const row of rows) {
    if (row > last) break;
    const open = spans.at(-1);
    if (open !== undefined && open[1] === row - 1) open[1] = row;
    else spans.push([row, row]);
  }
  const shown = spans.slice(0, MOST_SPANS).map(([from, until]) => (from === until ? `${from}` : `${from}–${until}`));
  const tail = spans.length > MOST_SPANS ? ["…"] : [];
  return { label: `${label}:`, text: [[...shown, ...tail].join(", "), more].filter((part) => part !== "").join(" ") };
}

const MOST_SPANS = 150;

/** Short columns take the room they need (0); the others share what is left by their longest texts, within bounds. */
function widthsOf(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((column, index) => {
    const texts = rows.slice(0, 200).map((row) => row[index] ?? "");
    const longest = Math.max(...texts.map((text) => text.length), 0);
    const word = Math.max(...[column, ...texts].flatMap((text) => text.split(/\s/)).map((part) => part.length));
    return longest <= SHORT && word <= SHORT ? 0 : Math.max(12, word, Math.min(40, longest));
  });
}

/** Columns that an upright page holds. */
const WIDE = 7;

/** Letters of a column that is never broken. */
const SHORT = 15;
