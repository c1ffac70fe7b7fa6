/** Sources: where frames and people's observations come from, and how well they are. */
import type { AuthenticationState, Means } from "./codes.ts";
import type { Instant } from "./instant.ts";
import type { HeightReference } from "./position.ts";

/** The wires that a source may speak. */
export const SOURCE_FORMATS = [
  "beast",
  "sbs",
  "avr",
  "asterix",
  "sapient",
  "remote-id",
  "cot",
  "klv",
  "arrivals",
  "miniseed",
  "seedlink",
  "pcm",
  "firms",
  "cues",
  "weather",
  "sighting",
] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** How its bytes reach the centre. */
export type SourceLink =
  | { readonly kind: "tcp-client"; readonly host: string; readonly port: number }
  | { readonly kind: "tcp-listener"; readonly host: string; readonly port: number }
  | {
      readonly kind: "udp";
      /** Address to listen on. */
      readonly host: string;
      readonly port: number;
      /** Multicast group to join, and the address of the interface to join it on. */
      readonly group?: string;
      readonly interface?: string;
    }
  | { readonly kind: "mqtt"; readonly topic: string }
  /** Files laid into a folder of this name below the centre's `inbox`. */
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "people" };

/** How an ASTERIX source is named in its records, and which edition of each category it sends, as `{ "48": "1.27" }`. */
export interface AsterixIdentity {
  readonly sac: number;
  readonly sic: number;
  readonly editions?: Readonly<Record<string, string>>;
}

/** What is stated of a sensor's measurements, one standard deviation each; what a message says of itself goes before it. */
export interface SensorAccuracy {
  /** Along the line of sight. */
  readonly rangeMetres?: number;
  readonly azimuthDegrees?: number;
  /** Of each horizontal component, for sensors that tell places. */
  readonly positionMetres?: number;
  /** Probability that one look at a target in range gives a plot. */
  readonly detectionProbability?: number;
  /** Between two looks at the same place. */
  readonly periodSeconds?: number;
  /** Mean number of plots in one period that are of nothing. */
  readonly falsePlotsPerPeriod?: number;
  readonly minimumRangeMetres?: number;
}

/** One channel of a recorder whose waveforms the centre picks itself. */
export interface WaveformChannel {
  /** What names it in records: `LOC_B_S_SS` of its FDSN source identifier; of blocks of sound, the number of the microphone from 0. */
  readonly code: string;
  readonly quantity: "pressure" | "vertical-velocity" | "horizontal-velocity";
  /** Pascals, or metres a second, in one count. */
  readonly unitsPerCount: number;
  /** From the source's place, for microphones of an array. */
  readonly eastMetres?: number;
  readonly northMetres?: number;
}

/** What of a source's waveforms must be known to pick them. */
export interface WaveformDescription {
  /** `NET_STA`, as records and SeedLink servers name the station. */
  readonly station?: string;
  /** Long waves of large sources far away, instead of blasts near by. */
  readonly isInfrasound?: boolean;
  readonly channels: readonly WaveformChannel[];
}

/** One source as the mission or an operator describes it. `rangeMetres` is its stated detection range in good conditions. */
export interface SourceDescription {
  readonly id: string;
  readonly name: string;
  readonly format: SourceFormat;
  readonly means: Means;
  readonly link: SourceLink;
  readonly lon: number;
  readonly lat: number;
  readonly heightMetres: number;
  readonly heightReference: HeightReference;
  readonly rangeMetres: number;
  /** Component code that operates it, or `joint`. */
  readonly operator: string;
  /** Party code of the side that holds the ground it stands on, where the mission says so. */
  readonly heldBy?: string;
  readonly marking: "open" | "derived-only" | "sealed-escrow";
  readonly authentication: AuthenticationState;
  readonly asterix?: AsterixIdentity;
  /** How the sensor calls itself on a link that several share: a SAPIENT node's id. */
  readonly node?: string;
  readonly accuracy?: SensorAccuracy;
  readonly waveform?: WaveformDescription;
  /** How far it would show which kind of source where its noise is so: of seismometers, as ground carries differently everywhere. */
  readonly reaches?: readonly {
    readonly what: string;
    readonly metres: number;
    readonly noiseDecibels: number;
    readonly basis: string;
  }[];
  /** Of its antenna above the ground around it. */
  readonly antennaMetres?: number;
  /** Calendar day until which the host consents to it. */
  readonly hostConsentUntil?: string;
  /** Watches only where and when the collection plan says so: at other times it is not lost but not tasked. */
  readonly onRequest?: boolean;
}

