/**
 * Many aircraft and drones as four kinds of sensor tell of them at once: a receiver of ADS-B, turning radars, nodes that
 * connect, a receiver of Remote ID. Made second by second, so that a long load needs no memory.
 */
import {
  EditionCatalogue,
  encodeAirbornePosition,
  encodeAirborneVelocity,
  encodeBeast,
  encodeBlock,
  encodeIdentification,
  encodeRecord,
  encodeRemoteIdLine,
  encodeSapient,
  frameSapient,
  packRemoteId,
  type SapientMessage,
} from "@openjmc/formats";
import { destinationOf, geodesicBetween, metresPerDegree } from "@openjmc/geo";
import type { LonLat, SourceDescription } from "@openjmc/model";

const BEAST_TICKS_PER_SECOND = 12_000_000;
const FIRST_ADDRESS = 0xc0_00_00;
const AIRCRAFT_SPEED = 180;
const TURN_SECONDS = 4;
/** Plots that a radar puts into one datagram. */
const PLOTS_PER_BLOCK = 12;
/** Drones fly circles this far apart. */
const DRONE_SPACING = 2_500;
const DRONE_RADIUS = 300;
const DRONE_TURN = 0.05;
const DRONE_HEIGHT = 150;
/** Detections of a drone by one node, and messages of it at the Remote ID receiver, in a second. */
const DETECTIONS = 2;
const BROADCASTS = 6;
/** The last direction that a radar's field holds: what is nearer to a whole turn would be written as one. */
const LARGEST_THETA = 360 - 360 / 65_536;
const RADARS = ["rd-1", "rd-2", "rd-3", "rd-4"];
const NODES = ["sn-1", "sn-2", "sn-3", "sn-4"];
export const RECEIVER = "rx-1";
const IDENTIFIER = "ri-1";

/** Bytes of one source, due so many seconds after the start; what the centre counts as its frames. */
export interface LoadPiece {
  readonly second: number;
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly frames: number;
}

export interface LoadSize {
  readonly aircraft: number;
  readonly drones: number;
  /** Leaves out what the receiver of ADS-B hears, where another load brings that. */
  readonly isWithoutReceiver?: boolean;
}

interface PlaceAndVelocity extends LonLat {
  readonly east: number;
  readonly north: number;
}

/** Six hundred aircraft and a hundred drones make five thousand messages and plots a second. */
export const sizeFor = (perSecond: number): LoadSize => ({
  aircraft: Math.round(perSecond * 0.12),
  drones: Math.round(perSecond * 0.02),
});

const catalogue = new EditionCatalogue();
const edition = catalogue.edition(48, { editions: { 48: "1.30" } });
const text = new TextEncoder();

export class AirLoad {
  readonly #place: LonLat;
  readonly #size: LoadSize;
  readonly #startsAt: number;
  readonly #scale = new Float64Array(2);
  #reports = 0;

  /** `startsAt`: µs since 1970 of the load's first second, by the centre's clock. */
  constructor(place: LonLat, size: LoadSize, startsAt: number) {
    this.#place = place;
    this.#size = size;
    this.#startsAt = startsAt;
  }

  /** The sources as a mission describes them, all on free ports. */
  static sources(place: LonLat): SourceDescription[] {
    const common = { ...place, heightMetres: 0, heightReference: "ellipsoid", operator: "A", marking: "open" } as const;
    const listener = { kind: "tcp-listener", host: "127.0.0.1", port: 0 } as const;
    const udp = { kind: "udp", host: "127.0.0.1", port: 0 } as const;
    const authentication = "address-only" as const;
    const of = (
      id: string,
      more: Pick<SourceDescription, "format" | "means" | "link"> & Partial<SourceDescription>,
    ) => ({
      ...{ id, name: id, rangeMetres: 300_000, authentication },
      ...common,
      ...more,
    });
    return [
      of(RECEIVER, { format: "beast", means: "ads-b", link: listener }),
      ...RADARS.map((id, index) =>
        of(id, {
          ...{ format: "asterix", means: "radar", link: udp },
          ...destinationOf(place, (index * Math.PI) / 2, 20_000),
          asterix: { sac: 1, sic: index + 1, editions: { "48": "1.30" } },
          accuracy: { rangeMetres: 40, azimuthDegrees: 0.05, periodSeconds: TURN_SECONDS, falsePlotsPerPeriod: 1 },
        }),
      ),
      ...NODES.map((id, index) =>
        of(id, {
          ...{ format: "sapient", means: "radar", link: listener, rangeMetres: 60_000, node: nodeOf(index) },
          accuracy: { rangeMetres: 20, azimuthDegrees: 0.2, periodSeconds: 1 / DETECTIONS, minimumRangeMetres: 50 },
        }),
      ),
      of(IDENTIFIER, { format: "remote-id", means: "rf", link: listener, rangeMetres: 60_000 }),
    ];
  }

