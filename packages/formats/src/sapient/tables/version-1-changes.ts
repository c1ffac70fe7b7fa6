/** Tables of what version 1 of BSI Flex 335 has otherwise than version 2: see `readSchema` for the form. Written by tools/sapient-tables.ts. */
export const SAPIENT_V1_CHANGES = `
AlertAck
  -4
  -5
  2 alert_status AlertAck.AlertStatus!
  3 reason string
Error
  -3
  2 error_message string!
Registration
  -8
  -9
  -10
Registration.ModeDefinition
  10 detection_definition Registration.DetectionDefinition!
  11 task Registration.TaskDefinition*!
Registration.DetectionClassDefinition
  -4
Registration.Command
  1 name string!
RegistrationAck
  -3
  2 ack_response_reason string
SapientMessage
  -13
StatusReport
  -12
  5 mode string
  9 coverage LocationOrRangeBearing
StatusReport.Power
  -4
  -5
  1 source string
  2 status string
StatusReport.Status
  -4
  2 status_type string!
Task.Command
  -9
  -10
  -11
TaskAck
  -5
  3 reason string
enum AlertAck.AlertStatus ALERT_STATUS_: UNSPECIFIED ACCEPTED REJECTED CANCELLED
enum Registration.NodeType NODE_TYPE_: UNSPECIFIED OTHER RADAR LIDAR CAMERA SEISMIC ACOUSTIC PROXIMITY_SENSOR PASSIVE_RF HUMAN CHEMICAL BIOLOGICAL RADIATION KINETIC JAMMER CYBER LDEW RFDEW
enum Registration.TimeUnits TIME_UNITS_: UNSPECIFIED NANOSECONDS MICROSECONDS MILLISECONDS SECONDS MINUTES HOURS
enum Registration.ModeType MODE_TYPE_: UNSPECIFIED PERMANENT TEMPORARY
enum Registration.DetectionReportCategory DETECTION_REPORT_CATEGORY_: UNSPECIFIED DETECTION TRACK OBJECT
enum Registration.CommandType COMMAND_TYPE_: UNSPECIFIED REQUEST DETECTION_THRESHOLD DETECTION_REPORT_RATE CLASSIFICATION_THRESHOLD MODE_CHANGE LOOK_AT
enum Registration.DiscreteThreshold DISCRETE_THRESHOLD_: UNSPECIFIED LOW MEDIUM HIGH
enum Registration.RegionType REGION_TYPE_: UNSPECIFIED AREA_OF_INTEREST IGNORE BOUNDARY
enum StatusReport.StatusLevel STATUS_LEVEL_: UNSPECIFIED SENSOR_STATUS INFORMATION_STATUS WARNING_STATUS ERROR_STATUS
enum Task.Control CONTROL_: UNSPECIFIED START STOP PAUSE DEFAULT
enum Task.RegionType REGION_TYPE_: UNSPECIFIED AREA_OF_INTEREST IGNORE BOUNDARY
`;
