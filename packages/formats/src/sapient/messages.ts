/**
 * Messages of BSI Flex 335 version 2 by the standard's own names. Times are µs since 1970; members of enumerations that the
 * standard does not know are numbers. Written by tools/sapient-tables.ts.
 */

export interface SapientAlert {
  readonly alert_id?: string;
  readonly alert_type?: SapientAlertAlertType;
  readonly status?: SapientAlertAlertStatus;
  readonly description?: string;
  readonly range_bearing?: SapientRangeBearing;
  readonly location?: SapientLocation;
  readonly region_id?: string;
  readonly priority?: SapientAlertDiscretePriority;
  readonly ranking?: number;
  readonly confidence?: number;
  readonly associated_file?: readonly SapientAssociatedFile[];
  readonly associated_detection?: readonly SapientAssociatedDetection[];
  readonly additional_information?: string;
}

export interface SapientAlertAck {
  readonly alert_id?: string;
  readonly reason?: readonly string[];
  readonly alert_ack_status?: SapientAlertAckAlertAckStatus;
}

interface SapientAssociatedDetection {
  readonly timestamp?: number;
  readonly node_id?: string;
  readonly object_id?: string;
  readonly association_type?: SapientAssociationRelation;
}

interface SapientAssociatedFile {
  readonly type?: string;
  readonly url?: string;
}

export interface SapientDetectionReport {
  readonly report_id?: string;
  readonly object_id?: string;
  readonly task_id?: string;
  readonly state?: string;
  readonly range_bearing?: SapientRangeBearing;
  readonly location?: SapientLocation;
  readonly detection_confidence?: number;
  readonly track_info?: readonly SapientDetectionReportTrackObjectInfo[];
  readonly prediction_location?: SapientDetectionReportPredictedLocation;
  readonly object_info?: readonly SapientDetectionReportTrackObjectInfo[];
  readonly classification?: readonly SapientDetectionReportDetectionReportClassification[];
  readonly behaviour?: readonly SapientDetectionReportBehaviour[];
  readonly associated_file?: readonly SapientAssociatedFile[];
  readonly signal?: readonly SapientDetectionReportSignal[];
  readonly associated_detection?: readonly SapientAssociatedDetection[];
  readonly derived_detection?: readonly SapientDetectionReportDerivedDetection[];
  readonly enu_velocity?: SapientENUVelocity;
  readonly colour?: string;
  readonly id?: string;
}

interface SapientDetectionReportPredictedLocation {
  readonly range_bearing?: SapientRangeBearing;
  readonly location?: SapientLocation;
  readonly predicted_timestamp?: number;
}

interface SapientDetectionReportTrackObjectInfo {
  readonly type?: string;
  readonly value?: string;
  readonly error?: number;
}

interface SapientDetectionReportDetectionReportClassification {
  readonly type?: string;
  readonly confidence?: number;
  readonly sub_class?: readonly SapientDetectionReportSubClass[];
}

interface SapientDetectionReportSubClass {
  readonly type?: string;
  readonly confidence?: number;
  readonly level?: number;
  readonly sub_class?: readonly SapientDetectionReportSubClass[];
}

interface SapientDetectionReportBehaviour {
  readonly type?: string;
  readonly confidence?: number;
}

interface SapientDetectionReportSignal {
  readonly amplitude?: number;
  readonly start_frequency?: number;
  readonly centre_frequency?: number;
  readonly stop_frequency?: number;
  readonly pulse_duration?: number;
}

interface SapientDetectionReportDerivedDetection {
  readonly timestamp?: number;
  readonly node_id?: string;
  readonly object_id?: string;
}

export interface SapientError {
  readonly packet?: Uint8Array;
  readonly error_message?: readonly string[];
}

interface SapientFollowObject {
  readonly follow_object_id?: string;
}

interface SapientLocationList {
  readonly locations?: readonly SapientLocation[];
}

export interface SapientLocation {
  readonly x?: number;
  readonly y?: number;
  readonly z?: number;
  readonly x_error?: number;
  readonly y_error?: number;
  readonly z_error?: number;
  readonly coordinate_system?: SapientLocationCoordinateSystem;
  readonly datum?: SapientLocationDatum;
  readonly utm_zone?: string;
}