  /** What must be said first: the nodes register. */
  greetings(): LoadPiece[] {
    return NODES.map((source, index) => ({
      ...{ second: 0, source, frames: 1 },
      bytes: framed({ timestamp: this.#startsAt, node_id: nodeOf(index), registration: REGISTRATION }),
    }));
  }

  /** So many seconds from the first on, each made when it is asked for, in order; the last one brings what is due behind it. */
  *seconds(count: number): Generator<readonly LoadPiece[]> {
    let waiting: LoadPiece[] = [];
    for (let second = 0; second < count; second++) {
      const all = [...waiting, ...this.#begunIn(second)].sort((left, right) => left.second - right.second);
      const later = second + 1 < count ? all.findIndex((piece) => piece.second >= second + 1) : -1;
      waiting = later < 0 ? [] : all.slice(later);
      yield later < 0 ? all : all.slice(0, later);
    }
  }

  /** What a second begins; some of it is due in the next one. */
  #begunIn(second: number): LoadPiece[] {
    const { aircraft, drones, isWithoutReceiver } = this.#size;
    const pieces: LoadPiece[] = [];
    for (let index = 0; index < (isWithoutReceiver ? 0 : aircraft); index++) pieces.push(...this.#heard(index, second));
    for (const [index, source] of RADARS.entries()) pieces.push(...this.#swept(source, index, second));
    for (let drone = 0; drone < drones; drone++) {
      for (const [index, source] of NODES.entries()) pieces.push(...this.#detected(source, index, drone, second));
      pieces.push(...this.#broadcast(drone, second));
    }
    return pieces;
  }

  /** Where an aircraft is so many seconds after the start. */
  aircraftAt(index: number, second: number): PlaceAndVelocity {
    const course = index * 2.399963;
    const start = destinationOf(this.#place, course, 20_000 + 90_000 * Math.sqrt((index + 0.5) / this.#size.aircraft));
    metresPerDegree(start.lat, this.#scale);
    // Across the line of sight, so that none comes over the radars.
    const [east, north] = [AIRCRAFT_SPEED * Math.cos(course), -AIRCRAFT_SPEED * Math.sin(course)];
    return {
      lon: start.lon + (east * second) / this.#scale[0]!,
      lat: start.lat + (north * second) / this.#scale[1]!,
      east,
      north,
    };
  }

  #heard(index: number, second: number): LoadPiece[] {
    const icao = FIRST_ADDRESS + index;
    const delay = index / this.#size.aircraft;
    const piece = (part: number, make: (at: PlaceAndVelocity) => Uint8Array): LoadPiece => {
      const due = second + part + delay;
      const bytes = make(this.aircraftAt(index, due));
      const ticks = Math.round((due + 1) * BEAST_TICKS_PER_SECOND);
      return { second: due, source: RECEIVER, frames: 1, bytes: encodeBeast({ bytes, ticks, signal: 120 }) };
    };
    const position = (odd: boolean) => (at: LonLat) =>
      encodeAirbornePosition({ icao, longitude: at.lon, latitude: at.lat, altitude: heightOf(index), odd });
    const velocity = (at: { readonly east: number; readonly north: number }) =>
      encodeAirborneVelocity({ icao, velocityEast: at.east, velocityNorth: at.north, velocityAccuracyCategory: 2 });
    return [
      piece(0, position(false)),
      piece(0.2, velocity),
      piece(0.5, position(true)),
      piece(0.7, velocity),
      piece(0.9, () => encodeIdentification({ icao, callsign: `LD${index}` })),
    ];
  }

  /** The targets that a radar passes in this second: a fourth of them, a dozen to a datagram. */
  #swept(source: string, radar: number, second: number): LoadPiece[] {
    const site = destinationOf(this.#place, (radar * Math.PI) / 2, 20_000);
    const indexes = Array.from({ length: this.#size.aircraft }, (_, index) => index);
    const mine = indexes.filter((index) => (index + second + radar) % TURN_SECONDS === 0);
    const pieces: LoadPiece[] = [];
    for (let from = 0; from < mine.length; from += PLOTS_PER_BLOCK) {
      const due = second + from / mine.length;
      const block = mine.slice(from, from + PLOTS_PER_BLOCK);
      const records = block.map((index) => this.#plot(site, radar, index, due));
      pieces.push({ second: due, source, frames: block.length, bytes: encodeBlock(48, records) });
    }
    return pieces;
  }

  #plot(site: LonLat, radar: number, index: number, second: number): Uint8Array {
    const { azimuth, distanceMetres } = geodesicBetween(site, this.aircraftAt(index, second));
    const degrees = ((azimuth * 180) / Math.PI + 360) % 360;
    return encodeRecord(edition, {
      "010": { SAC: 1, SIC: radar + 1 },
      "140": ((this.#startsAt / 1e6 + second) % 86_400) - 0.01,
      "020": { TYP: 5 },
      "040": { RHO: Math.hypot(distanceMetres, heightOf(index)) / 1852, THETA: Math.min(LARGEST_THETA, degrees) },
      "090": { V: 0, G: 0, FL: heightOf(index) / 30.48 },
      "220": FIRST_ADDRESS + index,
    });
  }

  #droneAt(drone: number, second: number): PlaceAndVelocity {
    const side = Math.ceil(Math.sqrt(this.#size.drones));
    metresPerDegree(this.#place.lat, this.#scale);
    const turn = drone + DRONE_TURN * second;
    const east = 3_000 + (drone % side) * DRONE_SPACING + DRONE_RADIUS * Math.sin(turn);
    const north = 3_000 + Math.floor(drone / side) * DRONE_SPACING + DRONE_RADIUS * Math.cos(turn);
    const speed = DRONE_RADIUS * DRONE_TURN;
    return {
      lon: this.#place.lon + east / this.#scale[0]!,
      lat: this.#place.lat + north / this.#scale[1]!,
      east: speed * Math.cos(turn),
      north: -speed * Math.sin(turn),
    };
  }

  #detected(source: string, node: number, drone: number, second: number): LoadPiece[] {
    return Array.from({ length: DETECTIONS }, (_, step): LoadPiece => {
      const due = second + (step + node / NODES.length + drone / this.#size.drones / NODES.length) / DETECTIONS;
      const { azimuth, distanceMetres } = geodesicBetween(this.#place, this.#droneAt(drone, due));
      this.#reports += 1;
      const report = {
        report_id: `01J${String(this.#reports).padStart(23, "0")}`,
        object_id: `01J${String(drone).padStart(23, "0")}`,
        range_bearing: {
          azimuth: ((azimuth * 180) / Math.PI + 360) % 360,
          range: Math.hypot(distanceMetres, DRONE_HEIGHT),
          elevation: (Math.atan2(DRONE_HEIGHT, distanceMetres) * 180) / Math.PI,
          coordinate_system: "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
          datum: "RANGE_BEARING_DATUM_TRUE",
        },
      } as const;
      const timestamp = this.#startsAt + Math.round(due * 1e6);
      return {
        ...{ second: due, source, frames: 1 },
        bytes: framed({ timestamp, node_id: nodeOf(node), detection_report: report }),
      };
    });
  }

  #broadcast(drone: number, second: number): LoadPiece[] {
    return Array.from({ length: BROADCASTS }, (_, step): LoadPiece => {
      const due = second + (step + drone / this.#size.drones) / BROADCASTS;
      const { lon, lat, east, north } = this.#droneAt(drone, due);
      const at = this.#startsAt + Math.round(due * 1e6);
      const payload = packRemoteId([
        { kind: "basic-id", idType: "serial-number", aircraftType: "helicopter", id: serialOf(drone) },
        {
          ...{ kind: "location", status: "airborne", longitude: lon, latitude: lat, heightAboveWhat: "ground" },
          ...{ track: (Math.atan2(east, north) + 2 * Math.PI) % (2 * Math.PI), groundSpeed: Math.hypot(east, north) },
          ...{ horizontalAccuracy: 10, secondsOfHour: Math.floor(at / 1e5) / 10 - 3600 * Math.floor(at / 3600e6) },
        },
      ]);
      const line = encodeRemoteIdLine({
        ...{ at, receiver: IDENTIFIER, transmitter: String(drone).padStart(12, "0"), transport: "wifi-beacon" },
        ...{ counter: (second * BROADCASTS + step) % 256, payload },
      });
      return { second: due, source: IDENTIFIER, frames: 1, bytes: text.encode(`${line}\n`) };
    });
  }
}

export const serialOf = (drone: number): string => `LOAD${String(drone).padStart(8, "0")}`;
export const addressOf = (index: number): string => (FIRST_ADDRESS + index).toString(16).toUpperCase();
const heightOf = (index: number): number => 3000 + (index % 80) * 100;
const nodeOf = (index: number): string => `4f1c7c2e-0b1d-4d0a-9c63-2a7f3c5c9e0${index}`;
const framed = (message: SapientMessage): Uint8Array => frameSapient(encodeSapient(message, "2"));

const seconds = { units: "TIME_UNITS_SECONDS", value: 5 } as const;
const places = {
  location_units: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
  location_datum: "LOCATION_DATUM_WGS84_E",
} as const;
const REGISTRATION = {
  node_definition: [{ node_type: "NODE_TYPE_RADAR", node_sub_type: ["staring"] }],
  icd_version: "BSI Flex 335 v2.0",
  capabilities: [{ category: "radar", type: "range", value: "60000", units: "m" }],
  status_definition: { status_interval: seconds },
  mode_definition: [
    {
      ...{ mode_name: "watch", mode_type: "MODE_TYPE_PERMANENT", settle_time: seconds },
      detection_definition: [{ location_type: places }],
      task: {
        region_definition: { region_type: ["REGION_TYPE_IGNORE"], region_area: [places] },
        command: [{ units: "any", completion_time: seconds, type: "COMMAND_TYPE_REQUEST" }],
      },
    },
  ],
  config_data: [{ manufacturer: "maker", model: "one" }],
} satisfies SapientMessage["registration"];
