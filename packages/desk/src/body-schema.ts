/** The field tables as JSON Schema (draft 2020-12), for those who write programs that make statements. */
import type { Field, Fields } from "./shape.ts";

export type BodySchema = { readonly [name: string]: unknown };

/** Schema of a whole body. What it does not name is refused. */
export function bodySchema(fields: Fields): BodySchema {
  const required = Object.keys(fields).filter((name) => !fields[name]!.optional);
  const properties = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));
  return { type: "object", required, additionalProperties: false, properties };
}

function fieldSchema(field: Field): BodySchema {
  switch (field.type) {
    case "text":
      return { type: "string", minLength: field.least ?? 0, maxLength: field.most };
    case "code":
      return { type: "string", enum: field.list };
    case "integer":
      return { type: "integer", minimum: field.least, maximum: field.most };
    case "boolean":
      return { type: "boolean" };
    case "instant":
      return { type: "string", format: "date-time" };
    case "day":
      return { type: "string", format: "date" };
    case "degrees":
      return { type: "string", pattern: "^-?\\d{1,3}\\.\\d{7}$", description: `within ±${field.limit}` };
    case "ulid":
      return { type: "string", pattern: "^[0-9A-HJKMNP-TV-Z]{26}$" };
    case "sha256":
      return { type: "string", pattern: "^[0-9a-f]{64}$" };
    case "list":
      return { type: "array", minItems: field.least ?? 0, maxItems: field.most, items: fieldSchema(field.of) };
    case "texts":
      return {
        ...{ type: "object", minProperties: 1, propertyNames: { pattern: "^[a-z]{2,3}$" } },
        additionalProperties: { type: "string", minLength: 1, maxLength: field.most },
      };
    case "body":
      return bodySchema(field.fields);
  }
}
