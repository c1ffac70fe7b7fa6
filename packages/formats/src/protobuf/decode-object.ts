import { type Fault, fail, type Result, succeed } from "../result.ts";
import type { SchemaField, SchemaMessage } from "./schema.ts";
import { LENGTH_DELIMITED, WireReader } from "./wire-reader.ts";

/** A decoded message by the names of its table. Times are µs since 1970, members of enumerations texts (numbers where not known). */
export type ProtobufObject = { [name: string]: unknown };

export interface DecodedObject {
  readonly value: ProtobufObject;
  /** Fields whose number the table does not have: passed over, as the encoding wants it. */
  readonly unknownFields: number;
}

const DEEPEST = 32;
const LONGEST_PLAIN = 48;
const ASCII: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const text = new TextDecoder("utf-8", { fatal: true });

/** Decodes one message of a table. Error: `protobuf.malformed`, with the offset of the field that could not be read. */
export function decodeObject(message: SchemaMessage, bytes: Uint8Array, offset = 0): Result<DecodedObject> {
  const reader = new WireReader(bytes);
  const walk = new Walk(reader);
  const value = walk.message(message, 0);
  if (walk.problem === undefined) return succeed({ value, unknownFields: walk.unknownFields });
  const { at, expected, got } = walk.problem;
  return fail({
    code: "protobuf.malformed",
    what: `read a ${message.name}`,
    where: { offset: offset + at, field: walk.problem.field },
    expected,
    got,
  } satisfies Fault);
}

class Walk {
  unknownFields = 0;
  problem: { at: number; field: string; expected: string; got: string } | undefined;
  readonly #reader: WireReader;

  constructor(reader: WireReader) {
    this.#reader = reader;
  }

