import { checkObject } from "../protobuf/check-object.ts";
import { decodeObject, type ProtobufObject } from "../protobuf/decode-object.ts";
import { encodeObject } from "../protobuf/encode-object.ts";
import { fail, type Result, succeed } from "../result.ts";
import type { SapientMessage } from "./messages.ts";
import { type SapientVersion, sapientSchema } from "./sapient-schema.ts";
import { downcastToVersion1, upcastVersion1 } from "./version-1.ts";

export interface DecodedSapient {
  /** In the shape of version 2, whichever version came. */
  readonly message: SapientMessage;
  /** What the message lacks or has in a form that its version forbids, as `path: what is wrong`. */
  readonly problems: readonly string[];
  /** Fields that the version does not have; the sign of another version. */
  readonly unknownFields: number;
}

/**
 * Decodes one message of BSI Flex 335. Errors: `sapient.malformed` (not of this encoding), `sapient.empty` (without
 * sender, time or content, so that nothing can be done with it). Lesser faults are `problems`.
 */
export function decodeSapient(bytes: Uint8Array, version: SapientVersion, offset = 0): Result<DecodedSapient> {
  const decoded = decodeObject(sapientSchema(version), bytes, offset);
  if (!decoded.ok) return fail({ ...decoded.fault, code: "sapient.malformed" });
  const { value, unknownFields } = decoded.value;
  const problems = checkObject(sapientSchema(version), value);
  if (value.node_id === undefined || value.timestamp === undefined || sapientContent(value) === undefined)
    return fail({
      code: "sapient.empty",
      what: "read a message of a node",
      where: { offset },
      expected: "sender, time and content",
      got: Object.keys(value).join(", ") || "nothing",
    });
  const message = version === "1" ? upcastVersion1(value) : (value as SapientMessage);
  return succeed({ message, problems, unknownFields });
}

/** Encodes a message, given in the shape of version 2, as a version has it. Throws a `TypeError` where it has no such field. */
export function encodeSapient(message: SapientMessage, version: SapientVersion): Uint8Array {
  return encodeObject(sapientSchema(version), version === "1" ? downcastToVersion1(message) : message);
}

export type SapientContent = Exclude<
  keyof SapientMessage,
  "timestamp" | "node_id" | "destination_id" | "additional_information"
>;

const CONTENTS = [
  ...(["registration", "registration_ack", "status_report", "detection_report", "task", "task_ack"] as const),
  ...(["alert", "alert_ack", "error"] as const),
] satisfies readonly SapientContent[];

/** Which of the nine contents a message has. */
export function sapientContent(message: SapientMessage | ProtobufObject): SapientContent | undefined {
  return CONTENTS.find((name) => (message as SapientMessage)[name] !== undefined);
}

/** The version that a registration says it follows; undefined where it says neither. */
export function versionOfRegistration(message: SapientMessage): SapientVersion | undefined {
  const digits = /335\D*([12])(?:\.0)?\s*$/.exec(message.registration?.icd_version ?? "");
  return digits === null ? undefined : (digits[1] as SapientVersion);
}
