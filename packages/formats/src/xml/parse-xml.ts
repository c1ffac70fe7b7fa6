import { type Fault, fail, type Result, succeed } from "../result.ts";
import type { XmlElement } from "./xml-element.ts";
import { decodeXmlText } from "./xml-text.ts";

export interface XmlLimits {
  /** Octets of a document. Default 16 MiB. */
  readonly size?: number;
  /** Elements in one another. Default 32. */
  readonly depth?: number;
  /** Elements and attributes in all. Default 1,000,000. */
  readonly nodes?: number;
}

interface Open {
  readonly element: XmlElement & { children: XmlElement[]; text: string };
  readonly tag: string;
  readonly prefixes: ReadonlyMap<string, string>;
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const SPACE = /[ \t\r\n]*/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads a document strictly: well-formed, in UTF-8 or ISO 8859-1, with no document type and so no entities but the five
 * that every document has. Processing instructions and comments are passed over. Errors: `xml.too-large`, `xml.encoding`,
 * `xml.document-type`, `xml.too-deep`, `xml.too-many`, `xml.malformed`, each with the byte offset.
 */
export function parseXml(bytes: Uint8Array, limits: XmlLimits = {}): Result<XmlElement> {
  if (bytes.length > (limits.size ?? 1 << 24))
    return fail(
      fault("too-large", limits.size ?? 1 << 24, `at most ${limits.size ?? 1 << 24} octets`, `${bytes.length}`),
    );
  const text = decodeXmlText(bytes);
  if (text === undefined) return fail(fault("encoding", 0, "UTF-8 or ISO 8859-1", "another encoding"));
  const parser = new Parser(text, limits);
  try {
    return succeed(parser.document());
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const offset = new TextEncoder().encode(text.slice(0, problem.at)).length;
    return fail(fault(problem.code, offset, problem.expected, text.slice(problem.at, problem.at + 24)));
  }
}

/** Unwinds the parser; never leaves {@link parseXml}. */
class Refusal extends Error {
  readonly code: string;
  readonly at: number;
  readonly expected: string;

  constructor(code: string, at: number, expected: string) {
    super(code);
    this.code = code;
    this.at = at;
    this.expected = expected;
  }
}

class Parser {
  readonly #text: string;
  readonly #depth: number;
  #nodesLeft: number;
  #at = 0;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#depth = limits.depth ?? 32;
    this.#nodesLeft = limits.nodes ?? 1_000_000;
  }

  document(): XmlElement {
    this.#skipMisc();
    const root = this.#element();
    this.#skipMisc();
    if (this.#at < this.#text.length) this.#refuse("the end behind the one root element");
    return root;
  }

  #refuse(expected: string, code = "malformed", at = this.#at): never {
    throw new Refusal(code, at, expected);
  }