  /** Reads fields up to the reader's end. */
  message(schema: SchemaMessage, depth: number): ProtobufObject {
    const reader = this.#reader;
    const object: ProtobufObject = {};
    while (reader.at < reader.end && this.problem === undefined) {
      const from = reader.at;
      const tag = reader.varint();
      const field = schema.byNumber[tag >>> 3];
      const wireType = tag & 7;
      if (reader.failed || tag >>> 3 === 0) this.#refuse(from, schema.name, "a field number", "none");
      else if (field === undefined) {
        this.unknownFields += 1;
        reader.skip(wireType);
      } else this.#field(schema, field, wireType, object, depth);
      if (reader.failed && this.problem === undefined)
        this.#refuse(
          from,
          `${schema.name}.${field?.name ?? tag >>> 3}`,
          "a value that ends with the message",
          "fewer bytes",
        );
    }
    return object;
  }

  #field(schema: SchemaMessage, field: SchemaField, wireType: number, object: ProtobufObject, depth: number): void {
    const reader = this.#reader;
    const from = reader.at;
    if (field.repeated && wireType === LENGTH_DELIMITED && field.wireType !== LENGTH_DELIMITED) {
      this.#packed(field, listOf(object, field.name), depth);
      return;
    }
    if (wireType !== field.wireType) {
      this.#refuse(from, `${schema.name}.${field.name}`, `wire type ${field.wireType}`, `${wireType}`);
      return;
    }
    const value = this.#value(field, depth);
    if (this.problem !== undefined) return;
    if (field.group !== undefined) dropOthers(schema, field, object);
    if (field.repeated) listOf(object, field.name).push(value);
    else object[field.name] = value;
  }

  #packed(field: SchemaField, list: unknown[], depth: number): void {
    const reader = this.#reader;
    const outer = reader.end;
    reader.end = reader.delimited();
    while (reader.at < reader.end && !reader.failed) list.push(this.#value(field, depth));
    reader.end = outer;
  }

  #value(field: SchemaField, depth: number): unknown {
    const reader = this.#reader;
    switch (field.kind) {
      case "string":
        return this.#text(field);
      case "bytes": {
        const end = reader.delimited();
        const value = reader.bytes.slice(reader.at, end);
        reader.at = end;
        return value;
      }
      case "bool":
        return (reader.varint() | reader.high) !== 0;
      case "int32":
        return reader.varint() | 0;
      case "enum": {
        const number = reader.varint() | 0;
        return field.values!.names.get(number) ?? number;
      }
      case "int64":
        return this.#exact(field, reader.signed64());
      case "uint64":
        return this.#exact(field, reader.unsigned64());
      case "float":
        return this.#finite(field, shortest(reader.float()));
      case "double":
        return this.#finite(field, reader.double());
      default:
        return this.#inside(field, depth);
    }
  }

  /** Nothing that is measured is infinite, and what is no number would spoil all that is reckoned with it. */
  #finite(field: SchemaField, value: number): number {
    if (!Number.isFinite(value)) this.#refuse(this.#reader.at, field.name, "a finite number", `${value}`);
    return value;
  }

  #exact(field: SchemaField, value: number): number {
    if (!Number.isSafeInteger(value)) this.#refuse(this.#reader.at, field.name, "a number below 2^53", `${value}`);
    return value;
  }

  #text(field: SchemaField): string {
    const reader = this.#reader;
    const from = reader.at;
    const end = reader.delimited();
    const bytes = reader.bytes.subarray(reader.at, end);
    const plain = plainText(reader.bytes, reader.at, end);
    reader.at = end;
    if (plain !== undefined) return plain;
    try {
      return text.decode(bytes);
    } catch {
      this.#refuse(from, field.name, "UTF-8 text", "other bytes");
      return "";
    }
  }

  #inside(field: SchemaField, depth: number): unknown {
    const reader = this.#reader;
    const outer = reader.end;
    const end = reader.delimited();
    if (reader.failed) return {};
    if (depth >= DEEPEST) {
      this.#refuse(reader.at, field.name, `at most ${DEEPEST} messages in one another`, "more");
      return {};
    }
    reader.end = end;
    const value = field.kind === "time" ? this.#time() : this.message(field.message!, depth + 1);
    reader.end = outer;
    return value;
  }

  /** Seconds and nanoseconds since 1970 as µs. */
  #time(): number {
    const reader = this.#reader;
    let seconds = 0;
    let nanoseconds = 0;
    while (reader.at < reader.end && !reader.failed) {
      const tag = reader.varint();
      if (tag === 8) seconds = reader.signed64();
      else if (tag === 16) nanoseconds = reader.varint() | 0;
      else reader.skip(tag & 7);
    }
    const instant = seconds * 1e6 + Math.floor(nanoseconds / 1000);
    if (!Number.isSafeInteger(instant)) this.#refuse(reader.at, "Timestamp", "an instant of this age", `${seconds} s`);
    return instant;
  }

  #refuse(at: number, field: string, expected: string, got: string): void {
    this.problem ??= { at, field, expected, got };
    this.#reader.failed = true;
    this.#reader.at = this.#reader.end;
  }
}

/** Names and numbers are short and of ASCII: a decoder of any text takes longer to begin than they do to be read. */
function plainText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > LONGEST_PLAIN) return undefined;
  let text = "";
  for (let at = start; at < end; at += 1) {
    const code = bytes[at]!;
    if (code > 0x7f) return undefined;
    text += ASCII[code]!;
  }
  return text;
}

function listOf(object: ProtobufObject, name: string): unknown[] {
  const list = (object[name] as unknown[] | undefined) ?? [];
  object[name] = list;
  return list;
}

/** Of a group the last one counts. */
function dropOthers(schema: SchemaMessage, field: SchemaField, object: ProtobufObject): void {
  for (const name of Object.keys(object))
    if (name !== field.name && schema.byName.get(name)?.group === field.group) delete object[name];
}

/** The shortest decimal that the single-precision number is nearest to, so that 0.9 stays 0.9. */
function shortest(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  const size = Math.abs(value);
  // Of seven digits or fewer, those behind the point: most of what is told.
  if (size >= 1e-3 && size < 1e6)
    for (let power = 10; power * size < 1e7; power *= 10) {
      const short = Math.round(value * power) / power;
      if (Math.fround(short) === value) return short;
    }
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : Number(value.toPrecision(9));
}
