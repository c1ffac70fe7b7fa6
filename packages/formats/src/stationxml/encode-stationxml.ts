import { formatInstant } from "../instant.ts";
import { DEGREE } from "../units.ts";
import { escapeXml } from "../xml/xml-text.ts";
import type { ComplexNumber, PolesZeros, StationChannel } from "./station-channel.ts";

/** Writes channels as an FDSN StationXML 1.1 document. @param createdAt µs since 1970. */
export function encodeStationXml(channels: readonly StationChannel[], source: string, createdAt: number): string {
  const networks = new Map<string, Map<string, StationChannel[]>>();
  for (const channel of channels) {
    const { network, station } = codesOf(channel);
    const stations = networks.get(network) ?? new Map<string, StationChannel[]>();
    networks.set(network, stations);
    stations.set(station, [...(stations.get(station) ?? []), channel]);
  }
  const body = [...networks].map(
    ([code, stations]) =>
      `<Network code="${escapeXml(code)}">${[...stations].map(([name, own]) => stationXml(name, own)).join("")}</Network>`,
  );
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<FDSNStationXML xmlns="http://www.fdsn.org/xml/station/1" schemaVersion="1.1">`;
  return `${head}${leaf("Source", source)}${leaf("Created", formatInstant(createdAt))}${body.join("")}</FDSNStationXML>\n`;
}

function codesOf({ sourceId }: StationChannel) {
  const [network = "", station = "", location = "", ...channel] = sourceId.replace(/^FDSN:/, "").split("_");
  return { network, station, location, channel: channel.join("") };
}

function leaf(name: string, value: string | number | undefined): string {
  return value === undefined ? "" : `<${name}>${escapeXml(String(value))}</${name}>`;
}

function stationXml(code: string, channels: readonly StationChannel[]): string {
  const [first] = channels;
  const place = `${leaf("Latitude", first!.latitude)}${leaf("Longitude", first!.longitude)}${leaf("Elevation", first!.elevationMsl)}`;
  const site = `<Site>${leaf("Name", first!.siteName ?? code)}</Site>`;
  return `<Station code="${escapeXml(code)}">${place}${site}${channels.map(channelXml).join("")}</Station>`;
}

function channelXml(channel: StationChannel): string {
  const { location, channel: code } = codesOf(channel);
  const dates = (["startAt", "endAt"] as const)
    .filter((name) => channel[name] !== undefined)
    .map((name) => ` ${name === "startAt" ? "startDate" : "endDate"}="${formatInstant(channel[name]!)}"`);
  const degrees = (radians: number | undefined) => (radians === undefined ? undefined : radians / DEGREE);
  const inside = [
    leaf("Latitude", channel.latitude),
    leaf("Longitude", channel.longitude),
    leaf("Elevation", channel.elevationMsl),
    leaf("Depth", channel.depth),
    leaf("Azimuth", degrees(channel.azimuth)),
    leaf("Dip", degrees(channel.dip)),
    leaf("SampleRate", channel.sampleRate),
    channel.sensor === undefined ? "" : `<Sensor>${leaf("Type", channel.sensor)}</Sensor>`,
    responseXml(channel),
  ];
  return `<Channel code="${escapeXml(code)}" locationCode="${escapeXml(location)}"${dates.join("")}>${inside.join("")}</Channel>`;
}

function responseXml({ sensitivity, polesZeros }: StationChannel): string {
  if (sensitivity === undefined && polesZeros.length === 0) return "";
  const units = (name: string, unit: string) => `<${name}>${leaf("Name", unit)}</${name}>`;
  const told =
    sensitivity === undefined
      ? ""
      : `<InstrumentSensitivity>${leaf("Value", sensitivity.value)}${leaf("Frequency", sensitivity.frequency)}${units("InputUnits", sensitivity.inputUnits)}${units("OutputUnits", sensitivity.outputUnits)}</InstrumentSensitivity>`;
  return `<Response>${told}${polesZeros.map(stageXml).join("")}</Response>`;
}

const PLANES = {
  "radians-per-second": "LAPLACE (RADIANS/SECOND)",
  hertz: "LAPLACE (HERTZ)",
  digital: "DIGITAL (Z-TRANSFORM)",
} as const;

function stageXml(stage: PolesZeros): string {
  const points = (name: string, list: readonly ComplexNumber[]) =>
    list
      .map(
        ([real, imaginary], index) =>
          `<${name} number="${index}">${leaf("Real", real)}${leaf("Imaginary", imaginary)}</${name}>`,
      )
      .join("");
  const head = `${leaf("PzTransferFunctionType", PLANES[stage.plane])}${leaf("NormalizationFactor", stage.normalizationFactor)}${leaf("NormalizationFrequency", stage.normalizationFrequency)}`;
  return `<Stage number="${stage.stage}"><PolesZeros>${head}${points("Zero", stage.zeros)}${points("Pole", stage.poles)}</PolesZeros></Stage>`;
}
