/** The open-source desk over a real centre: files in, found, read, judged, claimed, adopted by both, handed out; and made again. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import {
  type ClaimStatedBody,
  type ExportedClaim,
  type FactView,
  formatInstant,
  type TextContent,
  type TextIntake,
  type TextReading,
  type TextReceivedBody,
  type TextSearch,
  type TimelineEntry,
} from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdfOf } from "../apps/centre/src/press/testing/pdf.ts";
import { now, perform, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { until } from "./support/wait.ts";

let test: TestCentre;
const tokens = new Map<string, string>();
const OFFICERS = ["A-Duty-1", "B-Duty-1"];

beforeAll(async () => {
  test = await openTestCentre();
  await signIn();
});
afterAll(() => test.close());

async function signIn(): Promise<void> {
  for (const officer of OFFICERS) tokens.set(officer, await tokenOf(test.url, officer, test.signer(officer)));
}

const ask = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${test.url}${path}`, { headers: bearer(tokens.get("A-Duty-1")!) })).json()) as T;

async function send(body: string | Uint8Array, mediaType = "text/plain"): Promise<Response> {
  const headers = { ...bearer(tokens.get("A-Duty-1")!), "content-type": mediaType, "x-filename": "a%20file" };
  return fetch(`${test.url}/api/v1/texts`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
}

function act(kind: string, subject: string, body: object, refs: object[] = [], officer = OFFICERS[0]!) {
  const made = { kind, body, subject, officer, refs: refs as { rel: string; sha256: string }[] };
  return perform(test.url, tokens.get(officer)!, test.signer(officer), made);
}

/** Takes a file in and states where it is from; gives the text's id. */
async function receive(
  words: string | Uint8Array,
  more: Partial<TextReceivedBody> & { mediaType?: string } = {},
): Promise<{ id: string; intake: TextIntake }> {
  const response = await send(words, more.mediaType);
  expect(response.status).toBe(201);
  const intake = (await response.json()) as TextIntake;
  const { mediaType: _said, ...stated } = more;
  const id = ulid();
  const body: TextReceivedBody = {
    ...{ outlet: "outlet-a", language: intake.language, title: intake.title || "Untitled" },
    ...{ publishedAt: "2021-02-10T08:00:00.000000Z", timeZone: "Asia/Baku", retrievedAt: formatInstant(now()) },
    ...{ original: intake.original, mediaType: intake.mediaType, text: intake.text, characters: intake.characters },
    ...{ translation: "original", alignment: "unknown" },
    ...stated,
  };
  const refs = [intake.original, intake.text].map((sha256) => ({ rel: "attachment", sha256 }));
  await act("text.received", id, body, refs);
  return { id, intake };
}

async function faultWords(locale: string): Promise<Record<string, string>> {
  const file = join(import.meta.dirname, `../packages/words/src/locales/${locale}/faults.json`);
  return JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
}

const ENGLISH =
  "The memorandum on the joint monitoring centre was signed on 11 November 2020, the ministry said. Shots were heard near Kalbajar.";
const RUSSIAN = "Меморандум о совместном центре был подписан 12 ноября 2020 года, сообщили в Кельбаджаре.";

