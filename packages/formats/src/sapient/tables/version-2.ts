/** Tables of BSI Flex 335 version 2: see `readSchema` for the form. Written by tools/sapient-tables.ts. */
export const SAPIENT_V2 = `
Alert
  1 alert_id ulid!
  2 alert_type Alert.AlertType
  3 status Alert.AlertStatus
  4 description string
  5 range_bearing RangeBearing |location
  6 location Location |location
  7 region_id ulid
  8 priority Alert.DiscretePriority
  9 ranking float
  10 confidence float
  11 associated_file AssociatedFile*
  12 associated_detection AssociatedDetection*
  13 additional_information string
AlertAck
  1 alert_id ulid!
  4 reason string*
  5 alert_ack_status AlertAck.AlertAckStatus!
AssociatedDetection
  1 timestamp Timestamp
  2 node_id uuid!
  3 object_id ulid!
  4 association_type AssociationRelation
AssociatedFile
  1 type string!
  2 url string!
DetectionReport
  1 report_id ulid!
  2 object_id ulid!
  3 task_id ulid
  4 state string
  5 range_bearing RangeBearing |location!
  6 location Location |location!
  7 detection_confidence float
  8 track_info DetectionReport.TrackObjectInfo*
  9 prediction_location DetectionReport.PredictedLocation
  10 object_info DetectionReport.TrackObjectInfo*
  11 classification DetectionReport.DetectionReportClassification*
  12 behaviour DetectionReport.Behaviour*
  13 associated_file AssociatedFile*
  14 signal DetectionReport.Signal*
  15 associated_detection AssociatedDetection*
  16 derived_detection DetectionReport.DerivedDetection*
  19 enu_velocity ENUVelocity |velocity
  22 colour string
  23 id string
DetectionReport.PredictedLocation
  1 range_bearing RangeBearing |predicted_location
  2 location Location |predicted_location
  3 predicted_timestamp Timestamp
DetectionReport.TrackObjectInfo
  1 type string!
  2 value string!
  3 error float
DetectionReport.DetectionReportClassification
  1 type string!
  2 confidence float
  3 sub_class DetectionReport.SubClass*
DetectionReport.SubClass
  1 type string!
  2 confidence float
  3 level int32!
  4 sub_class DetectionReport.SubClass*
DetectionReport.Behaviour
  1 type string!
  2 confidence float
DetectionReport.Signal
  1 amplitude float!
  2 start_frequency float
  3 centre_frequency float!
  4 stop_frequency float
  5 pulse_duration float
DetectionReport.DerivedDetection
  1 timestamp Timestamp
  2 node_id uuid!
  3 object_id ulid!
Error
  1 packet bytes!
  3 error_message string*
FollowObject
  1 follow_object_id string!
LocationList
  1 locations Location*!
Location
  1 x double!
  2 y double!
  3 z double
  4 x_error double
  5 y_error double
  6 z_error double
  7 coordinate_system LocationCoordinateSystem!
  8 datum LocationDatum!
  9 utm_zone string
RangeBearing
  1 elevation double
  2 azimuth double
  3 range double
  4 elevation_error double
  5 azimuth_error double
  6 range_error double
  7 coordinate_system RangeBearingCoordinateSystem!
  8 datum RangeBearingDatum!
RangeBearingCone
  1 elevation double
  2 azimuth double
  3 range double
  4 horizontal_extent double
  5 vertical_extent double
  6 horizontal_extent_error double
  7 vertical_extent_error double
  8 elevation_error double
  9 azimuth_error double
  10 range_error double
  11 coordinate_system RangeBearingCoordinateSystem!
  12 datum RangeBearingDatum!
LocationOrRangeBearing
  1 range_bearing RangeBearingCone |fov!
  2 location_list LocationList |fov!
Registration
  1 node_definition Registration.NodeDefinition*!
  2 icd_version string!
  3 name string
  4 short_name string
  5 capabilities Registration.Capability*!
  6 status_definition Registration.StatusDefinition!
  7 mode_definition Registration.ModeDefinition*!
  8 dependent_nodes string*
  9 reporting_region LocationOrRangeBearing*
  10 config_data Registration.ConfigurationData*!
Registration.NodeDefinition
  1 node_type Registration.NodeType!
  2 node_sub_type string*
Registration.Capability
  1 category string!
  2 type string!
  3 value string
  4 units string
Registration.StatusDefinition
  1 status_interval Registration.Duration!
  2 location_definition Registration.LocationType
  3 coverage_definition Registration.LocationType
  4 obscuration_definition Registration.LocationType
  5 status_report Registration.StatusReport*
  6 field_of_view_definition Registration.LocationType
Registration.Duration
  1 units Registration.TimeUnits!
  3 value float!
Registration.ModeParameter
  1 type string!
  2 value string!
Registration.LocationType
  1 location_units LocationCoordinateSystem |coordinates!
  2 range_bearing_units RangeBearingCoordinateSystem |coordinates!
  3 location_datum LocationDatum |datum!
  4 range_bearing_datum RangeBearingDatum |datum!
  5 zone string
Registration.VelocityType
  4 enu_velocity_units ENUVelocityUnits |velocity_units!
  6 location_datum LocationDatum |datum!
  7 range_bearing_datum RangeBearingDatum |datum!
  8 zone string
Registration.StatusReport
  1 category Registration.StatusReportCategory!
  2 type string!
  3 units string
  4 on_change bool
Registration.ModeDefinition
  1 mode_name string!
  2 mode_type Registration.ModeType!
  3 mode_description string
  4 settle_time Registration.Duration!
  5 maximum_latency Registration.Duration
  6 scan_type Registration.ScanType
  7 tracking_type Registration.TrackingType
  8 duration Registration.Duration
  9 mode_parameter Registration.ModeParameter*
  10 detection_definition Registration.DetectionDefinition*
  11 task Registration.TaskDefinition!
Registration.DetectionDefinition
  1 location_type Registration.LocationType!
  2 detection_performance Registration.PerformanceValue*
  3 detection_report Registration.DetectionReport*
  4 detection_class_definition Registration.DetectionClassDefinition*
  5 behaviour_definition Registration.BehaviourDefinition*
  6 velocity_type Registration.VelocityType
  7 geometric_error Registration.GeometricError
Registration.GeometricError
  1 type string!
  2 units string!
  3 variation_type string!
  4 performance_value Registration.PerformanceValue*
Registration.PerformanceValue
  1 type string!
  2 units string!
  3 unit_value string!
  4 variation_type string
Registration.DetectionReport
  1 category Registration.DetectionReportCategory!
  2 type string!
  3 units string!
  4 on_change bool
Registration.DetectionClassDefinition
  1 confidence_definition Registration.ConfidenceDefinition
  2 class_performance Registration.PerformanceValue*
  3 class_definition Registration.ClassDefinition*
  4 taxonomy_dock_definition Registration.TaxonomyDockDefinition*
Registration.ClassDefinition
  1 type string!
  2 units string
  3 sub_class Registration.SubClass*
Registration.SubClass
  1 type string!
  2 units string
  3 level int32!
  4 sub_class Registration.SubClass*
Registration.BehaviourDefinition
  1 type string!
  2 units string
Registration.TaskDefinition
  1 concurrent_tasks int32
  2 region_definition Registration.RegionDefinition!
  3 command Registration.Command*
Registration.ClassFilterDefinition
  1 filter_parameter Registration.FilterParameter*
  2 sub_class_definition Registration.SubClassFilterDefinition*
  3 type string!
Registration.SubClassFilterDefinition
  1 filter_parameter Registration.FilterParameter*
  2 level int32!
  3 type string!
  4 sub_class_definition Registration.SubClassFilterDefinition*
Registration.FilterParameter
  1 parameter string!
  2 operators Operator*!
Registration.BehaviourFilterDefinition
  1 filter_parameter Registration.FilterParameter*
  2 type string!
Registration.Command
  2 units string!
  3 completion_time Registration.Duration!
  4 type Registration.CommandType!
Registration.RegionDefinition
  1 region_type Registration.RegionType*!
  2 settle_time Registration.Duration
  3 region_area Registration.LocationType*!
  4 class_filter_definition Registration.ClassFilterDefinition*
  5 behaviour_filter_definition Registration.BehaviourFilterDefinition*
Registration.TaxonomyDockDefinition
  1 Dock_class_namespace string!
  2 Dock_class string!
  3 Extension_subclass Registration.ExtensionSubclass*
Registration.ExtensionSubclass
  1 Subclass_namespace string!
  2 Subclass_name string!
  3 units string
Registration.ConfigurationData
  1 manufacturer string!
  2 model string!
  3 serial_number string
  4 hardware_version string
  5 software_version string
  6 sub_components Registration.ConfigurationData*
RegistrationAck
  1 acceptance bool!
  3 ack_response_reason string*
SapientMessage
  1 timestamp Timestamp!
  2 node_id uuid!
  3 destination_id uuid
  4 registration Registration |content!
  5 registration_ack RegistrationAck |content!
  6 status_report StatusReport |content!
  7 detection_report DetectionReport |content!
  8 task Task |content!
  9 task_ack TaskAck |content!
  10 alert Alert |content!
  11 alert_ack AlertAck |content!
  12 error Error |content!
  13 additional_information string
StatusReport
  1 report_id ulid!
  2 system StatusReport.System!
  3 info StatusReport.Info!
  4 active_task_id ulid
  5 mode string!
  6 power StatusReport.Power
  7 node_location Location
  8 field_of_view LocationOrRangeBearing
  10 obscuration LocationOrRangeBearing*
  11 status StatusReport.Status*
  12 coverage LocationOrRangeBearing*
StatusReport.Power
  3 level int32
  4 source StatusReport.PowerSource
  5 status StatusReport.PowerStatus
StatusReport.Status
  1 status_level StatusReport.StatusLevel
  3 status_value string
  4 status_type StatusReport.StatusType!
Task
  1 task_id ulid!
  2 task_name string
  3 task_description string
  4 task_start_time Timestamp
  5 task_end_time Timestamp
  6 control Task.Control!
  7 region Task.Region*
  8 command Task.Command
Task.Command
  1 request string |command!
  2 detection_threshold Task.DiscreteThreshold |command!
  3 detection_report_rate Task.DiscreteThreshold |command!
  4 classification_threshold Task.DiscreteThreshold |command!
  5 mode_change string |command!
  6 look_at LocationOrRangeBearing |command!
  9 move_to LocationList |command!
  10 patrol LocationList |command!
  11 follow FollowObject |command!
  8 command_parameter string
Task.Region
  1 type Task.RegionType!
  2 region_id ulid!
  3 region_name string!
  4 region_area LocationOrRangeBearing!
  5 class_filter Task.ClassFilter*
  6 behaviour_filter Task.BehaviourFilter*
Task.ClassFilter
  1 parameter Task.Parameter!
  2 type string!
  3 sub_class_filter Task.SubClassFilter*
  4 priority Task.DiscreteThreshold
Task.SubClassFilter
  1 parameter Task.Parameter!
  2 type string!
  3 sub_class_filter Task.SubClassFilter*
  4 priority Task.DiscreteThreshold
Task.BehaviourFilter
  1 parameter Task.Parameter!
  2 type string
  3 priority Task.DiscreteThreshold
Task.Parameter
  1 name string!
  2 operator Operator!
  3 value float!
TaskAck
  1 task_id ulid!
  2 task_status TaskAck.TaskStatus!
  4 associated_file AssociatedFile
  5 reason string*
ENUVelocity
  1 east_rate double!
  2 north_rate double!
  3 up_rate double
  4 east_rate_error double
  5 north_rate_error double
  6 up_rate_error double
ENUVelocityUnits
  1 east_north_rate_units SpeedUnits!
  2 up_rate_units SpeedUnits
enum Alert.AlertType ALERT_TYPE_: UNSPECIFIED INFORMATION WARNING CRITICAL ERROR FATAL MODE_CHANGE
enum Alert.AlertStatus ALERT_STATUS_: UNSPECIFIED ACTIVE ACKNOWLEDGE REJECT IGNORE CLEAR
enum Alert.DiscretePriority DISCRETE_PRIORITY_: UNSPECIFIED LOW MEDIUM HIGH
enum AlertAck.AlertAckStatus ALERT_ACK_STATUS_: UNSPECIFIED ACCEPTED REJECTED CANCELLED
enum AssociationRelation ASSOCIATION_RELATION_: UNSPECIFIED NO_RELATION PARENT CHILD SIBLING
enum LocationCoordinateSystem LOCATION_COORDINATE_SYSTEM_: UNSPECIFIED LAT_LNG_DEG_M LAT_LNG_RAD_M _ _ UTM_M
enum LocationDatum LOCATION_DATUM_: UNSPECIFIED WGS84_E WGS84_G
enum RangeBearingCoordinateSystem RANGE_BEARING_COORDINATE_SYSTEM_: UNSPECIFIED DEGREES_M RADIANS_M DEGREES_KM RADIANS_KM
enum RangeBearingDatum RANGE_BEARING_DATUM_: UNSPECIFIED TRUE MAGNETIC GRID PLATFORM
enum Operator OPERATOR_: UNSPECIFIED ALL GREATER_THAN LESS_THAN EQUAL
enum Registration.NodeType NODE_TYPE_: UNSPECIFIED OTHER RADAR LIDAR CAMERA SEISMIC ACOUSTIC PROXIMITY_SENSOR PASSIVE_RF HUMAN CHEMICAL BIOLOGICAL RADIATION KINETIC JAMMER CYBER LDEW RFDEW MOBILE_NODE POINTABLE_NODE FUSION_NODE
enum Registration.TimeUnits TIME_UNITS_: UNSPECIFIED NANOSECONDS MICROSECONDS MILLISECONDS SECONDS MINUTES HOURS DAYS
enum Registration.StatusReportCategory STATUS_REPORT_CATEGORY_: UNSPECIFIED SENSOR POWER MODE STATUS
enum Registration.ModeType MODE_TYPE_: UNSPECIFIED PERMANENT TEMPORARY DEFAULT
enum Registration.ScanType SCAN_TYPE_: UNSPECIFIED FIXED SCANNING STEERABLE
enum Registration.TrackingType TRACKING_TYPE_: UNSPECIFIED NONE TRACKLET TRACK TRACK_WITH_RE_ID
enum Registration.DetectionReportCategory DETECTION_REPORT_CATEGORY_: UNSPECIFIED DETECTION TRACK OBJECT SIGNAL
enum Registration.ConfidenceDefinition CONFIDENCE_DEFINITION_: UNSPECIFIED SINGLE_CLASS MULTI_CLASS
enum Registration.CommandType COMMAND_TYPE_: UNSPECIFIED REQUEST DETECTION_THRESHOLD DETECTION_REPORT_RATE CLASSIFICATION_THRESHOLD MODE_CHANGE LOOK_AT MOVE_TO PATROL FOLLOW
enum Registration.RegionType REGION_TYPE_: UNSPECIFIED AREA_OF_INTEREST IGNORE BOUNDARY MOBILE_NODE_NO_GO_AREA MOBILE_NODE_GO_AREA
enum StatusReport.System SYSTEM_: UNSPECIFIED OK WARNING ERROR _ GOODBYE
enum StatusReport.PowerSource POWERSOURCE_: UNSPECIFIED OTHER MAINS INTERNAL_BATTERY EXTERNAL_BATTERY GENERATOR SOLAR_PV WIND_TURBINE FUEL_CELL
enum StatusReport.PowerStatus POWERSTATUS_: UNSPECIFIED OK FAULT
enum StatusReport.Info INFO_: UNSPECIFIED NEW UNCHANGED
enum StatusReport.StatusType STATUS_TYPE_: UNSPECIFIED INTERNAL_FAULT EXTERNAL_FAULT ILLUMINATION WEATHER CLUTTER EXPOSURE MOTION_SENSITIVITY PTZ_STATUS PD FAR NOT_DETECTING PLATFORM OTHER
enum StatusReport.StatusLevel STATUS_LEVEL_: UNSPECIFIED _ INFORMATION_STATUS WARNING_STATUS ERROR_STATUS
enum Task.Control CONTROL_: UNSPECIFIED START STOP PAUSE
enum Task.DiscreteThreshold DISCRETE_THRESHOLD_: UNSPECIFIED LOW MEDIUM HIGH
enum Task.RegionType REGION_TYPE_: UNSPECIFIED AREA_OF_INTEREST IGNORE BOUNDARY MOBILE_NODE_NO_GO_AREA MOBILE_NODE_GO_AREA
enum TaskAck.TaskStatus TASK_STATUS_: UNSPECIFIED ACCEPTED REJECTED COMPLETED FAILED
enum SpeedUnits SPEED_UNITS_: UNSPECIFIED MS KPH
`;
