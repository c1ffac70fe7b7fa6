/** Every air format through a whole lane: journal records in, tracks, health and answers out. */
import type { Mission } from "@openjmc/agreement";
import {
  decodeSapient,
  EditionCatalogue,
  encodeBlock,
  encodeCotXml,
  encodeRecord,
  encodeRemoteId,
  encodeRemoteIdLine,
  encodeSapient,
  encodeUas,
  frameSapient,
  packRemoteId,
  SapientFramer,
  type SapientMessage,
  TsMuxer,
} from "@openjmc/formats";
import { destinationOf, distanceBetween, geodesicBetween } from "@openjmc/geo";
import {
  type CollectionTask,
  type LonLat,
  MICROSECONDS_PER_SECOND,
  type SourceDescription,
  type TrackRow,
} from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalKind } from "../journal/index.ts";
import { editionFaults } from "./asterix-connection.ts";
import { DECODERS } from "./decoders.ts";
import { Lane } from "./lane.ts";
import { configureLane } from "./lane-configuration.ts";
import type { LaneOutput } from "./lane-output.ts";
import { sensorOf } from "./sensor-configuration.ts";
import { exerciseMission } from "./testing/exercise-mission.ts";

const SECOND = MICROSECONDS_PER_SECOND;
const RUNS = process.env.OPENJMC_TORTURE === "1" ? 2_000 : 20;
/** What a recorder's source must say besides. */
const WAVEFORM = {
  waveform: { station: "S", channels: [{ code: "0", quantity: "pressure", unitsPerCount: 1 }] },
} as const;
const START = Date.UTC(2021, 3, 6, 12, 30) * 1000;
const SITE = { lon: 47.1, lat: 40 };
const FROM = destinationOf(SITE, 0.8, 30_000);
const SPEED = 120;
const COURSE = 2;
/** Where the one aircraft of these tests is, so many seconds after the start. */
const placeAt = (second: number): LonLat => destinationOf(FROM, COURSE, SPEED * second);
const catalogue = new EditionCatalogue();

function sourceOf(more: Partial<SourceDescription> & Pick<SourceDescription, "format">): SourceDescription {
  return {
    id: "s",
    name: "Sensor",
    means: "radar",
    link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 },
    ...SITE,
    heightMetres: 200,
    heightReference: "ellipsoid",
    rangeMetres: 150_000,
    operator: "A",
    marking: "open",
    authentication: "address-only",
    ...more,
  };
}

/** A lane of given sources, with one connection open. */
class Bench {
  readonly lane: Lane;
  readonly outputs: LaneOutput[] = [];
  readonly #connection: string;
  #sequence = 0;

  constructor(...sources: readonly SourceDescription[]) {
    const mission: Mission = { ...exerciseMission, view: { ...exerciseMission.view, sources } };
    const feeds = feedTable(sources);
    this.lane = new Lane(configureLane(mission, feeds, 1));
    this.#connection = `${Object.keys(feeds)[0]}#1`;
    this.#take("connected", START);
  }

  #take(kind: JournalKind, receivedAt: number, payload: Uint8Array = new Uint8Array(0)): void {
    const source = kind === "tick" ? "" : this.#connection;
    this.#sequence += 1;
    const output = this.lane.take({
      ...{ kind, receivedAt, source, sequence: this.#sequence, disposition: "processed", payload },
    });
    if (output) this.outputs.push(output);
  }

  bytes(second: number, payload: Uint8Array): void {
    this.#take("bytes", START + Math.round((second + 0.02) * SECOND), payload);
  }

  /** The collection plan as the record has it from now on. */
  plan(second: number, tasks: readonly CollectionTask[]): void {
    const payload = new TextEncoder().encode(JSON.stringify({ tasks }));
    this.#take("configuration", START + Math.round(second * SECOND), payload);
  }

  tick(second: number): void {
    this.#take("tick", START + Math.round((second + 0.1) * SECOND));
  }

  end(second: number): void {
    this.#take("disconnected", START + Math.round((second + 0.1) * SECOND));
    this.tick(second + 0.2);
  }

