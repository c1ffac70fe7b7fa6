export { checkObject } from "./check-object.ts";
export { type DecodedObject, decodeObject, type ProtobufObject } from "./decode-object.ts";
export { encodeObject } from "./encode-object.ts";
export { readSchema, type Schema, type SchemaField, type SchemaMessage } from "./schema.ts";
