/** `sources.yaml`: the sensors and people that the centre hears. */
import { AUTHENTICATION_STATES, MEANS, SOURCE_FORMATS } from "@openjmc/model";
import {
  decimal,
  either,
  exactly,
  flag,
  list,
  record,
  type ShapeType,
  table,
  text,
  whole,
  word,
} from "../shape/shape.ts";
import { code, day, heightReference, latitude, longitude } from "./common.ts";

const port = whole("port; 0 where it is given at start", 0, 65535);
const link = either(
  "how its bytes arrive",
  record("the centre connects", { kind: exactly("tcp-client"), host: text("host name or address"), port }),
  record("the centre listens", { kind: exactly("tcp-listener"), host: text("address to listen on"), port }),
  record(
    "datagrams",
    { kind: exactly("udp"), host: text("address to listen on"), port },
    { group: text("multicast group to join"), interface: text("address of the interface to join it on") },
  ),
  record("over the centre's broker", { kind: exactly("mqtt"), topic: text("topic") }),
  record("files laid into a folder below the centre's inbox", {
    kind: exactly("folder"),
    folder: text("the folder's name", "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"),
  }),
  record("through the console and the API", { kind: exactly("people") }),
);

const asterix = record(
  "how its ASTERIX records name it",
  { sac: whole("system area code", 0, 255), sic: whole("system identification code", 0, 255) },
  { editions: table(text("edition", "^\\d+\\.\\d+$"), "edition by category, as 48: 1.27 in quotation marks") },
);

const accuracy = record(
  "what is stated of its measurements, one standard deviation each",
  {},
  {
    rangeMetres: decimal("along the line of sight", 0),
    azimuthDegrees: decimal("of a direction", 0, 180),
    positionMetres: decimal("of each horizontal component of a place", 0),
    detectionProbability: decimal("that one look at a target in range gives a plot", 0, 1),
    periodSeconds: decimal("between two looks at the same place", 0),
    falsePlotsPerPeriod: decimal("plots of nothing in one period, on the average", 0),
    minimumRangeMetres: decimal("below it nothing is seen", 0),
  },
);

const waveform = record(
  "what of its waveforms must be known to pick them",
  {
    channels: list(
      record(
        "a channel",
        {
          code: text("LOC_B_S_SS of its FDSN source identifier, as 00_H_D_F; of sound, the microphone's number from 0"),
          quantity: word(["pressure", "vertical-velocity", "horizontal-velocity"]),
          unitsPerCount: decimal("pascals, or metres a second, in one count", 0),
        },
        {
          eastMetres: decimal("from the source's place", -100_000, 100_000),
          northMetres: decimal("from the source's place", -100_000, 100_000),
        },
      ),
    ),
  },
  {
    station: text("NET_STA, as records and servers name the station", "^[A-Za-z0-9]{1,8}_[A-Za-z0-9]{1,8}$"),
    isInfrasound: flag("long waves of large sources far away, instead of blasts near by"),
  },
);

export const sourcesFile = record("sources", {
  sources: list(
    record(
      "a source",
      {
        id: code,
        name: text("name"),
        format: word(SOURCE_FORMATS),
        means: word(MEANS),
        link,
        lon: longitude,
        lat: latitude,
        heightMetres: decimal("height of the sensor"),
        heightReference,
        rangeMetres: decimal("stated detection range in good conditions", 0),
        operator: text("component that operates it, or joint"),
        marking: word(["open", "derived-only", "sealed-escrow"]),
        authentication: word(AUTHENTICATION_STATES),
      },
      {
        heldBy: code,
        hostConsentUntil: day,
        antennaMetres: decimal("height of its antenna above the ground around it", 0, 30_000),
        onRequest: flag("watches only where and when the collection plan says so"),
        asterix,
        node: text("how it calls itself on a link that several share"),
        accuracy,
        waveform,
        reaches: list(
          record("how far it would show one kind of source, at a level of noise", {
            what: code,
            metres: decimal("distance", 0),
            noiseDecibels: decimal("dB re 1 µm/s at which this holds", -200, 200),
            basis: text("who measured this, and where it is written"),
          }),
          "of a seismometer: what it would show how far away; ground carries differently everywhere",
        ),
      },
    ),
  ),
});
export type SourcesFile = ShapeType<typeof sourcesFile>;