  /** Sends what `make` gives every `period` seconds for so long. */
  run(seconds: number, period: number, make: (second: number) => Uint8Array): void {
    for (let second = 0; second <= seconds; second += period) {
      this.bytes(second, make(second));
      this.tick(second);
    }
  }

  get row() {
    return this.lane.sourceRows(START)[0]!;
  }

  /** The one track that there should be. */
  get track(): TrackRow {
    const last = new Map<string, TrackRow>();
    for (const { tracks } of this.outputs) for (const track of tracks) last.set(track.id, track);
    const alive = [...last.values()].filter(({ status }) => status === "confirmed");
    expect(alive).toHaveLength(1);
    return alive[0]!;
  }

  /** Metres from the track to where the aircraft was at the track's time. */
  get miss(): number {
    return distanceBetween(this.track, placeAt((this.track.at - START) / SECOND));
  }
}

const RADAR = { sac: 25, sic: 7 };

function plotRecord(second: number, edition = "1.27", sic = RADAR.sic): Uint8Array {
  const place = placeAt(second);
  const { azimuth, distanceMetres } = geodesicBetween(SITE, place);
  const height = 3000;
  return encodeRecord(catalogue.edition(48, { editions: { 48: edition } }), {
    "010": { SAC: RADAR.sac, SIC: sic },
    "140": secondsOfDay(second),
    "020": { TYP: 5 },
    "040": {
      RHO: Math.hypot(distanceMetres, height - 200) / 1852,
      THETA: ((azimuth * 180) / Math.PI + 360) % 360,
    },
    "090": { V: 0, G: 0, FL: height / 30.48 },
    "220": 0x4b1234,
    "240": "TEST048",
  });
}

const secondsOfDay = (second: number): number => 12.5 * 3600 + second;

describe("ASTERIX", () => {
  const radar = sourceOf({
    format: "asterix",
    link: { kind: "udp", host: "127.0.0.1", port: 0 },
    asterix: { ...RADAR, editions: { "48": "1.27" } },
    accuracy: { rangeMetres: 30, azimuthDegrees: 0.05, periodSeconds: 4 },
  });

  it("makes tracks of a radar's plots in datagrams", () => {
    const bench = new Bench(radar);
    bench.run(60, 4, (second) => encodeBlock(48, [plotRecord(second)]));
    bench.tick(60.2);
    expect(bench.track).toMatchObject({ icao: "4B1234", callsign: "TEST048", altitudeReference: "pressure" });
    expect(bench.miss).toBeLessThan(200);
    expect(bench.row).toMatchObject({ framesTotal: 16, badFrames: {} });
  });

  it("makes tracks of the same over a connection, cut anywhere", () => {
    const bench = new Bench({ ...radar, link: { kind: "tcp-client", host: "127.0.0.1", port: 1 } });
    const bytes = [...Array(16).keys()].map((turn) => encodeBlock(48, [plotRecord(4 * turn)]));
    let rest: Uint8Array = new Uint8Array(0);
    bytes.forEach((block, turn) => {
      const all = Uint8Array.from([...rest, ...block]);
      bench.bytes(4 * turn, all.subarray(0, -5));
      rest = all.subarray(-5);
      bench.tick(4 * turn);
    });
    bench.bytes(60.1, rest);
    bench.tick(61);
    expect(bench.miss).toBeLessThan(300);
    expect(bench.row.framesTotal).toBe(16);
  });

  it("counts a datagram that is cut short and goes on with the next", () => {
    const bench = new Bench(radar);
    bench.bytes(0, encodeBlock(48, [plotRecord(0)]).subarray(0, 20));
    bench.bytes(0, encodeBlock(48, [plotRecord(0)]));
    expect(bench.row).toMatchObject({ framesTotal: 1, badFrames: { "asterix.block-length-wrong": 1 } });
  });

  it("keeps sources of one group apart by their codes, and counts strangers", () => {
    const link = { kind: "udp", host: "0.0.0.0", port: 8600, group: "239.1.1.1" } as const;
    const other = { ...radar, id: "t", link, asterix: { ...RADAR, sic: 8 } };
    const bench = new Bench({ ...radar, link }, other);
    for (const sic of [7, 8, 8, 9]) bench.bytes(0, encodeBlock(48, [plotRecord(0, "1.27", sic)]));
    const rows = bench.lane.sourceRows(START);
    expect(rows.map(({ framesTotal }) => framesTotal)).toEqual([1, 2]);
    expect(rows[0]!.badFrames).toEqual({ "asterix.other-source": 1 });
  });

  it("counts records of another edition than stated and takes none of them", () => {
    const catalogue21 = (edition: string) => catalogue.edition(21, { editions: { 21: edition } });
    const bench = new Bench({ ...radar, asterix: { ...RADAR, editions: { "21": "0.23" } } });
    const record = encodeRecord(catalogue21("2.1"), {
      "010": { SAC: RADAR.sac, SIC: RADAR.sic },
      "040": { ATP: 0, ARC: 1, RC: 0, RAB: 0 },
      "130": { LAT: 40.1, LON: 47.2 },
      "080": 0x4b1234,
      "073": secondsOfDay(0),
      "145": 100,
    });
    bench.bytes(0, encodeBlock(21, [record]));
    expect(bench.row.framesTotal).toBe(0);
    expect(Object.keys(bench.row.badFrames)).toEqual(["asterix.edition-wrong"]);
  });

  it("uses the steps of a clock that is off by hours, and says so", () => {
    const bench = new Bench(radar);
    bench.run(60, 4, (second) =>
      encodeBlock(48, [
        encodeRecord(catalogue.edition(48, { editions: { 48: "1.27" } }), {
          "010": { SAC: RADAR.sac, SIC: RADAR.sic },
          "140": secondsOfDay(second) - 7200,
          "020": { TYP: 1 },
          "040": polarOf(second),
        }),
      ]),
    );
    bench.tick(60.3);
    expect(bench.miss).toBeLessThan(400);
    expect(bench.row.badFrames).toEqual({ "asterix.clock-off": 16 });
  });

  it("names an edition that nobody knows", () => {
    expect(editionFaults([radar])).toEqual([]);
    expect(editionFaults([{ ...radar, asterix: { ...RADAR, editions: { "48": "9.9" } } }])).toMatchObject([
      { code: "mission.edition-unknown", where: { source: "s", field: "asterix.editions.48" }, got: "9.9" },
    ]);
  });
});