export interface SapientRangeBearing {
  readonly elevation?: number;
  readonly azimuth?: number;
  readonly range?: number;
  readonly elevation_error?: number;
  readonly azimuth_error?: number;
  readonly range_error?: number;
  readonly coordinate_system?: SapientRangeBearingCoordinateSystem;
  readonly datum?: SapientRangeBearingDatum;
}

interface SapientRangeBearingCone {
  readonly elevation?: number;
  readonly azimuth?: number;
  readonly range?: number;
  readonly horizontal_extent?: number;
  readonly vertical_extent?: number;
  readonly horizontal_extent_error?: number;
  readonly vertical_extent_error?: number;
  readonly elevation_error?: number;
  readonly azimuth_error?: number;
  readonly range_error?: number;
  readonly coordinate_system?: SapientRangeBearingCoordinateSystem;
  readonly datum?: SapientRangeBearingDatum;
}

interface SapientLocationOrRangeBearing {
  readonly range_bearing?: SapientRangeBearingCone;
  readonly location_list?: SapientLocationList;
}

export interface SapientRegistration {
  readonly node_definition?: readonly SapientRegistrationNodeDefinition[];
  readonly icd_version?: string;
  readonly name?: string;
  readonly short_name?: string;
  readonly capabilities?: readonly SapientRegistrationCapability[];
  readonly status_definition?: SapientRegistrationStatusDefinition;
  readonly mode_definition?: readonly SapientRegistrationModeDefinition[];
  readonly dependent_nodes?: readonly string[];
  readonly reporting_region?: readonly SapientLocationOrRangeBearing[];
  readonly config_data?: readonly SapientRegistrationConfigurationData[];
}

interface SapientRegistrationNodeDefinition {
  readonly node_type?: SapientRegistrationNodeType;
  readonly node_sub_type?: readonly string[];
}

interface SapientRegistrationCapability {
  readonly category?: string;
  readonly type?: string;
  readonly value?: string;
  readonly units?: string;
}

interface SapientRegistrationStatusDefinition {
  readonly status_interval?: SapientRegistrationDuration;
  readonly location_definition?: SapientRegistrationLocationType;
  readonly coverage_definition?: SapientRegistrationLocationType;
  readonly obscuration_definition?: SapientRegistrationLocationType;
  readonly status_report?: readonly SapientRegistrationStatusReport[];
  readonly field_of_view_definition?: SapientRegistrationLocationType;
}

interface SapientRegistrationDuration {
  readonly units?: SapientRegistrationTimeUnits;
  readonly value?: number;
}

interface SapientRegistrationModeParameter {
  readonly type?: string;
  readonly value?: string;
}

interface SapientRegistrationLocationType {
  readonly location_units?: SapientLocationCoordinateSystem;
  readonly range_bearing_units?: SapientRangeBearingCoordinateSystem;
  readonly location_datum?: SapientLocationDatum;
  readonly range_bearing_datum?: SapientRangeBearingDatum;
  readonly zone?: string;
}

interface SapientRegistrationVelocityType {
  readonly enu_velocity_units?: SapientENUVelocityUnits;
  readonly location_datum?: SapientLocationDatum;
  readonly range_bearing_datum?: SapientRangeBearingDatum;
  readonly zone?: string;
}

interface SapientRegistrationStatusReport {
  readonly category?: SapientRegistrationStatusReportCategory;
  readonly type?: string;
  readonly units?: string;
  readonly on_change?: boolean;
}

interface SapientRegistrationModeDefinition {
  readonly mode_name?: string;
  readonly mode_type?: SapientRegistrationModeType;
  readonly mode_description?: string;
  readonly settle_time?: SapientRegistrationDuration;
  readonly maximum_latency?: SapientRegistrationDuration;
  readonly scan_type?: SapientRegistrationScanType;
  readonly tracking_type?: SapientRegistrationTrackingType;
  readonly duration?: SapientRegistrationDuration;
  readonly mode_parameter?: readonly SapientRegistrationModeParameter[];
  readonly detection_definition?: readonly SapientRegistrationDetectionDefinition[];
  readonly task?: SapientRegistrationTaskDefinition;
}

