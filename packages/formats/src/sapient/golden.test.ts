import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SchemaMessage } from "../protobuf/schema.ts";
import { hasSharedData, SHARED_DATA, sharedBytes } from "../testing/shared-data.ts";
import { decodeSapient, encodeSapient } from "./sapient-codec.ts";
import { SapientFramer } from "./sapient-framer.ts";
import { sapientSchema } from "./sapient-schema.ts";
import { type DeclaredField, readProto } from "./testing/read-proto.ts";

const KINDS = ["registration", "status", "detection", "alert"] as const;
const present = hasSharedData("sapient/golden_v2", "sapient/proto");

/** Instants as the expected files write them, µs since 1970 as we do. */
function withInstants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "timestamp"
        ? Date.parse(`${String(inner).slice(0, 19)}Z`) * 1000 + Number(String(inner).slice(20, 26))
        : withInstants(inner),
    ]),
  );
}

describe.skipIf(!present)("messages that a reference middleware accepted (needs ../shared/data/sapient)", () => {
  it.each(KINDS)("%s equals the expected one, and is written as the same bytes", (kind) => {
    const file = sharedBytes(`sapient/golden_v2/${kind}.bin`);
    const expected = JSON.parse(readFileSync(join(SHARED_DATA, `sapient/golden_v2/${kind}.json`), "utf8"));
    const messages: Uint8Array[] = [];
    const framer = new SapientFramer();
    const sink = {
      message: (bytes: Uint8Array, start: number, end: number) => messages.push(bytes.slice(start, end)),
      fault: ({ code }: { code: string }) => expect.unreachable(code),
    };
    framer.push(file, sink);
    framer.end(sink);
    expect(messages).toHaveLength(1);
    const decoded = decodeSapient(messages[0]!, "2");
    expect(decoded).toMatchObject({ ok: true, value: { unknownFields: 0 } });
    if (!decoded.ok) return;
    expect(decoded.value.message).toEqual(withInstants(expected));
    expect(encodeSapient(decoded.value.message, "2")).toEqual(messages[0]);
    // The status report of the middleware's own test has no mode, which the standard demands.
    expect(decoded.value.problems).toEqual(kind === "status" ? ["SapientMessage.status_report.mode: missing"] : []);
  });
});

describe.skipIf(!present)("tables (need ../shared/data/sapient)", () => {
  it.each(["1", "2"] as const)("of version %s are those of the published definitions", (version) => {
    const folder = join(SHARED_DATA, `sapient/proto/bsi_flex_335_v${version}_0`);
    const files = readdirSync(folder).filter((name) => name.endsWith(".proto"));
    const declared = readProto(files.map((name) => readFileSync(join(folder, name), "utf8")));
    const seen = new Set<string>();
    let compared = 0;
    const visit = (schema: SchemaMessage, name: string) => {
      if (seen.has(name)) return;
      seen.add(name);
      const fields = declared.messages.get(name)!;
      expect([...schema.byName.keys()].sort(), name).toEqual(fields.map((field) => field.name).sort());
      for (const field of fields) {
        compared += 1;
        const ours = schema.byName.get(field.name)!;
        expect(
          {
            number: ours.number,
            repeated: ours.repeated,
            mandatory: ours.mandatory,
            form: ours.form,
            inGroup: ours.group !== undefined,
          },
          `${name}.${field.name}`,
        ).toEqual({
          number: field.number,
          repeated: field.repeated,
          mandatory: field.mandatory,
          form: field.form,
          inGroup: field.oneof !== undefined,
        });
        expect(kindOf(field)).toBe(ours.kind);
        const members = declared.enums.get(field.type);
        // Version 1 writes one member of the task's operators otherwise; its number is the same.
        if (members !== undefined && field.type !== "Task.Operator")
          expect([...ours.values!.names]).toEqual([...members]);
        if (ours.kind === "message") visit(ours.message!, field.type);
      }
      for (const group of schema.mandatoryGroups)
        expect([...declared.mandatoryGroups].some((wanted) => wanted.startsWith(`${name}.${group}`))).toBe(true);
    };
    const kindOf = ({ type }: DeclaredField) =>
      type === "Timestamp"
        ? "time"
        : declared.messages.has(type)
          ? "message"
          : declared.enums.has(type)
            ? "enum"
            : type;
    visit(sapientSchema(version), "SapientMessage");
    expect(compared).toBeGreaterThan(200);
  });
});