describe("every row of the table", () => {
  const formats = Object.keys(DECODERS) as SourceDescription["format"][];
  const links = ["tcp-listener", "udp"] as const;
  const cases = formats.flatMap((format) => links.map((kind) => [format, kind] as const));

  it.each(cases)("takes any bytes of %s over %s, in any pieces, and invents no track", (format, kind) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 12 }), (chunks) => {
        const bench = new Bench(sourceOf({ format, link: { kind, host: "127.0.0.1", port: 0 }, ...WAVEFORM }));
        for (const [second, chunk] of chunks.entries()) {
          bench.bytes(second, chunk);
          bench.tick(second);
        }
        bench.end(chunks.length);
        // A bare message of Remote ID has nothing that proves it: any octets may be one.
        const told = format === "remote-id" ? [] : bench.outputs.flatMap(({ tracks }) => tracks);
        expect(told).toEqual([]);
        expect(bench.row.framesTotal).toBeLessThan(chunks.length + 50);
      }),
      { numRuns: RUNS },
    );
  });
});

function polarOf(second: number): { RHO: number; THETA: number } {
  const { azimuth, distanceMetres } = geodesicBetween(SITE, placeAt(second));
  return { RHO: distanceMetres / 1852, THETA: ((azimuth * 180) / Math.PI + 360) % 360 };
}