interface SapientRegistrationDetectionDefinition {
  readonly location_type?: SapientRegistrationLocationType;
  readonly detection_performance?: readonly SapientRegistrationPerformanceValue[];
  readonly detection_report?: readonly SapientRegistrationDetectionReport[];
  readonly detection_class_definition?: readonly SapientRegistrationDetectionClassDefinition[];
  readonly behaviour_definition?: readonly SapientRegistrationBehaviourDefinition[];
  readonly velocity_type?: SapientRegistrationVelocityType;
  readonly geometric_error?: SapientRegistrationGeometricError;
}

interface SapientRegistrationGeometricError {
  readonly type?: string;
  readonly units?: string;
  readonly variation_type?: string;
  readonly performance_value?: readonly SapientRegistrationPerformanceValue[];
}

interface SapientRegistrationPerformanceValue {
  readonly type?: string;
  readonly units?: string;
  readonly unit_value?: string;
  readonly variation_type?: string;
}

interface SapientRegistrationDetectionReport {
  readonly category?: SapientRegistrationDetectionReportCategory;
  readonly type?: string;
  readonly units?: string;
  readonly on_change?: boolean;
}

interface SapientRegistrationDetectionClassDefinition {
  readonly confidence_definition?: SapientRegistrationConfidenceDefinition;
  readonly class_performance?: readonly SapientRegistrationPerformanceValue[];
  readonly class_definition?: readonly SapientRegistrationClassDefinition[];
  readonly taxonomy_dock_definition?: readonly SapientRegistrationTaxonomyDockDefinition[];
}

interface SapientRegistrationClassDefinition {
  readonly type?: string;
  readonly units?: string;
  readonly sub_class?: readonly SapientRegistrationSubClass[];
}

interface SapientRegistrationSubClass {
  readonly type?: string;
  readonly units?: string;
  readonly level?: number;
  readonly sub_class?: readonly SapientRegistrationSubClass[];
}

interface SapientRegistrationBehaviourDefinition {
  readonly type?: string;
  readonly units?: string;
}

interface SapientRegistrationTaskDefinition {
  readonly concurrent_tasks?: number;
  readonly region_definition?: SapientRegistrationRegionDefinition;
  readonly command?: readonly SapientRegistrationCommand[];
}

interface SapientRegistrationClassFilterDefinition {
  readonly filter_parameter?: readonly SapientRegistrationFilterParameter[];
  readonly sub_class_definition?: readonly SapientRegistrationSubClassFilterDefinition[];
  readonly type?: string;
}

interface SapientRegistrationSubClassFilterDefinition {
  readonly filter_parameter?: readonly SapientRegistrationFilterParameter[];
  readonly level?: number;
  readonly type?: string;
  readonly sub_class_definition?: readonly SapientRegistrationSubClassFilterDefinition[];
}

interface SapientRegistrationFilterParameter {
  readonly parameter?: string;
  readonly operators?: readonly SapientOperator[];
}

interface SapientRegistrationBehaviourFilterDefinition {
  readonly filter_parameter?: readonly SapientRegistrationFilterParameter[];
  readonly type?: string;
}

interface SapientRegistrationCommand {
  readonly units?: string;
  readonly completion_time?: SapientRegistrationDuration;
  readonly type?: SapientRegistrationCommandType;
}

interface SapientRegistrationRegionDefinition {
  readonly region_type?: readonly SapientRegistrationRegionType[];
  readonly settle_time?: SapientRegistrationDuration;
  readonly region_area?: readonly SapientRegistrationLocationType[];
  readonly class_filter_definition?: readonly SapientRegistrationClassFilterDefinition[];
  readonly behaviour_filter_definition?: readonly SapientRegistrationBehaviourFilterDefinition[];
}

interface SapientRegistrationTaxonomyDockDefinition {
  readonly Dock_class_namespace?: string;
  readonly Dock_class?: string;
  readonly Extension_subclass?: readonly SapientRegistrationExtensionSubclass[];
}

