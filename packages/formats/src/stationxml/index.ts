export { countsPerUnit } from "./channel-response.ts";
export { decodeStationXml, type StationDocument } from "./decode-stationxml.ts";
export { encodeStationXml } from "./encode-stationxml.ts";
export type { ChannelSensitivity, ComplexNumber, PolesZeros, StationChannel } from "./station-channel.ts";