describe("the open-source desk", () => {
  const texts: Record<string, string> = {};

  it("takes in a text, a page and a PDF, keeps each as it came and says what was left out", async () => {
    const plain = await receive(ENGLISH);
    texts.english = plain.id;
    const page = `<html lang="ru"><title>Сообщение</title><script>x()</script><p>${RUSSIAN}</p></html>`;
    const received = await receive(page, { mediaType: "text/html", outlet: "outlet-b" });
    texts.russian = received.id;
    expect(received.intake).toMatchObject({
      language: "ru",
      title: "Сообщение",
      neutralised: [{ what: "script", count: 1 }],
    });
    const original = await fetch(`${test.url}/api/v1/attachments/${received.intake.original}`, {
      headers: bearer(tokens.get("A-Duty-1")!),
    });
    expect(await original.text()).toBe(page);
    const pdf = await receive(pdfOf(["Two violations were recorded by observers"]), { mediaType: "application/pdf" });
    texts.pdf = pdf.id;
    expect((await ask<TextContent>(`/api/v1/texts/${pdf.id}`)).text).toContain("Two violations");
  });

  it("refuses with a word what is no text", async () => {
    for (const [body, status, code] of [
      ["PK\u0003\u0004 something", 400, "text.media-type"],
      ["a".repeat(500_000), 400, "text.line-too-long"],
      ["   ", 400, "text.empty"],
      ["%PDF-1.7 nothing", 400, "text.pdf-broken"],
      ["word\n".repeat(4_000_000), 413, "body.too-large"],
    ] as const) {
      const response = await send(body);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
    }
    expect((await fetch(`${test.url}/api/v1/texts`)).status).toBe(401);
    expect(
      (await fetch(`${test.url}/api/v1/texts/${ulid()}`, { headers: bearer(tokens.get("A-Duty-1")!) })).status,
    ).toBe(404);
  });

  it("refuses hostile files with a sentence in every language of the console, and goes on", async () => {
    const bomb = deflateRawSync(Buffer.alloc(20_000_000));
    const zip = Buffer.concat([Buffer.from("504b03041400000008000000000000000000", "hex"), bomb]);
    const nested = (depth: number): string =>
      depth === 0
        ? "Content-Type: text/html\r\n\r\n<p>word"
        : `Content-Type: multipart/related; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}\r\n--b${depth}--`;
    for (const [name, body, mediaType, code] of [
      ["a zip bomb", zip, "application/zip", "text.media-type"],
      ["a gzip bomb said to be a text", gzipSync(Buffer.alloc(20_000_000, "word ")), "text/plain", "text.media-type"],
      [
        "a PDF bomb, packed twice",
        pdfOf(["x"], { packed: 2, padding: 101_000_000 }),
        "application/pdf",
        "text.unpacks-too-large",
      ],
      ["half a PDF", pdfOf(["Two violations"]).subarray(0, 350), "application/pdf", "text.pdf-broken"],
      ["a line of a megabyte", "x".repeat(1_000_000), "text/plain", "text.line-too-long"],
      ["a page nested without end", "<div>".repeat(5_000), "text/html", "text.too-deep"],
      [
        "a captured page in captured pages",
        `MIME-Version: 1.0\r\n${nested(9)}`,
        "multipart/related",
        "text.archive-broken",
      ],
      ["a program", Buffer.from("7f454c4602010100", "hex"), "text/plain", "text.media-type"],
    ] as const) {
      const response = await send(body, mediaType);
      expect([name, response.status, ((await response.json()) as { code: string }).code]).toEqual([name, 400, code]);
      for (const locale of ["en", "tr", "ru"])
        expect((await faultWords(locale))[code], `${code} ${locale}`).toMatch(/\.$/);
    }
    expect((await fetch(`${test.url}/healthz`)).status).toBe(200);
  });

  it("neutralises what a page or a captured page hides, says how much, and shows marks of direction", async () => {
    const page = `<script>steal()</script><p onclick="x()" style="display:none">hidden</p><iframe src="https://x.example"></iframe><p>seen \u202eneddih\u202c \u200bend</p>`;
    const captured = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(page).toString("base64")}\r\n--b--`;
    for (const [body, mediaType] of [
      [page, "text/html"],
      [captured, "multipart/related"],
    ] as const) {
      const intake = (await (await send(body, mediaType)).json()) as TextIntake;
      const counted = Object.fromEntries(intake.neutralised.map(({ what, count }) => [what, count]));
      expect(counted).toMatchObject({ script: 1, hidden: 1, embedded: 1, bidi: 2, invisible: 1 });
      const kept = await fetch(`${test.url}/api/v1/attachments/${intake.text}`, {
        headers: bearer(tokens.get("A-Duty-1")!),
      });
      expect(await kept.text()).toBe("seen \u202eneddih\u202c \u200bend");
    }
  });

  it("finds texts by words of any of the languages, in any spelling", async () => {
    const find = async (question: string): Promise<string[]> =>
      (await ask<TextSearch>(`/api/v1/texts?q=${encodeURIComponent(question)}`)).rows.map(({ id }) => id);
    const both = [texts.english, texts.russian].sort();
    for (const question of ["Kelbecer", "Кельбаджар", "Kəlbəcər", "Քելբաջար", "kalbajar memorandum"])
      expect((await find(question)).sort(), question).toEqual(both);
    expect(await find("violation")).toEqual([texts.pdf]);
    expect(await find("nothingofthekind")).toEqual([]);
    expect((await find("")).length).toBe(3);
  });

  it("sees a reprint before it is stated, and counts it as one source with what it repeats", async () => {
    const told = `According to reports: ${ENGLISH} Nothing else is known.`;
    const intake = (await (await send(told)).json()) as TextIntake;
    expect(intake.alike).toEqual([{ text: texts.english, perMille: expect.any(Number) as number }]);
    texts.reprint = (await receive(told, { outlet: "echo", repeats: texts.english! })).id;
    const content = await ask<TextContent>(`/api/v1/texts/${texts.reprint}`);
    expect(content.origin).toEqual({ origin: texts.english, why: "reprint", of: texts.english });
    expect(content.chain.map(({ id }) => id).sort()).toEqual([texts.english, texts.reprint].sort());
  });

  it("reads a text, points at the words, and remembers what was judged of them", async () => {
    const reading = await ask<TextReading>(`/api/v1/texts/${texts.english}/reading`);
    const date = reading.suggestions.find(({ kind }) => kind === "date")!;
    expect([ENGLISH.slice(date.start, date.end), date.value]).toEqual(["11 November 2020", "2020-11-11"]);
    const judgements = [{ start: date.start, end: date.end, kind: "date", verdict: "accepted", value: date.value }];
    await act("reading.judged", texts.english!, { text: reading.text, judgements });
    expect((await ask<TextReading>(`/api/v1/texts/${texts.english}/reading`)).judged).toEqual(judgements);
  });

  it("states what was claimed; both components adopt one value, and the other stands beside it", async () => {
    for (const id of [texts.english!, texts.russian!, texts.reprint!]) {
      const { claims } = await ask<TextReading>(`/api/v1/texts/${id}/reading`);
      const signed = claims.find(({ fact, aspect }) => fact === "memorandum" && aspect === "signed");
      expect(signed, id).toBeDefined();
      await act("claim.stated", ulid(), { ...signed, text: id } as ClaimStatedBody);
    }
    const fact = () => ask<FactView>("/api/v1/press/facts/memorandum");
    expect(await fact()).toMatchObject({ state: "open", origins: 2, discrepancies: [{ kind: "value-differs" }] });
    const adopted = {
      fact: "memorandum",
      aspect: "signed",
      value: "2020-11-11",
      reasons: "the paper itself",
      claims: [],
    };
    for (const officer of OFFICERS) await act("value.adopted", ulid(), adopted, [], officer);
    const timeline = await ask<readonly TimelineEntry[]>("/api/v1/press/timeline");
    expect(
      timeline.map(({ day, fact: name, aspect, adoptedBy, rivals }) => [day, name, aspect, adoptedBy.length, rivals]),
    ).toEqual([
      ["2020-11-11", "memorandum", "signed", 2, ["2020-11-12"]],
      ["2020-11-12", "memorandum", "signed", 0, ["2020-11-11"]],
    ]);
    const settled = await fact();
    expect(settled.state).toBe("settled");
    expect(settled.versions.map(({ value, adoptedBy }) => [value, adoptedBy.length]).sort()).toEqual([
      ["2020-11-11", 2],
      ["2020-11-12", 0],
    ]);
  });

  it("hands out claims with their sources and short words, and nothing else to others", async () => {
    const inside = await ask<{ claims: ExportedClaim[] }>("/api/v1/press/export?format=json");
    expect(inside.claims).toHaveLength(3);
    expect(inside.claims.every(({ quote }) => quote.length > 0 && quote.length <= 280)).toBe(true);
    const outside = await (await fetch(`${test.url}/api/v1/public/press/export?format=csv`)).text();
    expect(outside.split("\r\n").filter((line) => line.includes("memorandum"))).toHaveLength(3);
    expect(outside).not.toContain("Shots were heard");
    for (const path of [
      "texts",
      `texts/${texts.english}`,
      `texts/${texts.english}/reading`,
      "press/facts",
      "press/export",
    ])
      expect((await fetch(`${test.url}/api/v1/${path}`)).status, path).toBe(401);
  });

  it("is the same after the views are made again", async () => {
    const before = await ask<FactView>("/api/v1/press/facts/memorandum");
    await test.restart(async () => {
      for (const suffix of ["", "-wal", "-shm"]) await rm(join(test.folder, `projection.db${suffix}`), { force: true });
    });
    await signIn();
    expect(await ask<FactView>("/api/v1/press/facts/memorandum")).toEqual(before);
    await until(
      "the texts to be found again",
      async () => (await ask<TextSearch>("/api/v1/texts?q=Kelbecer")).rows.length === 3,
    );
  });
});