interface SapientRegistrationExtensionSubclass {
  readonly Subclass_namespace?: string;
  readonly Subclass_name?: string;
  readonly units?: string;
}

interface SapientRegistrationConfigurationData {
  readonly manufacturer?: string;
  readonly model?: string;
  readonly serial_number?: string;
  readonly hardware_version?: string;
  readonly software_version?: string;
  readonly sub_components?: readonly SapientRegistrationConfigurationData[];
}

export interface SapientRegistrationAck {
  readonly acceptance?: boolean;
  readonly ack_response_reason?: readonly string[];
}

export interface SapientMessage {
  readonly timestamp?: number;
  readonly node_id?: string;
  readonly destination_id?: string;
  readonly registration?: SapientRegistration;
  readonly registration_ack?: SapientRegistrationAck;
  readonly status_report?: SapientStatusReport;
  readonly detection_report?: SapientDetectionReport;
  readonly task?: SapientTask;
  readonly task_ack?: SapientTaskAck;
  readonly alert?: SapientAlert;
  readonly alert_ack?: SapientAlertAck;
  readonly error?: SapientError;
  readonly additional_information?: string;
}

export interface SapientStatusReport {
  readonly report_id?: string;
  readonly system?: SapientStatusReportSystem;
  readonly info?: SapientStatusReportInfo;
  readonly active_task_id?: string;
  readonly mode?: string;
  readonly power?: SapientStatusReportPower;
  readonly node_location?: SapientLocation;
  readonly field_of_view?: SapientLocationOrRangeBearing;
  readonly obscuration?: readonly SapientLocationOrRangeBearing[];
  readonly status?: readonly SapientStatusReportStatus[];
  readonly coverage?: readonly SapientLocationOrRangeBearing[];
}

interface SapientStatusReportPower {
  readonly level?: number;
  readonly source?: SapientStatusReportPowerSource;
  readonly status?: SapientStatusReportPowerStatus;
}

interface SapientStatusReportStatus {
  readonly status_level?: SapientStatusReportStatusLevel;
  readonly status_value?: string;
  readonly status_type?: SapientStatusReportStatusType;
}

export interface SapientTask {
  readonly task_id?: string;
  readonly task_name?: string;
  readonly task_description?: string;
  readonly task_start_time?: number;
  readonly task_end_time?: number;
  readonly control?: SapientTaskControl;
  readonly region?: readonly SapientTaskRegion[];
  readonly command?: SapientTaskCommand;
}

interface SapientTaskCommand {
  readonly request?: string;
  readonly detection_threshold?: SapientTaskDiscreteThreshold;
  readonly detection_report_rate?: SapientTaskDiscreteThreshold;
  readonly classification_threshold?: SapientTaskDiscreteThreshold;
  readonly mode_change?: string;
  readonly look_at?: SapientLocationOrRangeBearing;
  readonly move_to?: SapientLocationList;
  readonly patrol?: SapientLocationList;
  readonly follow?: SapientFollowObject;
  readonly command_parameter?: string;
}

interface SapientTaskRegion {
  readonly type?: SapientTaskRegionType;
  readonly region_id?: string;
  readonly region_name?: string;
  readonly region_area?: SapientLocationOrRangeBearing;
  readonly class_filter?: readonly SapientTaskClassFilter[];
  readonly behaviour_filter?: readonly SapientTaskBehaviourFilter[];
}

interface SapientTaskClassFilter {
  readonly parameter?: SapientTaskParameter;
  readonly type?: string;
  readonly sub_class_filter?: readonly SapientTaskSubClassFilter[];
  readonly priority?: SapientTaskDiscreteThreshold;
}

interface SapientTaskSubClassFilter {
  readonly parameter?: SapientTaskParameter;
  readonly type?: string;
  readonly sub_class_filter?: readonly SapientTaskSubClassFilter[];
  readonly priority?: SapientTaskDiscreteThreshold;
}

interface SapientTaskBehaviourFilter {
  readonly parameter?: SapientTaskParameter;
  readonly type?: string;
  readonly priority?: SapientTaskDiscreteThreshold;
}

