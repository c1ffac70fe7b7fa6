import fc from "fast-check";
import type { SchemaField, SchemaMessage } from "../../protobuf/schema.ts";

const DEEPEST = 3;

/** Any message that a table allows, with any of its fields present and of each group at most one. */
export function arbitraryMessage(schema: SchemaMessage, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = [...schema.byName.values()].filter((field) => field.kind !== "message" || depth < DEEPEST);
  return fc.subarray(fields, { maxLength: Math.min(6, fields.length) }).chain((chosen) => {
    const groups = new Set<string>();
    const kept = chosen.filter(({ group }) => {
      if (group === undefined) return true;
      const isFirst = !groups.has(group);
      groups.add(group);
      return isFirst;
    });
    return fc.record(Object.fromEntries(kept.map((field) => [field.name, arbitraryField(field, depth)])));
  });
}

function arbitraryField(field: SchemaField, depth: number): fc.Arbitrary<unknown> {
  const one = arbitraryValue(field, depth);
  return field.repeated ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

function arbitraryValue(field: SchemaField, depth: number): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "bool":
      return fc.boolean();
    case "bytes":
      return fc.uint8Array({ maxLength: 20 });
    case "double":
      return fc.double({ noNaN: true });
    case "float":
      return fc.integer({ min: -9999, max: 9999 }).map((value) => value / 1000);
    case "enum":
      return fc.constantFrom(...field.values!.names.values());
    case "int32":
      return fc.integer();
    case "time":
      return fc.integer({ min: 0, max: 4e15 });
    case "message":
      return arbitraryMessage(field.message!, depth + 1);
    default:
      return fc.string({ maxLength: 20 });
  }
}
