import type { ProtobufObject } from "./decode-object.ts";
import type { SchemaField, SchemaMessage } from "./schema.ts";

const FORMS: Readonly<Record<"ulid" | "uuid", RegExp>> = {
  ulid: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};
const MOST_PROBLEMS = 32;

/** What a decoded message lacks or has in another form than its table demands, as `path: what is wrong`; at most 32. */
export function checkObject(schema: SchemaMessage, object: ProtobufObject, path = schema.name): string[] {
  const problems: string[] = [];
  for (const field of schema.byName.values()) {
    const value = object[field.name];
    const isAbsent = value === undefined || (field.repeated && (value as unknown[]).length === 0);
    if (isAbsent && field.mandatory) problems.push(`${path}.${field.name}: missing`);
    if (!isAbsent) problems.push(...checkField(field, value, `${path}.${field.name}`));
  }
  for (const group of schema.mandatoryGroups) {
    const members = [...schema.byName.values()].filter((field) => field.group === group);
    if (!members.some((field) => object[field.name] !== undefined))
      problems.push(`${path}: none of ${members.map((field) => field.name).join(", ")}`);
  }
  return problems.slice(0, MOST_PROBLEMS);
}

function checkField(field: SchemaField, value: unknown, path: string): string[] {
  const values = field.repeated ? (value as unknown[]) : [value];
  return values.flatMap((member) => {
    if (field.form !== undefined && !FORMS[field.form].test(member as string)) return [`${path}: no ${field.form}`];
    if (
      field.kind === "enum" &&
      (typeof member === "number" || (field.mandatory && field.values!.numbers.get(member as string) === 0))
    )
      return [`${path}: no member that is known`];
    return field.kind === "message" ? checkObject(field.message!, member as ProtobufObject, path) : [];
  });
}
