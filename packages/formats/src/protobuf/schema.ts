import { FIXED_32, FIXED_64, LENGTH_DELIMITED, VARINT } from "./wire-reader.ts";

/** What a field holds on the wire. */
export type FieldKind =
  | "string"
  | "bytes"
  | "bool"
  | "int32"
  | "int64"
  | "uint64"
  | "float"
  | "double"
  | "time"
  | "enum"
  | "message";

export interface SchemaField {
  readonly number: number;
  readonly name: string;
  readonly kind: FieldKind;
  /** How one value of it stands on the wire. */
  readonly wireType: number;
  /** Form that a text must have. */
  readonly form?: "ulid" | "uuid";
  readonly repeated: boolean;
  readonly mandatory: boolean;
  /** Group of which one member may be present. */
  readonly group?: string;
  /** Members of an enumeration, by number and by name. */
  readonly values?: EnumValues;
  /** The fields of a message inside; a getter's result, since messages may hold themselves. */
  readonly message?: SchemaMessage;
}

export interface EnumValues {
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

export interface SchemaMessage {
  readonly name: string;
  readonly byNumber: readonly (SchemaField | undefined)[];
  readonly byName: ReadonlyMap<string, SchemaField>;
  readonly mandatory: readonly SchemaField[];
  readonly mandatoryGroups: readonly string[];
}

const DELIMITED: ReadonlySet<FieldKind> = new Set(["string", "bytes", "message", "time"]);

function wireTypeOf(kind: FieldKind): number {
  if (kind === "double") return FIXED_64;
  if (kind === "float") return FIXED_32;
  return DELIMITED.has(kind) ? LENGTH_DELIMITED : VARINT;
}

export type Schema = ReadonlyMap<string, SchemaMessage>;

const SCALARS: Readonly<Record<string, FieldKind>> = {
  string: "string",
  ulid: "string",
  uuid: "string",
  bytes: "bytes",
  bool: "bool",
  int32: "int32",
  int64: "int64",
  uint64: "uint64",
  float: "float",
  double: "double",
  Timestamp: "time",
};
const FIELD = /^(\d+) (\w+) ([\w.]+)(\*?)(!?)(?: \|(\w+)(!?))?$/;

/**
 * Reads message tables. A message is its name on a line, then its fields, `number name type`, with `*` behind the
 * type of a repeated one, `!` of a mandatory one, `|group` where one of a group may stand (`|group!`: must).
 * An enumeration is `enum Name PREFIX_: A B C`, numbered from nought, `_` for a number that is not used.
 * @param changes a second table whose fields and enumerations replace those of the first; `-number` takes a field away.
 */
export function readSchema(table: string, changes = ""): Schema {
  const enums = new Map<string, EnumValues>();
  const lines = new Map<string, Map<number, string>>();
  for (const text of [table, changes]) readLines(text, lines, enums);
  const schema = new Map<string, SchemaMessage>();
  for (const name of lines.keys())
    schema.set(name, { name, byNumber: [], byName: new Map(), mandatory: [], mandatoryGroups: [] });
  for (const [name, fields] of lines) fill(schema.get(name)!, [...fields.values()], schema, enums);
  return schema;
}

function readLines(text: string, lines: Map<string, Map<number, string>>, enums: Map<string, EnumValues>): void {
  let fields = new Map<number, string>();
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    if (line === "") continue;
    if (line.startsWith("enum ")) enums.set(...readEnum(line));
    else if (line.startsWith("-")) fields.delete(Number(line.slice(1)));
    else if (/^\d/.test(line)) fields.set(Number.parseInt(line, 10), line);
    else {
      fields = lines.get(line) ?? new Map();
      lines.set(line, fields);
    }
  }
}

function readEnum(line: string): [string, EnumValues] {
  const [, name, prefix, members] = /^enum ([\w.]+) (\w+): (.*)$/.exec(line)!;
  const names = new Map<number, string>();
  for (const [number, member] of members!.split(" ").entries())
    if (member !== "_") names.set(number, `${prefix}${member}`);
  return [name!, { names, numbers: new Map([...names].map(([number, member]) => [member, number])) }];
}

function fill(
  message: SchemaMessage,
  lines: readonly string[],
  schema: Schema,
  enums: ReadonlyMap<string, EnumValues>,
): void {
  const byNumber = message.byNumber as (SchemaField | undefined)[];
  const byName = message.byName as Map<string, SchemaField>;
  for (const line of lines) {
    const parts = FIELD.exec(line);
    if (parts === null) throw new SyntaxError(`no field of a table: ${line}`);
    const [, number, name, type, repeated, mandatory, group, mandatoryGroup] = parts;
    const inner = schema.get(type!);
    const values = enums.get(type!);
    const kind = SCALARS[type!] ?? (values === undefined ? (inner === undefined ? undefined : "message") : "enum");
    if (kind === undefined) throw new SyntaxError(`no such type in the table: ${line}`);
    const field: SchemaField = {
      number: Number(number),
      name: name!,
      kind,
      wireType: wireTypeOf(kind),
      repeated: repeated === "*",
      mandatory: mandatory === "!",
      ...(type === "ulid" || type === "uuid" ? { form: type } : {}),
      ...(group === undefined ? {} : { group }),
      ...(values === undefined ? {} : { values }),
      ...(inner === undefined ? {} : { message: inner }),
    };
    byNumber[field.number] = field;
    byName.set(field.name, field);
    if (field.mandatory) (message.mandatory as SchemaField[]).push(field);
    const groups = message.mandatoryGroups as string[];
    if (mandatoryGroup === "!" && !groups.includes(group!)) groups.push(group!);
  }
}
