/** One line of `jmc press`: a text with its outlet, language and time. */
import { bad, type Fault, good, type Instant, parseInstant, type Result } from "@openjmc/model";
import { PRESS_LANGUAGES, type PressText } from "@openjmc/press";
import { isRead } from "../../press/mission-names.ts";

export interface OutletText extends PressText {
  readonly id: string;
  /** The mission's code of the outlet, or its name. */
  readonly outlet: string;
}

/** Longer texts are documents to be cut up first; so is a line that never ends. */
const MOST_LETTERS = 1_000_000;

/**
 * Reads `{"id", "outlet", "language", "published", "timeZone"?, "text"}`.
 * Errors: `text.malformed` (no JSON object), `text.incomplete` (a field that is missing or of another kind), `text.too-long`.
 */
export function parseTextLine(line: string, number: number, timeZone: string): Result<OutletText> {
  const at = { line: number };
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    return bad(fault("text.malformed", at, "a JSON object", line.slice(0, 60), (error as Error).message));
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    return bad(fault("text.malformed", at, "a JSON object", line.slice(0, 60)));
  for (const name of ["id", "outlet", "language", "published", "text"])
    if (typeof fields[name] !== "string" || fields[name] === "")
      return bad(fault("text.incomplete", { ...at, field: name }, "a text", String(fields[name])));
  const { id, outlet, language, published, text } = fields as Record<string, string>;
  if (!isRead(language!))
    return bad(fault("text.incomplete", { ...at, field: "language" }, PRESS_LANGUAGES.join(", "), language!));
  if (text!.length > MOST_LETTERS)
    return bad(fault("text.too-long", { ...at, field: "text" }, `at most ${MOST_LETTERS} letters`, `${text!.length}`));
  const publishedAt = parseInstant(published!);
  if (!publishedAt.ok)
    return bad(fault("text.incomplete", { ...at, field: "published" }, "2021-03-01T06:00:00Z", published!));
  const zone = fields.timeZone ?? timeZone;
  if (typeof zone !== "string" || !isTimeZone(zone))
    return bad(fault("text.incomplete", { ...at, field: "timeZone" }, "a time zone as Europe/Vienna", String(zone)));
  return good({
    id: id!,
    outlet: outlet!,
    language,
    text: text!,
    publishedAt: publishedAt.value satisfies Instant,
    timeZone: zone,
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function fault(code: string, where: Fault["where"], expected: string, got: string, cause?: string): Fault {
  return { code, what: "text", where: where!, expected, got, ...(cause === undefined ? {} : { cause }) };
}
