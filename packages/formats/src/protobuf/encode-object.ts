import type { SchemaField, SchemaMessage } from "./schema.ts";
import { WireWriter } from "./wire-writer.ts";

/**
 * Encodes an object by the names of its table, fields in the order of their numbers. Throws a `TypeError` for a name
 * that the table does not have, or a value of another kind: that is the caller's mistake.
 */
export function encodeObject(message: SchemaMessage, object: object): Uint8Array {
  const writer = new WireWriter();
  const fields = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [fieldOf(message, name), value] as const)
    .sort(([first], [second]) => first.number - second.number);
  for (const [field, value] of fields) {
    if (!field.repeated) writeValue(writer, field, value);
    else if (field.kind === "enum" || field.kind === "int32")
      writer.packed(
        field.number,
        (value as unknown[]).map((member) => wholeOf(field, member)),
      );
    else for (const member of value as readonly unknown[]) writeValue(writer, field, member);
  }
  return writer.finish();
}

function fieldOf(message: SchemaMessage, name: string): SchemaField {
  const field = message.byName.get(name);
  if (field === undefined) throw new TypeError(`${message.name} has no field ${name}`);
  return field;
}

function writeValue(writer: WireWriter, field: SchemaField, value: unknown): void {
  switch (field.kind) {
    case "string":
      writer.text(field.number, checked(field, value, "string"));
      break;
    case "bytes":
      writer.bytes(field.number, value as Uint8Array);
      break;
    case "float":
      writer.float(field.number, checked(field, value, "number"));
      break;
    case "double":
      writer.double(field.number, checked(field, value, "number"));
      break;
    case "bool":
      writer.varint(field.number, checked(field, value, "boolean") ? 1 : 0);
      break;
    case "message":
      writer.bytes(field.number, encodeObject(field.message!, checked(field, value, "object")));
      break;
    case "time":
      writer.bytes(field.number, timeBytes(checked(field, value, "number")));
      break;
    default:
      writer.varint(field.number, wholeOf(field, value));
      break;
  }
}

function wholeOf(field: SchemaField, value: unknown): number {
  const number = typeof value === "string" ? field.values?.numbers.get(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new TypeError(`${field.name} cannot be ${String(value)}`);
}

interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly object: object;
}

function checked<Kind extends keyof Kinds>(field: SchemaField, value: unknown, kind: Kind): Kinds[Kind] {
  if (typeof value !== kind || value === null) throw new TypeError(`${field.name} must be of type ${kind}`);
  return value as Kinds[Kind];
}

function timeBytes(instant: number): Uint8Array {
  const writer = new WireWriter();
  const seconds = Math.floor(instant / 1e6);
  const nanoseconds = (instant - seconds * 1e6) * 1000;
  if (seconds !== 0) writer.varint(1, seconds);
  if (nanoseconds !== 0) writer.varint(2, nanoseconds);
  return writer.finish();
}