const HEARING: ReadonlySet<SourceFormat> = new Set(["arrivals", "miniseed", "seedlink", "pcm"]);

/** Whether arrivals of sounds or ground motion come from a source, picked there or here. */
export function isListeningPost(source: Pick<SourceDescription, "format">): boolean {
  return HEARING.has(source.format);
}

/** Whether a source keeps watch: what measures the air does not. */
export function isWatcher(source: Pick<SourceDescription, "format">): boolean {
  return source.format !== "weather";
}

const PROVING: ReadonlySet<AuthenticationState> = new Set(["signed", "tls", "mqtt-user", "person"]);

/** Whether what comes from a source is known to come from it, by a signature or a secret; an address alone proves nothing. */
export function provesItself(source: Pick<SourceDescription, "authentication">): boolean {
  return PROVING.has(source.authentication);
}

/**
 * The most confidence that anything may have which rests on sources alone that do not prove themselves: whoever can send to
 * an address could have made all of it up.
 */
export const UNPROVED_CONFIDENCE = 0.9;

/** Part of all frames that came from sources that prove themselves, 0 to 1; undefined where no frame came. */
export function authenticatedShare(
  rows: readonly Pick<SourceRow, "authentication" | "framesTotal">[],
): number | undefined {
  const sum = (some: typeof rows): number => some.reduce((total, row) => total + row.framesTotal, 0);
  const total = sum(rows);
  return total === 0 ? undefined : sum(rows.filter(provesItself)) / total;
}

export type SourceState = "never-heard" | "live" | "stale" | "down" | "jammed";

/** The ground that a camera in the air shows: a closed ring of longitude and latitude, as RFC 7946 writes one. */
export interface SourceFootprint {
  readonly at: Instant;
  readonly coordinates: readonly (readonly [lon: number, lat: number])[];
}

/**
 * How far a radar's measurements are off, as the tracker found from targets that report their own places: what they have too much,
 * clockwise and late positive, with one standard deviation each. Plots are corrected by it.
 */
export interface SourceErrors {
  readonly metres: number;
  readonly degrees: number;
  readonly seconds: number;
  readonly metresDeviation: number;
  readonly degreesDeviation: number;
  readonly secondsDeviation: number;
  /** Plots that it was found from. */
  readonly plots: number;
}

/** View row `sources`: a source with its state of health. Rates are per second of the centre's clock. */
export interface SourceRow extends SourceDescription {
  readonly state: SourceState;
  readonly connected: boolean;
  readonly lastMessageAt?: Instant;
  readonly framesTotal: number;
  readonly bytesTotal: number;
  readonly ratePerSecond: number;
  /** receivedAt minus the source's own time, microseconds, median of the last minute; absent where the source carries no time. */
  readonly lagMicroseconds?: number;
  readonly duplicatesTotal: number;
  readonly shedTotal: number;
  readonly badFrames: Readonly<Record<string, number>>;
  readonly footprint?: SourceFootprint;
  readonly errors?: SourceErrors;
  /** Of a source that watches on request, while nobody has asked it to, or the leave it needs was declined. */
  readonly idle?: "not-tasked" | "denial";
  /** Ambient level at a listening post, dB re 20 µPa (of seismometers re 1 µm/s), as it or its picker tells. */
  readonly noiseDecibels?: number;
}

/** What a listening post would have heard in a span: by kind of source, and by the direction in which it lies. */
export interface HearingSpan {
  readonly noiseDecibels: number;
  /** Metres a second, blowing to the east and north, as it was taken to be. */
  readonly windEast: number;
  readonly windNorth: number;
  /** Farthest metres towards north, north-east, … clockwise. */
  readonly reaches: readonly { readonly what: string; readonly metres: readonly number[] }[];
}

/** View row `coverage`: one source over one span in one state; gaps are rows whose `watching` is false. */
export interface CoverageRow {
  readonly key: string;
  readonly source: string;
  readonly means: Means;
  readonly heldBy?: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly watching: boolean;
  readonly cause?: string;
  readonly areaSquareKilometres: number;
  /** Of listening posts while they watched; their spans end at full hours. */
  readonly hearing?: HearingSpan;
}
