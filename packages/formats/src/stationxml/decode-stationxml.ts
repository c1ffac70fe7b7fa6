import { present } from "../present.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import { DEGREE } from "../units.ts";
import { parseXml } from "../xml/parse-xml.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../xml/xml-element.ts";
import { parseXmlTime } from "../xml/xml-time.ts";
import type { ChannelSensitivity, ComplexNumber, PolesZeros, StationChannel } from "./station-channel.ts";

export interface StationDocument {
  readonly channels: readonly StationChannel[];
  /** Channels that were left out, and why. */
  readonly faults: readonly Fault[];
}

const LIMITS = { size: 64 * 1024 * 1024, depth: 32, nodes: 4_000_000 } as const;
const NAMESPACE = "http://www.fdsn.org/xml/station/1";
/** Ends from this year on mean that there is none. */
const OPEN_END = Date.UTC(2500, 0, 1) * 1000;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/;
const QUANTITIES: Readonly<Record<string, NonNullable<ChannelSensitivity["quantity"]>>> = {
  pa: "pressure",
  m: "displacement",
  "m/s": "velocity",
  "m/s**2": "acceleration",
  "m/s/s": "acceleration",
};

/**
 * Reads the channels of an FDSN StationXML 1.x document. A channel that has no place, or a number that is none, is left out and
 * told of. Errors: those of `parseXml`, and `stationxml.not-stations`.
 */
export function decodeStationXml(bytes: Uint8Array): Result<StationDocument> {
  const document = parseXml(bytes, LIMITS);
  if (!document.ok) return document;
  const { name, namespace } = document.value;
  if (name !== "FDSNStationXML" || (namespace !== NAMESPACE && namespace !== ""))
    return fail({
      code: "stationxml.not-stations",
      what: "read stations",
      where: { offset: 0 },
      expected: "FDSNStationXML",
      got: name.slice(0, 64),
    });
  const channels: StationChannel[] = [];
  const faults: Fault[] = [];
  for (const network of childrenOf(document.value, "Network"))
    for (const station of childrenOf(network, "Station"))
      for (const channel of childrenOf(station, "Channel").filter((element) => element.namespace === namespace)) {
        const reader = new ChannelReader(network, station, channel);
        const read = reader.read();
        if (reader.fault === undefined) channels.push(read);
        else faults.push(reader.fault);
      }
  return succeed({ channels, faults });
}

/** Reads one channel, keeping the first fault. */
class ChannelReader {
  fault: Fault | undefined;
  readonly #station: XmlElement;
  readonly #channel: XmlElement;
  readonly #codes: readonly string[];

  constructor(network: XmlElement, station: XmlElement, channel: XmlElement) {
    this.#station = station;
    this.#channel = channel;
    const { code = "", locationCode = "" } = channel.attributes;
    this.#codes = [network.attributes.code ?? "", station.attributes.code ?? "", locationCode.trim(), code];
  }

  read(): StationChannel {
    const channel = this.#channel;
    const [network, station, location, code] = this.#codes as [string, string, string, string];
    const response = childOf(channel, "Response");
    const site = childOf(this.#station, "Site");
    const sensor = childOf(channel, "Sensor");
    return present<StationChannel>({
      sourceId: `FDSN:${network}_${station}_${location}_${code.length === 3 ? code.split("").join("_") : code}`,
      siteName: site && textOf(site, "Name"),
      startAt: this.#time("startDate"),
      endAt: this.#end(),
      longitude: this.#within("Longitude", 180),
      latitude: this.#within("Latitude", 90),
      elevationMsl: this.#within("Elevation", 20_000),
      depth: this.#optional(channel, "Depth") ?? 0,
      azimuth: this.#angle("Azimuth"),
      dip: this.#angle("Dip"),
      sampleRate: this.#optional(channel, "SampleRate"),
      sensor: sensor && textOf(sensor, "Type"),
      sensitivity: response && this.#sensitivity(response),
      polesZeros: response === undefined ? [] : this.#stages(response),
    });
  }

  #refuse(field: string, expected: string, got: string | undefined): void {
    const where = { field: `${this.#codes.join(".")}/${field}` };
    this.fault ??= {
      code: "stationxml.channel-malformed",
      what: "read a channel",
      where,
      expected,
      got: (got ?? "nothing").slice(0, 64),
    };
  }

  #optional(element: XmlElement, name: string): number | undefined {
    const text = textOf(element, name);
    if (text === undefined) return undefined;
    if (NUMBER.test(text)) return Number(text);
    this.#refuse(name, "a number", text);
    return undefined;
  }

  #number(element: XmlElement, name: string): number {
    const value = this.#optional(element, name);
    if (value === undefined) this.#refuse(name, "a number", undefined);
    return value ?? 0;
  }

  #within(name: string, limit: number): number {
    const value = this.#number(this.#channel, name);
    if (Math.abs(value) > limit) this.#refuse(name, `a number within ${limit}`, `${value}`);
    return value;
  }

  #angle(name: string): number | undefined {
    const degrees = this.#optional(this.#channel, name);
    return degrees === undefined ? undefined : degrees * DEGREE;
  }

  #time(name: string): number | undefined {
    const text = this.#channel.attributes[name];
    const instant = text === undefined ? undefined : parseXmlTime(text);
    if (text !== undefined && instant === undefined) this.#refuse(name, "a time", text);
    return instant;
  }

  #end(): number | undefined {
    const end = this.#time("endDate");
    return end === undefined || end >= OPEN_END ? undefined : end;
  }

  #sensitivity(response: XmlElement): ChannelSensitivity | undefined {
    const sensitivity = childOf(response, "InstrumentSensitivity");
    if (sensitivity === undefined) return undefined;
    const units = (name: string) => {
      const element = childOf(sensitivity, name);
      return (element && textOf(element, "Name")) ?? "";
    };
    return present<ChannelSensitivity>({
      value: this.#number(sensitivity, "Value"),
      frequency: this.#number(sensitivity, "Frequency"),
      inputUnits: units("InputUnits"),
      outputUnits: units("OutputUnits"),
      quantity: QUANTITIES[units("InputUnits").toLowerCase()],
    });
  }

  #stages(response: XmlElement): PolesZeros[] {
    return childrenOf(response, "Stage").flatMap((stage) =>
      childrenOf(stage, "PolesZeros").map((element) => ({
        stage: Number(stage.attributes.number ?? 0),
        plane: planeOf(textOf(element, "PzTransferFunctionType") ?? ""),
        normalizationFactor: this.#number(element, "NormalizationFactor"),
        normalizationFrequency: this.#number(element, "NormalizationFrequency"),
        poles: childrenOf(element, "Pole").map((pole) => this.#complex(pole)),
        zeros: childrenOf(element, "Zero").map((zero) => this.#complex(zero)),
      })),
    );
  }

  #complex(element: XmlElement): ComplexNumber {
    return [this.#number(element, "Real"), this.#number(element, "Imaginary")];
  }
}

function planeOf(type: string): PolesZeros["plane"] {
  if (type.includes("HERTZ")) return "hertz";
  return type.startsWith("DIGITAL") ? "digital" : "radians-per-second";
}
