/** A field as a .proto file declares it. */
export interface DeclaredField {
  readonly number: number;
  readonly name: string;
  /** Scalar type, or the full name of a message or enumeration (nested ones behind a dot). */
  readonly type: string;
  readonly repeated: boolean;
  readonly mandatory: boolean;
  readonly form?: "ulid" | "uuid";
  readonly oneof?: string;
}

export interface DeclaredTypes {
  readonly messages: Map<string, DeclaredField[]>;
  readonly enums: Map<string, Map<number, string>>;
  /** Groups of which one member must be present, as `message.group`. */
  readonly mandatoryGroups: Set<string>;
}

const FIELD = /^(optional |repeated )?([\w.]+) (\w+) ?= ?(\d+) ?(\[.*\])?;$/;
const VALUE = /^(\w+) ?= ?(\d+)/;

/** Reads the messages and enumerations of .proto files (the part of the language that the definitions use). */
export function readProto(files: readonly string[]): DeclaredTypes {
  const types: DeclaredTypes = { messages: new Map(), enums: new Map(), mandatoryGroups: new Set() };
  for (const file of files) readFile(file, types);
  for (const [name, fields] of types.messages)
    types.messages.set(
      name,
      fields.map((field) => ({ ...field, type: resolve(field.type, name, types) })),
    );
  return types;
}

function readFile(text: string, types: DeclaredTypes): void {
  const statements = text
    .replace(/\/\/.*$/gm, "")
    .replace(/\s+/g, " ")
    .replace(/\(field_options\) ?= ?\{([^}]*)\}/g, "$1")
    .replace(/option \((\w+)\) ?= ?\{([^}]*)\};?/g, "option_$1 $2;")
    .replace(/([{};])/g, "$1\n")
    .split("\n")
    .map((line) => line.trim());
  const scope: { kind: string; name: string }[] = [];
  for (const line of statements) {
    const opening = /^(message|enum|oneof) (\w+) ?\{$/.exec(line);
    if (opening !== null) {
      const path = [...scope.filter(({ kind }) => kind === "message").map(({ name }) => name), opening[2]!].join(".");
      scope.push({ kind: opening[1]!, name: opening[2]! });
      if (opening[1] === "message") types.messages.set(path, []);
      if (opening[1] === "enum") types.enums.set(path, new Map());
    } else if (line === "}") scope.pop();
    else readStatement(line, scope, types);
  }
}

function readStatement(line: string, scope: readonly { kind: string; name: string }[], types: DeclaredTypes): void {
  const inner = scope.at(-1);
  const path = scope
    .filter(({ kind }) => kind === "message")
    .map(({ name }) => name)
    .join(".");
  if (inner === undefined) return;
  if (inner.kind === "enum") {
    const value = VALUE.exec(line);
    if (value !== null)
      types.enums.get(path === "" ? inner.name : `${path}.${inner.name}`)!.set(Number(value[2]), value[1]!);
    return;
  }
  if (line.startsWith("option_oneof_options") && line.includes("is_mandatory: true"))
    types.mandatoryGroups.add(`${path}.${inner.name}`);
  const field = FIELD.exec(line);
  if (field === null || line.startsWith("reserved") || line.startsWith("option_")) return;
  const [, label, type, name, number, options = ""] = field;
  types.messages.get(path)!.push({
    number: Number(number),
    name: name!,
    type: type!,
    repeated: label === "repeated ",
    mandatory: options.includes("is_mandatory: true"),
    ...(options.includes("is_ulid: true")
      ? { form: "ulid" }
      : options.includes("is_uuid: true")
        ? { form: "uuid" }
        : {}),
    ...(inner.kind === "oneof" ? { oneof: inner.name } : {}),
  });
}

/** The innermost type of that name, seen from a message. */
function resolve(type: string, from: string, types: DeclaredTypes): string {
  if (type === "google.protobuf.Timestamp") return "Timestamp";
  const scopes = from.split(".");
  for (let depth = scopes.length; depth >= 0; depth -= 1) {
    const name = [...scopes.slice(0, depth), type].join(".");
    if (types.messages.has(name) || types.enums.has(name)) return name;
  }
  return type;
}
