/** The form of every request, before any route sees it: JSON that is not nested without end, each query parameter once. */
import { FaultError } from "@openjmc/model";
import type { FastifyInstance } from "fastify";

/** Deeper than any document of the interface, and shallow enough for whatever walks it by recursion. */
const DEEPEST_NESTING = 64;

export function addForm(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (isTooDeep(body as string)) done(tooDeep(), undefined);
    else void parse(request, body as string, done);
  });
  app.addHook("preValidation", async (request) => {
    for (const [field, value] of Object.entries((request.query ?? {}) as Readonly<Record<string, unknown>>))
      if (Array.isArray(value)) throw repeated(field, value.length);
  });
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const letter = text.charCodeAt(index);
    if (isInString) {
      if (letter === BACKSLASH) index += 1;
      else if (letter === QUOTE) isInString = false;
    } else if (letter === QUOTE) isInString = true;
    else if (letter === OPEN_BRACKET || letter === OPEN_BRACE) {
      depth += 1;
      if (depth > DEEPEST_NESTING) return true;
    } else if (letter === CLOSE_BRACKET || letter === CLOSE_BRACE) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function tooDeep(): FaultError {
  return new FaultError({
    code: "request.too-deep",
    what: "request body",
    where: { field: "body" },
    expected: `at most ${DEEPEST_NESTING} levels of nesting`,
    got: "more",
  });
}

function repeated(field: string, times: number): FaultError {
  return new FaultError({
    code: "request.field",
    what: "request",
    where: { field },
    expected: "each query parameter once",
    got: `${times} times`,
  });
}
