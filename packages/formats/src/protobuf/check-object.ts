import type { ProtobufObject } from "./decode-object.ts";
import type { SchemaField, SchemaMessage } from "./schema.ts";

const FORMS: Readonly<Record<"ulid" | "uuid", RegExp>> = {
  ulid: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};
const MOST_PROBLEMS = 32;

/** What a decoded message lacks or has in another form than its table demands, as `path: what is wrong`; at most 32. */
export function checkObject(schema: SchemaMessage, object: ProtobufObject): string[] {
  const problems: string[] = [];
  checkMessage(schema, object, [schema.name], problems);
  return problems;
}

/** @param path names from the outermost message on, joined only where there is something to tell. */
function checkMessage(schema: SchemaMessage, object: ProtobufObject, path: string[], problems: string[]): void {
  for (const field of schema.mandatory)
    if (isAbsent(object[field.name])) tell(problems, path, `.${field.name}: missing`);
  for (const group of schema.mandatoryGroups) checkGroup(schema, group, object, path, problems);
  for (const name in object) {
    const field = schema.byName.get(name);
    if (field === undefined || (field.form === undefined && field.kind !== "enum" && field.kind !== "message"))
      continue;
    const value = object[name];
    path.push(name);
    if (!field.repeated) checkValue(field, value, path, problems);
    else for (const member of value as unknown[]) checkValue(field, member, path, problems);
    path.pop();
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function tell(problems: string[], path: readonly string[], what: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push(path.join(".") + what);
}

function checkGroup(
  schema: SchemaMessage,
  group: string,
  object: ProtobufObject,
  path: string[],
  problems: string[],
): void {
  for (const name in object) if (schema.byName.get(name)?.group === group) return;
  const members = [...schema.byName.values()].filter((field) => field.group === group);
  tell(problems, path, `: none of ${members.map((field) => field.name).join(", ")}`);
}

function checkValue(field: SchemaField, value: unknown, path: string[], problems: string[]): void {
  if (field.kind === "message") checkMessage(field.message!, value as ProtobufObject, path, problems);
  else if (field.kind === "enum") {
    const isUnset = field.mandatory && field.values!.numbers.get(value as string) === 0;
    if (typeof value === "number" || isUnset) tell(problems, path, ": no member that is known");
  } else if (!FORMS[field.form!].test(value as string)) tell(problems, path, `: no ${field.form}`);
}
