import type { SapientMessage, SapientRegistration } from "../messages.ts";

export const NODE = "4f1c7c2e-0b1d-4d0a-9c63-2a7f3c5c9e01";
export const CENTRE = "9a54d1c0-5a43-4a2b-8f4e-1b8f1d1f0c02";
export const ids = { report_id: "01M80E21DHJMQ2F7P2C93SQEPH", object_id: "01M80E21DHG19E8SPBH39ZH1Y0" } as const;
const TASK = "01M80E21DETN8P1TVB0W3VSCTB";
const seconds = { units: "TIME_UNITS_SECONDS", value: 5 } as const;
const location_type = {
  location_units: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
  location_datum: "LOCATION_DATUM_WGS84_E",
} as const;

/** A registration that both versions can tell but for the maker's data, which version 1 does not have. */
export const REGISTRATION: SapientRegistration = {
  node_definition: [{ node_type: "NODE_TYPE_RADAR", node_sub_type: ["ground"] }],
  icd_version: "BSI Flex 335 v2.0",
  capabilities: [{ category: "radar", type: "range", value: "4000", units: "m" }],
  status_definition: { status_interval: seconds },
  mode_definition: [
    {
      mode_name: "watch",
      mode_type: "MODE_TYPE_PERMANENT",
      settle_time: seconds,
      detection_definition: [{ location_type }],
      task: {
        region_definition: { region_type: ["REGION_TYPE_IGNORE"], region_area: [location_type] },
        command: [{ units: "any", completion_time: seconds, type: "COMMAND_TYPE_REQUEST" }],
      },
    },
  ],
  config_data: [{ manufacturer: "maker", model: "one" }],
};

export const DETECTION = {
  timestamp: 1_600_000_000_123_456,
  node_id: NODE,
  detection_report: {
    ...ids,
    location: {
      x: 10,
      y: 50,
      z: 120,
      coordinate_system: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
      datum: "LOCATION_DATUM_WGS84_E",
    },
    detection_confidence: 0.9,
    classification: [{ type: "Air Vehicle", confidence: 0.7 }],
  },
} satisfies SapientMessage;

const head = { timestamp: 1_600_000_000_000_000, node_id: NODE } as const;

/** One message of each kind that both versions can say. */
export const MESSAGES: Readonly<Record<string, SapientMessage>> = {
  detection: DETECTION,
  status: {
    ...head,
    status_report: {
      report_id: ids.report_id,
      system: "SYSTEM_OK",
      info: "INFO_NEW",
      mode: "watch",
      power: { source: "POWERSOURCE_SOLAR_PV", status: "POWERSTATUS_OK", level: 80 },
      status: [
        { status_level: "STATUS_LEVEL_WARNING_STATUS", status_type: "STATUS_TYPE_WEATHER", status_value: "fog" },
      ],
    },
  },
  alert: { ...head, alert: { alert_id: ids.report_id, alert_type: "ALERT_TYPE_WARNING", description: "cover opened" } },
  "alert answer": {
    ...head,
    alert_ack: { alert_id: ids.report_id, alert_ack_status: "ALERT_ACK_STATUS_ACCEPTED", reason: ["seen"] },
  },
  task: {
    ...head,
    destination_id: CENTRE,
    task: { task_id: TASK, control: "CONTROL_START", command: { request: "status" } },
  },
  "task answer": { ...head, task_ack: { task_id: TASK, task_status: "TASK_STATUS_REJECTED", reason: ["busy"] } },
  "registration answer": { ...head, registration_ack: { acceptance: false, ack_response_reason: ["no"] } },
  error: { ...head, error: { packet: Uint8Array.of(1, 2, 3), error_message: ["not read"] } },
};