describe("Remote ID", () => {
  const messages = (second: number) => {
    const { lon, lat } = placeAt(second);
    const location = {
      kind: "location" as const,
      status: "airborne" as const,
      ...{ longitude: lon, latitude: lat, ellipsoidHeight: 600, heightAboveWhat: "ground" as const },
      ...{ track: COURSE, groundSpeed: SPEED, horizontalAccuracy: 10, secondsOfHour: (1800 + second) % 3600 },
    };
    const identity = {
      ...{ kind: "basic-id" as const, idType: "serial-number" as const, aircraftType: "aeroplane" as const },
      id: "SERIAL123",
    };
    const operator = { kind: "operator-id" as const, idType: 0, id: "SECRET-OPERATOR" };
    return [identity, location, operator];
  };
  const line = (second: number): Uint8Array =>
    new TextEncoder().encode(
      `${encodeRemoteIdLine({
        at: START + second * SECOND,
        receiver: "rx",
        transmitter: "0123456789ab",
        transport: "wifi-beacon",
        counter: second % 256,
        payload: packRemoteId(messages(second)),
      })}\n`,
    );

  it.each([
    ["lines over a connection", "tcp-listener" as const],
    ["lines in datagrams", "udp" as const],
  ])("makes tracks of %s, and keeps the operator to itself", (_name, kind) => {
    const bench = new Bench(sourceOf({ format: "remote-id", means: "rf", link: { kind, host: "127.0.0.1", port: 0 } }));
    bench.run(20, 1, line);
    expect(bench.miss).toBeLessThan(60);
    expect(bench.row).toMatchObject({ framesTotal: 21, badFrames: {} });
    expect(JSON.stringify(bench.outputs)).not.toContain("SECRET-OPERATOR");
  });

  it("counts what radios say twice, and lines that are none", () => {
    const bench = new Bench(sourceOf({ format: "remote-id", means: "rf" }));
    for (const payload of [line(0), line(0), new TextEncoder().encode("{}\n")]) bench.bytes(0, payload);
    expect(bench.row).toMatchObject({ framesTotal: 2, duplicatesTotal: 1 });
    expect(Object.values(bench.row.badFrames)).toEqual([1]);
  });

  it("makes tracks of bare messages in datagrams", () => {
    const link = { kind: "udp", host: "127.0.0.1", port: 0 } as const;
    const bench = new Bench(sourceOf({ format: "remote-id", means: "rf", link }));
    bench.run(20, 1, (second) => encodeRemoteId(messages(second)[1]!));
    expect(bench.miss).toBeLessThan(60);
  });
});

