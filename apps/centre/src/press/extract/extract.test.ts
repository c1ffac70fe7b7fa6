import { gzipSync } from "node:zlib";
import { FaultError } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pdfOf } from "../testing/pdf.ts";
import { type Extracted, extract } from "./extract.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const page = (text: string): Promise<Extracted> => extract(bytesOf(text), "text/html");

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "taken";
  } catch (error) {
    return error instanceof FaultError ? error.fault.code : String(error);
  }
}

const counted = ({ neutralised }: Extracted) => Object.fromEntries(neutralised.map(({ what, count }) => [what, count]));

describe("a page", () => {
  it("gives what a reader sees, and leaves out scripts, hidden parts and what is embedded", async () => {
    const read = await page(`<!doctype html><html lang="az"><head><title>Old</title>
      <meta property="og:title" content="A &quot;report&quot;"><meta property="og:site_name" content="Agency X">
      <meta property="article:published_time" content="2021-03-01T06:00:00+04:00">
      <link rel="canonical" href="https://agency.example/1"><style>p{color:red}</style></head>
      <body onload="steal()"><nav>Menu</nav><!-- <p>secret</p> -->
      <p>Two <b>violations</b> were&nbsp;recorded &mdash; 1&#44;960 men&#x2E;<script>document.write("<p>evil</p>")</script></p>
      <p style="display: none">hidden one</p><div hidden><p>hidden two</p></div><span aria-hidden="true">x</span>
      <iframe srcdoc="<p>framed</p>"></iframe><svg><text>drawn</text></svg>
      <p>Next day <a href="javascript:alert(1)">here</a>.<p>And a third</body></html>`);
    expect(read.text).toBe("Two violations were recorded — 1,960 men.\n\nNext day here.\n\nAnd a third");
    expect(read).toMatchObject({
      ...{ mediaType: "text/html", title: 'A "report"', outlet: "Agency X", language: "az" },
      ...{ address: "https://agency.example/1", publishedAt: Date.UTC(2021, 2, 1, 2) * 1000 },
    });
    expect(counted(read)).toMatchObject({ script: 1, embedded: 2 });
    expect(counted(read).hidden).toBeGreaterThanOrEqual(3);
  });

  it("is read in the encoding that it names, or that it looks like", async () => {
    const cyrillic = Uint8Array.from("Нарушение режима зафиксировано наблюдателями", (letter) => {
      const code = letter.codePointAt(0)!;
      return code < 0x80 ? code : code - 0x410 + 0xc0;
    });
    const head = bytesOf('<meta charset="windows-1251"><p>');
    expect((await extract(Buffer.concat([head, cyrillic]), "text/html")).text).toBe(
      "Нарушение режима зафиксировано наблюдателями",
    );
    expect((await extract(cyrillic, "text/plain")).text).toContain("Нарушение");
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Կենտրոն", "utf16le")]);
    expect((await extract(marked, "text/plain")).text).toBe("Կենտրոն");
  });

  it("of elements without end is refused, and no markup makes it slow", async () => {
    expect(await codeOf(page("<div>".repeat(2_000)))).toBe("text.too-deep");
    for (const evil of ['<a b="', "<a ", "<", "</", "<!--", "<p style='", "<title>", "&", "<script>", "<x y=z "])
      expect(await codeOf(page(`<p>word</p>${evil.repeat(40_000)}`))).toMatch(
        /^(taken|text\.(too-deep|empty|line-too-long))$/,
      );
  });

  it("never gives more than its letters, whatever it is", async () => {
    const parts = fc.constantFrom(
      "<p>",
      "</p>",
      "<b",
      ">",
      "<script>",
      "</script>",
      "word ",
      '"',
      "'",
      "=",
      "<!--",
      "-->",
      "&amp;",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 60 }), async (list) => {
        const read = await page(`seen ${list.join("")}`).catch(() => undefined);
        expect(read === undefined || !/<script>word/.test(read.text)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a text", () => {
  it("is composed, without control signs, its marks of direction counted and kept", async () => {
    const read = await extract(
      bytesOf("No\u202evoitaloiv\u202c was seen\u0007.\r\nCafe\u0301\u200b\n\n\n\nEnd"),
      "text/plain",
    );
    expect(read.text).toBe("No\u202evoitaloiv\u202c was seen.\nCafé\u200b\n\nEnd");
    expect(counted(read)).toEqual({ control: 1, bidi: 2, invisible: 1 });
  });

  it.each([
    ["a zip archive", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(500)]), "text.media-type"],
    ["a gzip archive", gzipSync(Buffer.alloc(50_000_000)), "text.media-type"],
    ["a picture", Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(99)]), "text.media-type"],
    [
      "bytes that are no text",
      Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 32)),
      "text.media-type",
    ],
    ["a line without end", Buffer.alloc(900_000, "a"), "text.line-too-long"],
    ["too many letters", Buffer.alloc(1_500_000, "word\n"), "text.too-long"],
    ["too many bytes", Buffer.alloc(17 * 1024 * 1024, "word\n"), "text.too-large"],
    ["nothing", Buffer.from(" \n\u0000 "), "text.empty"],
  ])("that is %s is refused with a word", async (_name, bytes, code) => {
    expect(await codeOf(extract(bytes, "text/plain"))).toBe(code);
  });

  it("with a heap of marks on a letter is cut there", async () => {
    const read = await extract(bytesOf(`a${"\u0316\u0301".repeat(100_000)}b`), "text/plain");
    expect(read.text.length).toBeLessThan(40);
  });
});

