import { readSchema, type SchemaMessage } from "../protobuf/schema.ts";
import { SAPIENT_V1_CHANGES } from "./tables/version-1-changes.ts";
import { SAPIENT_V2 } from "./tables/version-2.ts";

/** The two versions of BSI Flex 335, which are not compatible on the wire. */
export type SapientVersion = "1" | "2";

const schemas = new Map<SapientVersion, SchemaMessage>();

/** The table of a version's outermost message, read once. */
export function sapientSchema(version: SapientVersion): SchemaMessage {
  const known = schemas.get(version);
  if (known !== undefined) return known;
  const schema = readSchema(SAPIENT_V2, version === "1" ? SAPIENT_V1_CHANGES : "").get("SapientMessage")!;
  schemas.set(version, schema);
  return schema;
}