interface SapientTaskParameter {
  readonly name?: string;
  readonly operator?: SapientOperator;
  readonly value?: number;
}

export interface SapientTaskAck {
  readonly task_id?: string;
  readonly task_status?: SapientTaskAckTaskStatus;
  readonly associated_file?: SapientAssociatedFile;
  readonly reason?: readonly string[];
}

interface SapientENUVelocity {
  readonly east_rate?: number;
  readonly north_rate?: number;
  readonly up_rate?: number;
  readonly east_rate_error?: number;
  readonly north_rate_error?: number;
  readonly up_rate_error?: number;
}

interface SapientENUVelocityUnits {
  readonly east_north_rate_units?: SapientSpeedUnits;
  readonly up_rate_units?: SapientSpeedUnits;
}

type SapientAlertAlertType =
  | "ALERT_TYPE_UNSPECIFIED"
  | "ALERT_TYPE_INFORMATION"
  | "ALERT_TYPE_WARNING"
  | "ALERT_TYPE_CRITICAL"
  | "ALERT_TYPE_ERROR"
  | "ALERT_TYPE_FATAL"
  | "ALERT_TYPE_MODE_CHANGE"
  | number;

type SapientAlertAlertStatus =
  | "ALERT_STATUS_UNSPECIFIED"
  | "ALERT_STATUS_ACTIVE"
  | "ALERT_STATUS_ACKNOWLEDGE"
  | "ALERT_STATUS_REJECT"
  | "ALERT_STATUS_IGNORE"
  | "ALERT_STATUS_CLEAR"
  | number;

type SapientAlertDiscretePriority =
  | "DISCRETE_PRIORITY_UNSPECIFIED"
  | "DISCRETE_PRIORITY_LOW"
  | "DISCRETE_PRIORITY_MEDIUM"
  | "DISCRETE_PRIORITY_HIGH"
  | number;

type SapientAlertAckAlertAckStatus =
  | "ALERT_ACK_STATUS_UNSPECIFIED"
  | "ALERT_ACK_STATUS_ACCEPTED"
  | "ALERT_ACK_STATUS_REJECTED"
  | "ALERT_ACK_STATUS_CANCELLED"
  | number;

type SapientAssociationRelation =
  | "ASSOCIATION_RELATION_UNSPECIFIED"
  | "ASSOCIATION_RELATION_NO_RELATION"
  | "ASSOCIATION_RELATION_PARENT"
  | "ASSOCIATION_RELATION_CHILD"
  | "ASSOCIATION_RELATION_SIBLING"
  | number;

type SapientLocationCoordinateSystem =
  | "LOCATION_COORDINATE_SYSTEM_UNSPECIFIED"
  | "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M"
  | "LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M"
  | "LOCATION_COORDINATE_SYSTEM_UTM_M"
  | number;

type SapientLocationDatum = "LOCATION_DATUM_UNSPECIFIED" | "LOCATION_DATUM_WGS84_E" | "LOCATION_DATUM_WGS84_G" | number;

type SapientRangeBearingCoordinateSystem =
  | "RANGE_BEARING_COORDINATE_SYSTEM_UNSPECIFIED"
  | "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M"
  | "RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_M"
  | "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_KM"
  | "RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_KM"
  | number;

type SapientRangeBearingDatum =
  | "RANGE_BEARING_DATUM_UNSPECIFIED"
  | "RANGE_BEARING_DATUM_TRUE"
  | "RANGE_BEARING_DATUM_MAGNETIC"
  | "RANGE_BEARING_DATUM_GRID"
  | "RANGE_BEARING_DATUM_PLATFORM"
  | number;

type SapientOperator =
  | "OPERATOR_UNSPECIFIED"
  | "OPERATOR_ALL"
  | "OPERATOR_GREATER_THAN"
  | "OPERATOR_LESS_THAN"
  | "OPERATOR_EQUAL"
  | number;

