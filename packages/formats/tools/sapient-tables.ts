/**
 * Developer's tool: reads the message definitions of BSI Flex 335 and writes the compact tables under
 * `src/sapient/tables` and the types in `src/sapient/messages.ts`. Run by hand when a version is added:
 *
 *     node packages/formats/tools/sapient-tables.ts FOLDER_OF_VERSION_1 FOLDER_OF_VERSION_2
 *
 * Only names, numbers, types and what is mandatory are taken over; remarks stay behind.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DeclaredField, type DeclaredTypes, readProto } from "../src/sapient/testing/read-proto.ts";

const SCALARS: Readonly<Record<string, string>> = {
  string: "string",
  bytes: "Uint8Array",
  bool: "boolean",
  int32: "number",
  float: "number",
  double: "number",
  Timestamp: "number",
};

const [first, second] = process.argv.slice(2);
if (first === undefined || second === undefined)
  throw new Error("give the folders of the .proto files of both versions");
const out = join(import.meta.dirname, "../src/sapient");
const old = read(first);
const now = read(second);
writeFileSync(join(out, "tables/version-2.ts"), table("SAPIENT_V2", "BSI Flex 335 version 2", lines(now)));
writeFileSync(
  join(out, "tables/version-1-changes.ts"),
  table("SAPIENT_V1_CHANGES", "what version 1 of BSI Flex 335 has otherwise than version 2", changes()),
);
writeFileSync(join(out, "messages.ts"), types());

function read(folder: string): DeclaredTypes {
  const files = readdirSync(folder).filter((name) => name.endsWith(".proto"));
  return readProto(files.map((name) => readFileSync(join(folder, name), "utf8")));
}

function table(name: string, what: string, rows: readonly string[]): string {
  const remark = `/** Tables of ${what}: see \`readSchema\` for the form. Written by tools/sapient-tables.ts. */`;
  return `${remark}\nexport const ${name} = \`\n${rows.join("\n")}\n\`;\n`;
}

/** Version 1 declares some types inside messages that version 2 declares once. */
function typeName(name: string): string {
  if (now.messages.has(name) || now.enums.has(name)) return name;
  const last = name.split(".").at(-1)!;
  return now.messages.has(last) || now.enums.has(last) ? last : name;
}

function fieldLine(message: string, field: DeclaredField, all: DeclaredTypes): string {
  const group = field.oneof === undefined ? "" : ` |${field.oneof.replace(/_oneof$/, "")}`;
  const must = group !== "" && all.mandatoryGroups.has(`${message}.${field.oneof}`) ? "!" : "";
  const type = `${field.form ?? typeName(field.type)}${field.repeated ? "*" : ""}${field.mandatory ? "!" : ""}`;
  return `${field.number} ${field.name} ${type}${group}${must}`;
}

function enumLine(name: string, members: ReadonlyMap<number, string>): string {
  const names = [...members.values()];
  const zero = members.get(0)!;
  const prefix = zero.slice(0, zero.length - "UNSPECIFIED".length);
  if (!names.every((member) => member.startsWith(prefix))) throw new Error(`no common prefix: ${name}`);
  const row = Array.from(
    { length: Math.max(...members.keys()) + 1 },
    (_, number) => members.get(number)?.slice(prefix.length) ?? "_",
  );
  return `enum ${name} ${prefix}: ${row.join(" ")}`;
}

function lines(all: DeclaredTypes): string[] {
  const messages = [...all.messages].flatMap(([name, fields]) => [
    name,
    ...fields.map((field) => `  ${fieldLine(name, field, all)}`),
  ]);
  return [...messages, ...[...all.enums].map(([name, members]) => enumLine(name, members))];
}

function changes(): string[] {
  const rows: string[] = [];
  for (const [name, fields] of old.messages) {
    if (typeName(name) !== name) continue;
    const before = new Map((now.messages.get(name) ?? []).map((field) => [field.number, fieldLine(name, field, now)]));
    const added = fields.map((field) => [field.number, fieldLine(name, field, old)] as const);
    const gone = [...before.keys()].filter((number) => !fields.some((field) => field.number === number));
    const changed = added.filter(([number, line]) => before.get(number) !== line);
    if (gone.length + changed.length > 0)
      rows.push(name, ...gone.map((number) => `  -${number}`), ...changed.map(([, line]) => `  ${line}`));
  }
  for (const [name, members] of old.enums) {
    const known = now.enums.get(name);
    if (typeName(name) === name && (known === undefined || enumLine(name, members) !== enumLine(name, known)))
      rows.push(enumLine(name, members));
  }
  return rows;
}

function pascal(name: string): string {
  return `Sapient${name.replaceAll(".", "").replace(/^Sapient/, "")}`;
}

function types(): string {
  const exported = new Set([
    "SapientMessage",
    ...now.messages.get("SapientMessage")!.map((field) => field.type),
    "Location",
    "RangeBearing",
  ]);
  const parts = [
    "/**\n * Messages of BSI Flex 335 version 2 by the standard's own names. Times are µs since 1970; members of enumerations that the\n * standard does not know are numbers. Written by tools/sapient-tables.ts.\n */",
  ];
  for (const [name, fields] of now.messages) {
    const rows = fields.map((field) => {
      const type = SCALARS[field.type] ?? pascal(field.type);
      return `  readonly ${field.name}?: ${field.repeated ? `readonly ${type}[]` : type};`;
    });
    parts.push(`${exported.has(name) ? "export " : ""}interface ${pascal(name)} {\n${rows.join("\n")}\n}`);
  }
  for (const [name, members] of now.enums)
    parts.push(`type ${pascal(name)} = ${[...members.values()].map((member) => `"${member}"`).join(" | ")} | number;`);
  return `${parts.join("\n\n")}\n`;
}
