import type { ProtobufObject } from "../protobuf/decode-object.ts";
import type { SapientMessage } from "./messages.ts";
import { sapientSchema } from "./sapient-schema.ts";

type Change = (object: ProtobufObject) => void;

/**
 * Gives a version 1 message the shape of version 2: single texts become lists, texts become the members they name.
 * GAP: of several task definitions of one mode only the first is kept, since version 2 has one; kept apart they would need
 * a shape of their own.
 */
export function upcastVersion1(message: ProtobufObject): SapientMessage {
  apply(message, UP);
  return message as SapientMessage;
}

/** The other way round: of several reasons one text is made; what version 1 lacks is left out. */
export function downcastToVersion1(message: SapientMessage): ProtobufObject {
  const copy = structuredClone(message) as ProtobufObject;
  apply(copy, DOWN);
  return strip(copy, "1") as ProtobufObject;
}

function apply(message: ProtobufObject, changes: Readonly<Record<string, Change>>): void {
  for (const [content, change] of Object.entries(changes)) {
    const inner = message[content];
    if (inner !== undefined) change(inner as ProtobufObject);
  }
}

const UP: Readonly<Record<string, Change>> = {
  alert_ack: (ack) => {
    rename(ack, "alert_status", "alert_ack_status", (value) =>
      String(value).replace("ALERT_STATUS_", "ALERT_ACK_STATUS_"),
    );
    toList(ack, "reason");
  },
  error: (error) => toList(error, "error_message"),
  registration_ack: (ack) => toList(ack, "ack_response_reason"),
  task_ack: (ack) => toList(ack, "reason"),
  status_report: (report) => {
    toList(report, "coverage");
    const power = report.power as ProtobufObject | undefined;
    rename(power, "source", "source", (value) => memberLike("POWERSOURCE_", value, POWER_SOURCES, "OTHER"));
    rename(power, "status", "status", (value) => memberLike("POWERSTATUS_", value, ["FAULT", "OK"], "UNSPECIFIED"));
    for (const status of listOf(report.status))
      rename(status, "status_type", "status_type", (value) => memberLike("STATUS_TYPE_", value, STATUS_TYPES, "OTHER"));
  },
  registration: (registration) => {
    for (const mode of listOf(registration.mode_definition)) {
      toList(mode, "detection_definition");
      rename(mode, "task", "task", (value) => (value as unknown[])[0]);
      for (const command of listOf((mode.task as ProtobufObject | undefined)?.command)) delete command.name;
    }
  },
};

const DOWN: Readonly<Record<string, Change>> = {
  alert_ack: (ack) => {
    rename(ack, "alert_ack_status", "alert_status", (value) =>
      String(value).replace("ALERT_ACK_STATUS_", "ALERT_STATUS_"),
    );
    toText(ack, "reason");
  },
  error: (error) => toText(error, "error_message"),
  registration_ack: (ack) => toText(ack, "ack_response_reason"),
  task_ack: (ack) => toText(ack, "reason"),
  status_report: (report) => {
    rename(report, "coverage", "coverage", (value) => (value as unknown[])[0]);
    const power = report.power as ProtobufObject | undefined;
    rename(power, "source", "source", (value) => plain("POWERSOURCE_", value));
    rename(power, "status", "status", (value) => plain("POWERSTATUS_", value));
    for (const status of listOf(report.status))
      rename(status, "status_type", "status_type", (value) => plain("STATUS_TYPE_", value));
  },
  registration: (registration) => {
    for (const mode of listOf(registration.mode_definition)) {
      rename(mode, "detection_definition", "detection_definition", (value) => (value as unknown[])[0]);
      for (const command of listOf((mode.task as ProtobufObject | undefined)?.command))
        command.name = plain("COMMAND_TYPE_", command.type);
      rename(mode, "task", "task", (value) => [value]);
    }
  },
};

const POWER_SOURCES = [
  "MAINS",
  "INTERNAL_BATTERY",
  "EXTERNAL_BATTERY",
  "GENERATOR",
  "SOLAR_PV",
  "WIND_TURBINE",
  "FUEL_CELL",
];
const STATUS_TYPES = [
  ...["INTERNAL_FAULT", "EXTERNAL_FAULT", "ILLUMINATION", "WEATHER", "CLUTTER", "EXPOSURE", "MOTION_SENSITIVITY"],
  ...["PTZ_STATUS", "PD", "FAR", "NOT_DETECTING", "PLATFORM"],
];

function rename(
  object: ProtobufObject | undefined,
  from: string,
  to: string,
  change: (value: unknown) => unknown,
): void {
  const value = object?.[from];
  if (object === undefined || value === undefined) return;
  delete object[from];
  object[to] = change(value);
}

function toList(object: ProtobufObject, name: string): void {
  rename(object, name, name, (value) => [value]);
}

function toText(object: ProtobufObject, name: string): void {
  rename(object, name, name, (value) => (value as string[]).join("; "));
}

function listOf(value: unknown): ProtobufObject[] {
  return (value as ProtobufObject[] | undefined) ?? [];
}

/** The member whose name a free text has, whatever its case and spaces. */
function memberLike(prefix: string, value: unknown, members: readonly string[], other: string): string {
  const wanted = String(value)
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
  return `${prefix}${members.find((member) => member === wanted) ?? other}`;
}

function plain(prefix: string, value: unknown): string {
  return String(value).replace(prefix, "");
}

/** Leaves out what a version's table does not have. */
function strip(object: ProtobufObject, version: "1", schema = sapientSchema(version)): ProtobufObject {
  const kept: ProtobufObject = {};
  for (const [name, value] of Object.entries(object)) {
    const field = schema.byName.get(name);
    if (field === undefined) continue;
    const one = (member: unknown) =>
      field.message === undefined ? member : strip(member as ProtobufObject, version, field.message);
    kept[name] = Array.isArray(value) ? value.map(one) : one(value);
  }
  return kept;
}