type SapientRegistrationNodeType =
  | "NODE_TYPE_UNSPECIFIED"
  | "NODE_TYPE_OTHER"
  | "NODE_TYPE_RADAR"
  | "NODE_TYPE_LIDAR"
  | "NODE_TYPE_CAMERA"
  | "NODE_TYPE_SEISMIC"
  | "NODE_TYPE_ACOUSTIC"
  | "NODE_TYPE_PROXIMITY_SENSOR"
  | "NODE_TYPE_PASSIVE_RF"
  | "NODE_TYPE_HUMAN"
  | "NODE_TYPE_CHEMICAL"
  | "NODE_TYPE_BIOLOGICAL"
  | "NODE_TYPE_RADIATION"
  | "NODE_TYPE_KINETIC"
  | "NODE_TYPE_JAMMER"
  | "NODE_TYPE_CYBER"
  | "NODE_TYPE_LDEW"
  | "NODE_TYPE_RFDEW"
  | "NODE_TYPE_MOBILE_NODE"
  | "NODE_TYPE_POINTABLE_NODE"
  | "NODE_TYPE_FUSION_NODE"
  | number;

type SapientRegistrationTimeUnits =
  | "TIME_UNITS_UNSPECIFIED"
  | "TIME_UNITS_NANOSECONDS"
  | "TIME_UNITS_MICROSECONDS"
  | "TIME_UNITS_MILLISECONDS"
  | "TIME_UNITS_SECONDS"
  | "TIME_UNITS_MINUTES"
  | "TIME_UNITS_HOURS"
  | "TIME_UNITS_DAYS"
  | number;

type SapientRegistrationStatusReportCategory =
  | "STATUS_REPORT_CATEGORY_UNSPECIFIED"
  | "STATUS_REPORT_CATEGORY_SENSOR"
  | "STATUS_REPORT_CATEGORY_POWER"
  | "STATUS_REPORT_CATEGORY_MODE"
  | "STATUS_REPORT_CATEGORY_STATUS"
  | number;

type SapientRegistrationModeType =
  | "MODE_TYPE_UNSPECIFIED"
  | "MODE_TYPE_PERMANENT"
  | "MODE_TYPE_TEMPORARY"
  | "MODE_TYPE_DEFAULT"
  | number;

type SapientRegistrationScanType =
  | "SCAN_TYPE_UNSPECIFIED"
  | "SCAN_TYPE_FIXED"
  | "SCAN_TYPE_SCANNING"
  | "SCAN_TYPE_STEERABLE"
  | number;

type SapientRegistrationTrackingType =
  | "TRACKING_TYPE_UNSPECIFIED"
  | "TRACKING_TYPE_NONE"
  | "TRACKING_TYPE_TRACKLET"
  | "TRACKING_TYPE_TRACK"
  | "TRACKING_TYPE_TRACK_WITH_RE_ID"
  | number;

type SapientRegistrationDetectionReportCategory =
  | "DETECTION_REPORT_CATEGORY_UNSPECIFIED"
  | "DETECTION_REPORT_CATEGORY_DETECTION"
  | "DETECTION_REPORT_CATEGORY_TRACK"
  | "DETECTION_REPORT_CATEGORY_OBJECT"
  | "DETECTION_REPORT_CATEGORY_SIGNAL"
  | number;

type SapientRegistrationConfidenceDefinition =
  | "CONFIDENCE_DEFINITION_UNSPECIFIED"
  | "CONFIDENCE_DEFINITION_SINGLE_CLASS"
  | "CONFIDENCE_DEFINITION_MULTI_CLASS"
  | number;

type SapientRegistrationCommandType =
  | "COMMAND_TYPE_UNSPECIFIED"
  | "COMMAND_TYPE_REQUEST"
  | "COMMAND_TYPE_DETECTION_THRESHOLD"
  | "COMMAND_TYPE_DETECTION_REPORT_RATE"
  | "COMMAND_TYPE_CLASSIFICATION_THRESHOLD"
  | "COMMAND_TYPE_MODE_CHANGE"
  | "COMMAND_TYPE_LOOK_AT"
  | "COMMAND_TYPE_MOVE_TO"
  | "COMMAND_TYPE_PATROL"
  | "COMMAND_TYPE_FOLLOW"
  | number;

