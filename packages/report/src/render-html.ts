/** A report document as one HTML page: no script, no link out, printable. */
import type { Block, ReportDocument, RowsOf } from "./document.ts";

/** Text as HTML text. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (letter) => `&#${letter.codePointAt(0)};`) : text;
}

const SPECIAL = /[&<>"']/;
const EACH_SPECIAL = /[&<>"']/g;

const STYLE = `:root{color-scheme:light dark}body{font:14px/1.5 "Noto Sans","Noto Sans Armenian",system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;position:relative}
h1{margin-bottom:0}h2{margin-top:2rem;border-bottom:1px solid #8886}table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:13px}
figure{margin:1rem 0}figure svg{max-width:100%;height:auto}figcaption{font-size:12px}th,td{border:1px solid #8886;padding:.3rem .5rem;text-align:start;vertical-align:top;white-space:pre-line}th{background:#8882}td.n{text-align:end;font-variant-numeric:tabular-nums}
.watermark{background:#b30000;color:#fff;padding:.4rem .8rem;font-weight:700}.warning{border-inline-start:4px solid #b36b00;padding:.5rem .8rem;background:#b36b0022}.rows{font-size:12px;max-height:6rem;overflow:auto}tr:target,.rows:target{outline:2px solid #b36b00}footer{margin-top:2rem;font-size:12px;overflow-wrap:anywhere}`;

/** Renders the page. */
export function renderHtml(document: ReportDocument): string {
  const watermark = document.isExercise ? `<p class="watermark">${escapeHtml(document.watermark)}</p>` : "";
  return `<!doctype html>
<html lang="${escapeHtml(document.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(document.title)}</title><style>${STYLE}</style></head>
<body>${watermark}<h1>${escapeHtml(document.title)}</h1><p>${escapeHtml(document.subtitle)}</p>
${document.blocks.map(renderBlock).join("\n")}
<footer>${escapeHtml(document.footer)}</footer>${watermark}</body></html>
`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "note":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "warning":
      return `<p class="warning">${escapeHtml(block.text)}</p>`;
    case "figure":
      // Made by this package from numbers and escaped names.
      return `<figure>${block.svg}<figcaption>${escapeHtml(block.title)}</figcaption></figure>`;
    case "table": {
      const head = block.columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
      const links = new Map(block.links?.map(({ row, column, to }) => [`${row} ${column}`, to]));
      const cell = (row: number) => (text: string, index: number) => {
        const to = links.get(`${row} ${index}`);
        const inner = to === undefined ? escapeHtml(text) : `<a href="#${escapeHtml(to)}">${escapeHtml(text)}</a>`;
        return `<td${block.numeric.includes(index) ? ' class="n"' : ""}>${inner}</td>`;
      };
      const rows = block.rows.map((row, index) => {
        const name = block.anchors?.[index];
        return `<tr${name === undefined ? "" : ` id="${escapeHtml(name)}"`}>${row.map(cell(index)).join("")}</tr>`;
      });
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
    }
    case "rows":
      return block.items.map(renderRows).join("\n");
  }
}

/** Open, so that a link to it shows what it holds, and so that paper does. */
function renderRows({ id, label, rows, last, more, anchor = "v" }: RowsOf): string {
  const shown = rows.filter((row) => row <= last).map((row) => `<a href="#${escapeHtml(anchor)}${row}">${row}</a>`);
  return `<details open class="rows" id="${escapeHtml(id)}"><summary>${escapeHtml(label)}</summary>${[...shown, escapeHtml(more)].join(" ")}</details>`;
}