describe("Cursor on Target", () => {
  const event = (second: number, type = "a-u-A-C-F") => {
    const { lon, lat } = placeAt(second);
    const at = START + second * SECOND;
    return encodeCotXml({
      ...{ uid: "ICAO-4B9999", type, how: "m-g", at, startAt: at, staleAt: at + 30 * SECOND },
      ...{ longitude: lon, latitude: lat, height: 900, horizontalError: 20, callsign: "COT-1" },
      ...{ track: COURSE, groundSpeed: SPEED },
    });
  };
  const bytesOf = (text: string | Uint8Array) => (typeof text === "string" ? new TextEncoder().encode(text) : text);

  it.each([["tcp-listener" as const], ["udp" as const]])("makes tracks of things in the air over %s", (kind) => {
    const bench = new Bench(
      sourceOf({ format: "cot", means: "camera-day", link: { kind, host: "127.0.0.1", port: 0 } }),
    );
    bench.run(20, 1, (second) => bytesOf(event(second)));
    expect(bench.track).toMatchObject({ icao: "4B9999", callsign: "COT-1", altitudeReference: "ellipsoid" });
    expect(bench.miss).toBeLessThan(60);
  });

  it("shows a name in which signs are hidden without them, and no height that cannot be", () => {
    const bench = new Bench(sourceOf({ format: "cot", means: "camera-day" }));
    const text = (second: number): string =>
      new TextDecoder()
        .decode(bytesOf(event(second)))
        .replace("COT-1", "C\u202eOT\u0301")
        .replace('"900"', '"1e300"');
    expect(text(0)).toContain("1e300");
    bench.run(20, 1, (second) => bytesOf(text(second)));
    expect(bench.track).toMatchObject({ icao: "4B9999", callsign: "COT\u0301" });
    expect(bench.track).not.toHaveProperty("altitudeMetres");
  });

  it("makes cues of what is on the ground, one for each thing, at the pace at which somebody looks", () => {
    const bench = new Bench(sourceOf({ format: "cot", means: "saw" }));
    bench.run(20, 1, (second) => bytesOf(event(second, "a-f-G-U-C")));
    bench.bytes(21, bytesOf("<event>nothing</event>"));
    expect(bench.outputs.flatMap(({ tracks }) => tracks)).toEqual([]);
    const cues = bench.outputs.flatMap((output) => output.cues);
    expect(new Set(cues.map(({ id }) => id)).size).toBe(1);
    expect(cues.map(({ at }) => (at - START) / SECOND)).toEqual([0, 5, 10, 15, 20]);
    expect(cues.at(-1)).toMatchObject({ source: "s", sight: "thing", ...placeAt(20), uncertaintyMetres: 49 });
    expect(cues.at(-1)!.thing).toMatchObject({ what: "ground", name: "COT-1", until: START + 50 * SECOND });
    expect(bench.row.framesTotal).toBe(21);
    expect(Object.values(bench.row.badFrames)).toEqual([1]);
  });

  it.each([
    ["a-h-G-E-S", "sensor"],
    ["a-u-S-X", "sea"],
    ["a-n-U", "under-water"],
    ["a-f-P", "space"],
    ["a-.-X", "other"],
    ["b-m-p-s-m", "mark"],
    ["u-d-f", "mark"],
  ])("tells what %s is, and nothing of whose it is", (type, what) => {
    const bench = new Bench(sourceOf({ format: "cot", means: "saw" }));
    bench.run(1, 1, (second) => bytesOf(event(second, type)));
    const [cue] = bench.outputs.flatMap((output) => output.cues);
    expect(cue!.thing!.what).toBe(what);
    expect(JSON.stringify(cue)).not.toContain(type);
  });

  it("shows no talk and no orders", () => {
    const bench = new Bench(sourceOf({ format: "cot", means: "saw" }));
    for (const type of ["b-t-f", "t-x-c-t", "y-a-r"]) bench.run(2, 1, (second) => bytesOf(event(second, type)));
    expect(bench.outputs.flatMap((output) => output.cues)).toEqual([]);
    expect(bench.row.framesTotal).toBe(9);
  });

  it("raises a call for help as an alert of its source, and ends it when it is taken back", () => {
    const bench = new Bench(sourceOf({ format: "cot", means: "saw" }));
    bench.run(3, 1, (second) => bytesOf(event(second, second < 2 ? "b-a-o-tbl" : "b-a-o-can")));
    const decisions = bench.outputs.flatMap((output) => output.decisions.map(({ decision }) => decision));
    expect(decisions).toMatchObject([
      { kind: "raise", rule: "node-alert", subject: { kind: "source", id: "s" }, outline: { said: "COT-1" } },
      { kind: "end" },
    ]);
    const cues = bench.outputs.flatMap((output) => output.cues);
    expect(cues[0]!.thing).toMatchObject({ what: "alarm", until: START + 30 * SECOND });
    expect(cues.at(-1)).toMatchObject({ id: cues[0]!.id, thing: { until: cues.at(-1)!.at } });
  });
});

