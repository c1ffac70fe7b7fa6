/**
 * A page → what a reader sees of it: scripts, styles, embedded pages, comments and hidden parts are left out and counted; nothing is
 * loaded or run. Goes once through the page, in time that grows with its length.
 */
import { parseInstant } from "@openjmc/model";
import { withoutReferences } from "./entities.ts";
import { type Extraction, refuseText, Tally } from "./extraction.ts";
import { DEEPEST_PAGE } from "./limits.ts";
import { finished } from "./plain.ts";

interface Element {
  readonly name: string;
  /** Seen by nobody, or seen and no part of what is told. */
  readonly isLeftOut: boolean;
}

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Their content is no markup, and none of it is the page's words (WHATWG HTML, 13.1.2). */
const RAW: Readonly<Record<string, "script" | "hidden" | "embedded">> = {
  ...{ script: "script", style: "hidden", noscript: "hidden", template: "hidden", textarea: "hidden" },
  ...{ iframe: "embedded", object: "embedded", noembed: "embedded", noframes: "embedded", svg: "embedded" },
  ...{
    math: "embedded",
    canvas: "embedded",
    audio: "embedded",
    video: "embedded",
    select: "hidden",
    datalist: "hidden",
  },
};
const EMBEDDED = new Set(["embed", "object", "iframe"]);
/** They begin and end a line. */
const BLOCK = new Set(
  `address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3
   h4 h5 h6 header hr html li main nav ol p pre section summary table tr ul`.split(/\s+/),
);
/** Menus and footers are seen, but are no part of what is told. */
const ASIDE = new Set(["nav", "footer", "button"]);
const HIDDEN_STYLE =
  /(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*0(?:px|em|rem|%|pt)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,})/i;

/** Errors: `text.too-deep`, and those of `finished`. */
export function extractHtml(page: string, address?: string): Extraction {
  return new PageReader(page, address).read();
}

class PageReader {
  readonly #page: string;
  readonly #lower: string;
  readonly #address: string | undefined;
  readonly #tally = new Tally();
  readonly #open: Element[] = [];
  readonly #said = new Map<string, string>();
  readonly #words: string[] = [];
  #leftOut = 0;
  #title = "";
  #language: string | undefined;

  constructor(page: string, address: string | undefined) {
    this.#page = page;
    // Only Latin letters are folded, so that places stay what they are.
    this.#lower = page.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    this.#address = address;
  }

  read(): Extraction {
    let place = 0;
    while (place < this.#page.length) {
      const next = this.#page.indexOf("<", place);
      const end = next < 0 ? this.#page.length : next;
      this.#see(this.#page.slice(place, end));
      if (next < 0) break;
      place = this.#markup(next);
    }
    const text = this.#words
      .join("")
      .replace(/[ \t\f\r\u00a0]+/g, " ")
      .replace(/ ?\n ?/g, "\n");
    return finished(text, this.#tally, this.#told());
  }

  #see(written: string): void {
    if (written === "") return;
    if (this.#leftOut === 0) this.#words.push(withoutReferences(written.replace(/\s+/g, " ")));
  }

  /** Reads what stands at `<`; gives the place behind it. */
  #markup(start: number): number {
    const page = this.#page;
    if (page.startsWith("<!--", start)) return this.#behind("-->", start + 4);
    if (page[start + 1] === "!" || page[start + 1] === "?") return this.#behind(">", start + 1);
    const isEnd = page[start + 1] === "/";
    const nameAt = start + (isEnd ? 2 : 1);
    const name = nameIn(this.#lower, nameAt);
    if (name === "") {
      this.#see("<");
      return start + 1;
    }
    const { attributes, end } = this.#attributes(nameAt + name.length);
    if (isEnd) this.#close(name);
    else return this.#begin(name, attributes, end);
    return end;
  }

  #behind(mark: string, from: number): number {
    const found = this.#page.indexOf(mark, from);
    return found < 0 ? this.#page.length : found + mark.length;
  }

  #attributes(from: number): { readonly attributes: ReadonlyMap<string, string>; readonly end: number } {
    const attributes = new Map<string, string>();
    ATTRIBUTE.lastIndex = from;
    let end = from;
    for (let match = ATTRIBUTE.exec(this.#page); match !== null; match = ATTRIBUTE.exec(this.#page)) {
      end = ATTRIBUTE.lastIndex;
      if (match[0] === ">" || match[0] === "/>") return { attributes, end };
      const [, name, double, single, bare] = match;
      if (name !== undefined && attributes.size < MOST_ATTRIBUTES && !attributes.has(name.toLowerCase()))
        attributes.set(name.toLowerCase(), withoutReferences(double ?? single ?? bare ?? ""));
    }
    return { attributes, end: this.#behind(">", end) };
  }

  #begin(name: string, attributes: ReadonlyMap<string, string>, end: number): number {
    this.#hear(name, attributes);
    if (BLOCK.has(name)) this.#break();
    if (name === "title") return this.#takeTitle(end);
    const raw = RAW[name];
    if (raw !== undefined) {
      this.#tally.add(raw);
      return this.#behindElement(name, end);
    }
    if (EMBEDDED.has(name)) this.#tally.add("embedded");
    if (VOID.has(name)) return end;
    this.#push(name, attributes);
    return end;
  }

