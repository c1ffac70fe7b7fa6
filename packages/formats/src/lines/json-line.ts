import { FieldReader, isObject } from "../arrivals/field-reader.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";

/**
 * Reads one line that must be one JSON object; taken whole or refused. Errors: `<name>.not-json`, and `<name>.field-malformed`, which
 * tells of the first bad field and names the others as its cause.
 * @param name first part of the faults' codes. @param what what was being read. @param line number of the line.
 */
export function decodeJsonLine<Message>(
  text: string,
  of: { readonly name: string; readonly what: string; readonly line?: number },
  read: (fields: FieldReader) => Message,
): Result<Message> {
  const where = of.line === undefined ? {} : { line: of.line };
  const value = parse(text);
  if (!isObject(value))
    return fail({
      ...{ code: `${of.name}.not-json`, what: of.what, where },
      ...{ expected: "one JSON object", got: text.slice(0, 64) },
    });
  const fields = new FieldReader(value, of.line);
  const message = read(fields);
  fields.refuseOthers();
  const [first, ...others] = fields.faults.map(
    (each): Fault => ({ ...each, code: `${of.name}.field-malformed`, what: of.what }),
  );
  if (first === undefined) return succeed(message);
  if (others.length === 0) return fail(first);
  return fail({ ...first, cause: `also malformed: ${others.map((each) => each.where?.field).join(", ")}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