type SapientRegistrationRegionType =
  | "REGION_TYPE_UNSPECIFIED"
  | "REGION_TYPE_AREA_OF_INTEREST"
  | "REGION_TYPE_IGNORE"
  | "REGION_TYPE_BOUNDARY"
  | "REGION_TYPE_MOBILE_NODE_NO_GO_AREA"
  | "REGION_TYPE_MOBILE_NODE_GO_AREA"
  | number;

type SapientStatusReportSystem =
  | "SYSTEM_UNSPECIFIED"
  | "SYSTEM_OK"
  | "SYSTEM_WARNING"
  | "SYSTEM_ERROR"
  | "SYSTEM_GOODBYE"
  | number;

type SapientStatusReportPowerSource =
  | "POWERSOURCE_UNSPECIFIED"
  | "POWERSOURCE_OTHER"
  | "POWERSOURCE_MAINS"
  | "POWERSOURCE_INTERNAL_BATTERY"
  | "POWERSOURCE_EXTERNAL_BATTERY"
  | "POWERSOURCE_GENERATOR"
  | "POWERSOURCE_SOLAR_PV"
  | "POWERSOURCE_WIND_TURBINE"
  | "POWERSOURCE_FUEL_CELL"
  | number;

type SapientStatusReportPowerStatus = "POWERSTATUS_UNSPECIFIED" | "POWERSTATUS_OK" | "POWERSTATUS_FAULT" | number;

type SapientStatusReportInfo = "INFO_UNSPECIFIED" | "INFO_NEW" | "INFO_UNCHANGED" | number;

type SapientStatusReportStatusType =
  | "STATUS_TYPE_UNSPECIFIED"
  | "STATUS_TYPE_INTERNAL_FAULT"
  | "STATUS_TYPE_EXTERNAL_FAULT"
  | "STATUS_TYPE_ILLUMINATION"
  | "STATUS_TYPE_WEATHER"
  | "STATUS_TYPE_CLUTTER"
  | "STATUS_TYPE_EXPOSURE"
  | "STATUS_TYPE_MOTION_SENSITIVITY"
  | "STATUS_TYPE_PTZ_STATUS"
  | "STATUS_TYPE_PD"
  | "STATUS_TYPE_FAR"
  | "STATUS_TYPE_NOT_DETECTING"
  | "STATUS_TYPE_PLATFORM"
  | "STATUS_TYPE_OTHER"
  | number;

type SapientStatusReportStatusLevel =
  | "STATUS_LEVEL_UNSPECIFIED"
  | "STATUS_LEVEL_INFORMATION_STATUS"
  | "STATUS_LEVEL_WARNING_STATUS"
  | "STATUS_LEVEL_ERROR_STATUS"
  | number;

type SapientTaskControl = "CONTROL_UNSPECIFIED" | "CONTROL_START" | "CONTROL_STOP" | "CONTROL_PAUSE" | number;

type SapientTaskDiscreteThreshold =
  | "DISCRETE_THRESHOLD_UNSPECIFIED"
  | "DISCRETE_THRESHOLD_LOW"
  | "DISCRETE_THRESHOLD_MEDIUM"
  | "DISCRETE_THRESHOLD_HIGH"
  | number;

type SapientTaskRegionType =
  | "REGION_TYPE_UNSPECIFIED"
  | "REGION_TYPE_AREA_OF_INTEREST"
  | "REGION_TYPE_IGNORE"
  | "REGION_TYPE_BOUNDARY"
  | "REGION_TYPE_MOBILE_NODE_NO_GO_AREA"
  | "REGION_TYPE_MOBILE_NODE_GO_AREA"
  | number;

type SapientTaskAckTaskStatus =
  | "TASK_STATUS_UNSPECIFIED"
  | "TASK_STATUS_ACCEPTED"
  | "TASK_STATUS_REJECTED"
  | "TASK_STATUS_COMPLETED"
  | "TASK_STATUS_FAILED"
  | number;

type SapientSpeedUnits = "SPEED_UNITS_UNSPECIFIED" | "SPEED_UNITS_MS" | "SPEED_UNITS_KPH" | number;