  #is(token: string): boolean {
    return this.#text.startsWith(token, this.#at);
  }

  #take(token: string): void {
    if (!this.#is(token)) this.#refuse(token);
    this.#at += token.length;
  }

  /** Moves behind a token that must come. */
  #skipTo(token: string): void {
    const found = this.#text.indexOf(token, this.#at);
    if (found < 0) this.#refuse(`${token} to follow`);
    this.#at = found + token.length;
  }

  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #name(): string {
    return this.#match(NAME) || this.#refuse("a name");
  }

  #skipMisc(): void {
    for (;;) {
      this.#match(SPACE);
      if (this.#is("<?")) this.#skipTo("?>");
      else if (this.#is("<!--")) this.#skipTo("-->");
      else if (this.#is("<!DOCTYPE")) this.#refuse("no document type", "document-type");
      else return;
    }
  }

  /** The root with all inside, without recursion: depth is a matter of the limit, not of the stack. */
  #element(): XmlElement {
    const stack: Open[] = [];
    for (;;) {
      const opened = this.#startTag(stack.at(-1)?.prefixes ?? new Map([["", ""]]));
      stack.at(-1)?.element.children.push(opened.open.element);
      if (!opened.isEmpty) {
        if (stack.length >= this.#depth) this.#refuse(`at most ${this.#depth} elements in one another`, "too-deep");
        stack.push(opened.open);
      } else if (stack.length === 0) return opened.open.element;
      const closed = this.#content(stack);
      if (closed !== undefined) return closed;
    }
  }

  /** Character data and end tags up to the next start tag; the root where its end tag came. */
  #content(stack: Open[]): XmlElement | undefined {
    for (;;) {
      const { element, tag } = stack.at(-1)!;
      if (!this.#is("<")) element.text += this.#characters("<");
      else if (this.#is("</")) {
        this.#at += 2;
        const at = this.#at;
        if (this.#name() !== tag) this.#refuse(`</${tag}>`, "malformed", at);
        this.#match(SPACE);
        this.#take(">");
        stack.pop();
        if (stack.length === 0) return element;
      } else if (this.#is("<!--")) this.#skipTo("-->");
      else if (this.#is("<?")) this.#skipTo("?>");
      else if (this.#is("<![CDATA[")) {
        const start = this.#at + 9;
        this.#skipTo("]]>");
        element.text += this.#text.slice(start, this.#at - 3);
      } else return undefined;
    }
  }

  #startTag(outer: ReadonlyMap<string, string>): { open: Open; isEmpty: boolean } {
    this.#take("<");
    const tag = this.#name();
    const attributes = this.#attributes();
    const prefixes = declared(attributes, outer);
    const isEmpty = this.#is("/");
    if (isEmpty) this.#at += 1;
    this.#take(">");
    const [prefix, name] = tag.includes(":") ? (tag.split(":") as [string, string]) : ["", tag];
    const namespace = prefixes.get(prefix) ?? this.#refuse(`a namespace for ${prefix}`);
    return { open: { element: { name, namespace, attributes, children: [], text: "" }, tag, prefixes }, isEmpty };
  }

  #attributes(): Readonly<Record<string, string>> {
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    this.#count();
    while (this.#match(SPACE) !== "" && !this.#is(">") && !this.#is("/")) {
      this.#count();
      const name = this.#name();
      this.#match(SPACE);
      this.#take("=");
      this.#match(SPACE);
      const quote = this.#is("'") ? "'" : '"';
      this.#take(quote);
      if (name in attributes) this.#refuse(`${name} once`);
      attributes[name] = this.#characters(quote);
      this.#take(quote);
    }
    return attributes;
  }

  #count(): void {
    this.#nodesLeft -= 1;
    if (this.#nodesLeft < 0) this.#refuse("fewer elements and attributes", "too-many");
  }

  /** Text up to a token, with its references resolved. */
  #characters(until: string): string {
    const end = this.#text.indexOf(until, this.#at);
    if (end < 0) this.#refuse(`${until} to follow`);
    const raw = this.#text.slice(this.#at, end);
    if (until !== "<" && raw.includes("<")) this.#refuse("no < in a value");
    if (!raw.includes("&")) {
      this.#at = end;
      return raw;
    }
    const start = this.#at;
    const resolved = raw.replace(/&([^;&]{0,10})(;?)/g, (_, name: string, closing: string, place: number) => {
      const character = closing === ";" ? (ENTITIES[name] ?? numbered(name)) : undefined;
      return character ?? this.#refuse("one of the five entities, or a character's number", "malformed", start + place);
    });
    this.#at = end;
    return resolved;
  }
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
  if (digits === null) return undefined;
  const point = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  const isCharacter =
    point <= 0x10ffff &&
    (point >= 0x20 || point === 9 || point === 10 || point === 13) &&
    (point < 0xd800 || point > 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : undefined;
}

function declared(
  attributes: Readonly<Record<string, string>>,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = Object.entries(attributes).filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"));
  if (own.length === 0) return outer;
  return new Map([...outer, ...own.map(([name, uri]) => [name.slice(6), uri] as const)]);
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `xml.${code}`, what: "read a document", where: { offset }, expected, got };
}