describe("KLV", () => {
  const packet = (second: number): Uint8Array => {
    const { lon, lat } = placeAt(second);
    return encodeUas({
      precisionTimeStamp: START + second * SECOND,
      platformCallSign: "EYE1",
      ...{ sensorLatitude: lat, sensorLongitude: lon, sensorAltitudeMsl: 2500 },
      ...{ frameCenterLatitude: 40.2, frameCenterLongitude: 47.3 },
      ...{ cornerLatitude1: 40.21, cornerLongitude1: 47.29, cornerLatitude2: 40.21, cornerLongitude2: 47.31 },
      ...{ cornerLatitude3: 40.19, cornerLongitude3: 47.31, cornerLatitude4: 40.19, cornerLongitude4: 47.29 },
    });
  };
  const source = (kind: "tcp-listener" | "udp") =>
    sourceOf({ format: "klv", means: "uav-mid", link: { kind, host: "127.0.0.1", port: 0 } });

  it("shows where the platform flies and what ground its camera shows", () => {
    const bench = new Bench(source("tcp-listener"));
    bench.run(20, 1, packet);
    expect(bench.track).toMatchObject({ callsign: "EYE1", altitudeReference: "msl" });
    expect(bench.miss).toBeLessThan(100);
    const footprints = bench.outputs.flatMap(({ sources }) => sources.flatMap(({ footprint }) => footprint ?? []));
    expect(footprints.length).toBeGreaterThan(10);
    expect(footprints.at(-1)!.coordinates).toHaveLength(5);
    expect(footprints.at(-1)!.coordinates[2]![0]).toBeCloseTo(47.31, 4);
  });

  it("reads it out of a transport stream in datagrams, behind the real-time header", () => {
    const bench = new Bench(source("udp"));
    const muxer = new TsMuxer("synchronous");
    bench.run(20, 1, (second) => {
      const stream = [...muxer.tables(), ...muxer.metadata(packet(second), second)];
      return Uint8Array.from([0x80, 33, 0, second, ...Array<number>(8).fill(0), ...stream]);
    });
    expect(bench.row).toMatchObject({ badFrames: {} });
    expect(bench.miss).toBeLessThan(150);
  });

  it("forgets the ground that a camera showed long ago", () => {
    const bench = new Bench(source("tcp-listener"));
    bench.run(1, 1, packet);
    expect(bench.lane.sourceRows(START + 20 * SECOND)[0]!.footprint).toBeDefined();
    expect(bench.lane.sourceRows(START + 40 * SECOND)[0]!.footprint).toBeUndefined();
  });
});