describe("a PDF", () => {
  it("gives its words and its title", async () => {
    const read = await extract(
      pdfOf(["Two violations were recorded", "by 60 observers (A)"]),
      "application/octet-stream",
    );
    expect(read).toMatchObject({ mediaType: "application/pdf", title: "A report" });
    expect(read.text).toBe("Two violations were recorded\nby 60 observers (A)");
  });

  it("that unpacks to more than a page can hold is refused before it is opened, however often it is packed", async () => {
    for (const packed of [1, 2])
      expect(await codeOf(extract(pdfOf(["x"], { packed, padding: 130_000_000 }), ""))).toBe("text.unpacks-too-large");
  });

  it("that is broken is refused, or gives what is left of it, and never anything else", async () => {
    const good = pdfOf(["Two violations were recorded"]);
    expect(await codeOf(extract(good.subarray(0, 300), ""))).toBe("text.pdf-broken");
    expect(await codeOf(extract(Buffer.from("%PDF-1.7\nnothing of the kind"), ""))).toBe("text.pdf-broken");
    expect(await codeOf(extract(pdfOf([]), ""))).toBe("text.empty");
    for (let step = 9; step < good.length; step += 37) {
      const bad = Buffer.from(good);
      bad[step] = bad[step]! ^ 0x2a;
      expect(await codeOf(extract(bad, ""))).toMatch(/^(taken|text\.(pdf-broken|pdf-locked|empty))$/);
    }
  });
});

describe("a captured page", () => {
  const captured = (parts: readonly string[], more = ""): Promise<Extracted> =>
    extract(
      bytesOf(
        [
          "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://agency.example/2\r\nSubject: x",
          "Date: Tue, 2 Mar 2021 06:30:00 -0000\r\nMIME-Version: 1.0",
          `Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="--=_b"${more}\r\n\r\n`,
        ].join("\r\n") +
          parts.map((part) => `----=_b\r\n${part}\r\n`).join("") +
          "----=_b--\r\n",
      ),
      "application/octet-stream",
    );
  const QUOTED =
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html lang=3D"tr"><title>Ba=C5=9Fl=C4=B1k</title><script>evil()</script><p>K=C4=B1sa =\r\nhaber 7 asker.';
  const PICTURE = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=";

  it("gives its page's words with its address and when it was captured, and leaves the rest", async () => {
    const read = await captured([PICTURE, QUOTED, "Content-Type: text/css\r\n\r\np{}"]);
    expect(read).toMatchObject({
      ...{ mediaType: "multipart/related", text: "Kısa haber 7 asker.", title: "Başlık", language: "tr" },
      ...{ address: "https://agency.example/2", retrievedAt: Date.UTC(2021, 2, 2, 6, 30) * 1000 },
    });
    expect(counted(read)).toEqual({ embedded: 2, script: 1 });
  });

  it("is read in its letters, the part that the head names, also within other parts and where it breaks off", async () => {
    const cyrillic =
      "Content-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\nzeDw8/jl7ejl";
    expect((await captured([cyrillic])).text).toBe("Нарушение");
    const named = `Content-ID: <main>\r\n${QUOTED}`;
    expect((await captured(["Content-Type: text/html\r\n\r\nframe", named], '; start="<main>"')).text).toContain(
      "haber",
    );
    const within = `Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nplain\r\n--in\r\n${QUOTED}`;
    expect((await captured([within])).text).toContain("haber");
    const mail = await captured(["Content-Type: text/plain; charset=utf-8\r\n\r\nonly words"]);
    expect(mail.text).toBe("only words");
  });

  it("is refused where it holds no page, nests without end or hides its letters, and never slow", async () => {
    expect(await codeOf(captured([PICTURE]))).toBe("text.archive-broken");
    expect(await codeOf(captured([`Content-Transfer-Encoding: x-zip\r\n${QUOTED.split("\r\n")[0]}\r\n\r\nword`]))).toBe(
      "text.archive-broken",
    );
    let nested = QUOTED;
    for (let depth = 0; depth < 8; depth += 1)
      nested = `Content-Type: multipart/mixed; boundary=n${depth}\r\n\r\n--n${depth}\r\n${nested}\r\n--n${depth}--`;
    expect(await codeOf(captured([nested]))).toBe("text.archive-broken");
    expect(await codeOf(captured(Array.from({ length: 3_000 }, () => PICTURE)))).toBe("text.archive-broken");
    expect(await codeOf(captured(["----=_b".repeat(200_000)]))).toBe("text.archive-broken");
    expect(await codeOf(captured([`${QUOTED}${"=".repeat(2_000_000)}`]))).toBe("text.too-long");
  });
});