  #push(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === "p" && this.#open.at(-1)?.name === "p") this.#close("p");
    if (this.#open.length >= DEEPEST_PAGE)
      refuseText("too-deep", `at most ${DEEPEST_PAGE} elements within one another`, "more");
    const isHidden = isHiddenBy(attributes);
    if (isHidden) this.#tally.add("hidden");
    const isLeftOut = isHidden || ASIDE.has(name);
    this.#open.push({ name, isLeftOut });
    if (isLeftOut) this.#leftOut += 1;
  }

  /** An end that nothing began is passed over; what was left open within is closed with it. */
  #close(name: string): void {
    if (BLOCK.has(name)) this.#break();
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at < 0) return;
    for (const element of this.#open.splice(at)) if (element.isLeftOut) this.#leftOut -= 1;
  }

  #break(): void {
    if (this.#leftOut === 0) this.#words.push("\n");
  }

  #behindElement(name: string, from: number): number {
    const found = this.#lower.indexOf(`</${name}`, from);
    return found < 0 ? this.#page.length : this.#behind(">", found);
  }

  #takeTitle(from: number): number {
    const end = this.#lower.indexOf("</title", from);
    const stop = end < 0 ? this.#page.length : end;
    if (this.#title === "" && this.#leftOut === 0) this.#title = withoutReferences(this.#page.slice(from, stop));
    return this.#behind(">", stop);
  }

  /** What the page says of itself. */
  #hear(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === "html") this.#language ??= attributes.get("lang");
    if (name === "link" && attributes.get("rel") === "canonical") this.#say("canonical", attributes.get("href"));
    if (name === "time") this.#say("time", attributes.get("datetime"));
    if (name === "meta")
      this.#say(attributes.get("property") ?? attributes.get("name") ?? "", attributes.get("content"));
  }

  #say(name: string, value: string | undefined): void {
    const key = name.toLowerCase();
    if (key !== "" && value !== undefined && value.trim() !== "" && !this.#said.has(key))
      this.#said.set(key, value.trim());
  }

  #told(): Omit<Extraction, "text" | "neutralised"> {
    const said = (...names: string[]) => names.map((name) => this.#said.get(name)).find((one) => one !== undefined);
    const title = clean(said("og:title", "twitter:title") ?? this.#title);
    const outlet = clean(said("og:site_name", "application-name", "publisher") ?? "");
    const language = /^[a-z]{2}/i.exec(this.#language ?? said("og:locale") ?? "")?.[0].toLowerCase();
    const published = instantOf(said("article:published_time", "datepublished", "date", "dc.date", "time"));
    const address = said("canonical", "og:url") ?? this.#address;
    return {
      ...(title === "" ? {} : { title: title.slice(0, 300) }),
      ...(outlet === "" ? {} : { outlet: outlet.slice(0, 80) }),
      ...(language === undefined ? {} : { language }),
      ...(published === undefined ? {} : { publishedAt: published }),
      ...(address !== undefined && /^https?:\/\//i.test(address) ? { address: address.slice(0, 500) } : {}),
    };
  }
}

const MOST_ATTRIBUTES = 100;
/** The next attribute, or the end of the tag. Each alternative consumes, so that no letter is looked at twice. */
const ATTRIBUTE = /\/?>|([^\s"'<>/=]{1,200})(?:\s{0,100}=\s{0,100}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]{1,10000})))?/g;

function nameIn(page: string, from: number): string {
  let end = from;
  while (end - from < 40 && /[a-z0-9-]/.test(page[end] ?? "")) end += 1;
  return /^[a-z]/.test(page[from] ?? "") ? page.slice(from, end) : "";
}

function isHiddenBy(attributes: ReadonlyMap<string, string>): boolean {
  return (
    attributes.has("hidden") ||
    attributes.get("aria-hidden") === "true" ||
    HIDDEN_STYLE.test((attributes.get("style") ?? "").slice(0, 2_000))
  );
}

function clean(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  const milliseconds = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(milliseconds) ? milliseconds * 1_000 : undefined;
}