describe("SAPIENT", () => {
  const NODE = "2f6b0b6e-2a11-4b43-9f0c-6a5f3a8f1c01";
  const radar = sourceOf({ format: "sapient", node: NODE, accuracy: { rangeMetres: 20, azimuthDegrees: 0.3 } });
  const framed = (message: SapientMessage): Uint8Array => frameSapient(encodeSapient(message, "2"));
  const seconds = { units: "TIME_UNITS_SECONDS", value: 5 } as const;
  const places = {
    location_units: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
    location_datum: "LOCATION_DATUM_WGS84_E",
  } as const;
  const registration = (node = NODE): Uint8Array =>
    framed({
      timestamp: START,
      node_id: node,
      registration: {
        node_definition: [{ node_type: "NODE_TYPE_RADAR", node_sub_type: ["ground"] }],
        icd_version: "BSI Flex 335 v2.0",
        capabilities: [{ category: "radar", type: "range", value: "4000", units: "m" }],
        status_definition: { status_interval: seconds },
        mode_definition: [
          {
            mode_name: "watch",
            mode_type: "MODE_TYPE_PERMANENT",
            settle_time: seconds,
            detection_definition: [{ location_type: places }],
            task: {
              region_definition: { region_type: ["REGION_TYPE_IGNORE"], region_area: [places] },
              command: [{ units: "any", completion_time: seconds, type: "COMMAND_TYPE_REQUEST" }],
            },
          },
        ],
        config_data: [{ manufacturer: "None", model: "One" }],
      },
    });
  const detection = (second: number, more: object = {}): Uint8Array => {
    const { azimuth, distanceMetres } = geodesicBetween(SITE, placeAt(second));
    const digits = String(second).padStart(4, "0");
    return framed({
      timestamp: START + second * SECOND,
      node_id: NODE,
      detection_report: {
        report_id: `01HZZZZZZZZZZZZZZZZZZZ${digits}`,
        object_id: "01HZZZZZZZZZZZZZZZZZZZ9999",
        range_bearing: {
          azimuth: ((azimuth * 180) / Math.PI + 360) % 360,
          range: distanceMetres,
          elevation: 1,
          coordinate_system: "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
          datum: "RANGE_BEARING_DATUM_TRUE",
        },
        ...more,
      },
    });
  };
  const status = (place: LonLat): Uint8Array =>
    framed({
      timestamp: START,
      node_id: NODE,
      status_report: {
        report_id: "01HZZZZZZZZZZZZZZZZZZZ5555",
        system: "SYSTEM_OK",
        info: "INFO_NEW",
        mode: "Default",
        node_location: {
          ...{ x: place.lon, y: place.lat, z: 200 },
          coordinate_system: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
          datum: "LOCATION_DATUM_WGS84_E",
        },
      },
    });
  /** What the centre has answered, decoded. */
  const answers = (bench: Bench): SapientMessage[] => {
    const messages: SapientMessage[] = [];
    const framer = new SapientFramer();
    for (const { bytes } of bench.lane.takeAnswers())
      framer.push(bytes!, {
        message: (all, start, end) => {
          const read = decodeSapient(all.subarray(start, end), "2");
          if (read.ok) messages.push(read.value.message);
        },
        fault: () => undefined,
      });
    return messages;
  };

  it("answers a registration and makes tracks of ranges and bearings", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    expect(answers(bench)).toMatchObject([{ destination_id: NODE, registration_ack: { acceptance: true } }]);
    bench.run(30, 1, detection);
    bench.tick(30.3);
    expect(bench.miss).toBeLessThan(400);
    expect(bench.row).toMatchObject({ framesTotal: 32, badFrames: {} });
  });

  it("places what a node sees without measuring its height near the ground, and holds nothing against aircraft it is silent of", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    bench.run(30, 1, (second) => {
      const { azimuth, distanceMetres } = geodesicBetween(SITE, placeAt(second));
      const range_bearing = {
        azimuth: ((azimuth * 180) / Math.PI + 360) % 360,
        range: distanceMetres,
        coordinate_system: "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M",
        datum: "RANGE_BEARING_DATUM_TRUE",
      };
      return detection(second, { range_bearing });
    });
    expect(bench.track.altitudeMetres).toBeUndefined();
    expect(bench.miss).toBeLessThan(600);
    expect(sensorOf(radar)).toMatchObject({ kind: "bearing" });
  });

  it("refuses a node that the mission does not have, and counts detections before a registration", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration("9f6b0b6e-2a11-4b43-9f0c-6a5f3a8f1c01"));
    expect(answers(bench)).toMatchObject([{ registration_ack: { acceptance: false } }]);
    bench.bytes(1, detection(1));
    expect(bench.row.badFrames).toEqual({ "sapient.refused": 1, "sapient.out-of-order": 1 });
    expect(bench.row.framesTotal).toBe(0);
  });

  const alert = (second: number, more: object = {}): Uint8Array =>
    framed({
      timestamp: START + second * SECOND,
      node_id: NODE,
      alert: { alert_id: ALARM, alert_type: "ALERT_TYPE_CRITICAL", status: "ALERT_STATUS_ACTIVE", ...more },
    });
  const ALARM = "01HZZZZZZZZZZZZZZZZZZZ7777";

  it("passes on what a node raises alarm about, once, until the node takes it back, and acknowledges it", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    answers(bench);
    const description = `  cover\n\u0007opened ${"x".repeat(300)}`;
    bench.bytes(1, alert(1, { description, confidence: 0.8 }));
    bench.bytes(1, alert(1, { description, confidence: 0.8 }));
    bench.bytes(2, alert(2, { description: "still open" }));
    bench.tick(2);
    const acknowledged = { alert_ack: { alert_id: ALARM, alert_ack_status: "ALERT_ACK_STATUS_ACCEPTED" } };
    expect(answers(bench)).toMatchObject([acknowledged, acknowledged]);
    const raised = bench.outputs.flatMap(({ decisions }) => decisions);
    expect(raised).toMatchObject([
      {
        decision: {
          ...{ kind: "raise", rule: "node-alert", severity: "urgent", probability: 0.8, occurredAt: START + SECOND },
          ...{ subject: { kind: "source", id: radar.id }, lon: radar.lon, lat: radar.lat },
        },
      },
    ]);
    const { said } = (raised[0]!.decision as unknown as { outline: { said: string } }).outline;
    expect([said.slice(0, 15), said.length]).toEqual(["cover opened xx", 200]);
    bench.bytes(3, alert(3, { status: "ALERT_STATUS_CLEAR" }));
    bench.tick(3);
    const after = bench.outputs.at(-1)!.decisions;
    expect(after).toMatchObject([{ alert: raised[0]!.alert, decision: { kind: "end", endedAt: START + 3 * SECOND } }]);
  });

  it("lays an alarm out where the node says that it is", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    const range_bearing = {
      ...{ azimuth: 90, range: 1000, coordinate_system: "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M" },
      datum: "RANGE_BEARING_DATUM_TRUE",
    };
    bench.bytes(1, alert(1, { range_bearing, alert_type: "ALERT_TYPE_INFORMATION" }));
    bench.tick(1);
    const [raised] = bench.outputs.flatMap(({ decisions }) => decisions);
    expect(raised!.decision).toMatchObject({ kind: "raise", severity: "information" });
    const place = destinationOf(SITE, Math.PI / 2, 1000);
    expect(distanceBetween(raised!.decision as unknown as LonLat, place)).toBeLessThan(1);
  });

  const LINE = "01HZZZZZZZZZZZZZZZZZZZ6666";
  const planned = { source: radar.id, from: START, until: START + 3600 * SECOND, may: true, line: LINE };
  const place = { lon: SITE.lon + 0.01, lat: SITE.lat };

  it("asks a node to watch what the collection plan has for it, again when it comes back, and calls it off", () => {
    const bench = new Bench(radar);
    bench.plan(0, [{ ...planned, target: "the bridge", ...place }]);
    bench.bytes(0, registration());
    const [, asked] = answers(bench);
    expect(asked!.task).toMatchObject({
      ...{ task_id: LINE, task_name: "the bridge", control: "CONTROL_START" },
      ...{ task_start_time: START, task_end_time: planned.until, region: [{ type: "REGION_TYPE_AREA_OF_INTEREST" }] },
    });
    const corners = asked!.task!.region![0]!.region_area!.location_list!.locations!;
    const middle = (of: "x" | "y") => corners.reduce((sum, corner) => sum + corner[of]!, 0) / corners.length;
    expect(distanceBetween({ lon: middle("x"), lat: middle("y") }, place)).toBeLessThan(1);
    bench.plan(1, [{ ...planned, target: "the bridge", ...place }]);
    expect(answers(bench)).toEqual([]);
    bench.bytes(2, registration());
    expect(answers(bench)[1]).toMatchObject({ task: { task_id: LINE, control: "CONTROL_START" } });
    bench.plan(3, [{ ...planned, may: false }]);
    expect(answers(bench)).toMatchObject([{ task: { task_id: LINE, control: "CONTROL_STOP" } }]);
  });

  it("counts what a node will not do, and what it says nothing to; another source's line is none of its", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    answers(bench);
    bench.plan(1, [planned, { ...planned, source: "other", line: ALARM }]);
    expect(answers(bench)).toMatchObject([{ task: { task_id: LINE, command: { request: "Start" } } }]);
    const task_ack = { task_id: LINE, task_status: "TASK_STATUS_REJECTED", reason: ["busy"] } as const;
    bench.bytes(2, framed({ timestamp: START + 2 * SECOND, node_id: NODE, task_ack }));
    expect(bench.row.badFrames).toEqual({ "sapient.task-refused": 1 });
    bench.plan(3, [{ ...planned, until: planned.until + SECOND }]);
    bench.tick(40);
    expect(bench.row.badFrames).toEqual({ "sapient.task-refused": 1, "sapient.task-unanswered": 1 });
  });

  it("lays out no bearing of a node that stands elsewhere, and nothing that walks", () => {
    const bench = new Bench(radar);
    bench.bytes(0, registration());
    bench.bytes(1, detection(1, { classification: [{ type: "Human", confidence: 0.9 }] }));
    bench.bytes(2, status(SITE));
    expect(bench.row.badFrames).toEqual({});
    bench.bytes(3, status(destinationOf(SITE, 1, 5000)));
    bench.run(20, 1, (second) => detection(second + 5, { classification: [{ type: "Air Vehicle", confidence: 0.9 }] }));
    expect(bench.row.badFrames).toEqual({ "sapient.node-elsewhere": 1, "sapient.bearing-without-place": 21 });
    expect(bench.outputs.flatMap(({ tracks }) => tracks)).toEqual([]);
  });
});
