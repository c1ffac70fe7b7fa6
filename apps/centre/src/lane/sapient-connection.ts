/**
 * The centre as the node that sensors connect to (BSI Flex 335): it answers registrations, keeps up with heartbeats, makes plots of
 * detections in the air, passes alerts on, and asks nodes to watch what the collection plan has for them.
 */
import {
  type Fault,
  readLocation,
  type SapientAlert,
  type SapientDetection,
  type SapientEvent,
  SapientFramer,
  SapientSession,
  type SapientSink,
} from "@openjmc/formats";
import type { PlotIdentity } from "@openjmc/fusion";
import { destinationOf, distanceBetween } from "@openjmc/geo";
import type { CollectionTask, Instant, SourceDescription } from "@openjmc/model";
import type { AirSink } from "./air-sink.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { NodeAlert } from "./node-alerts.ts";
import { nodeAlertOf } from "./sapient-alert.ts";
import { SapientWatches } from "./sapient-watches.ts";
import type { TimedSource } from "./source-clock.ts";

/** A node that says to stand farther than this from where the mission has it is not the one described. */
const MISPLACED_METRES = 200;
const DEGREE = Math.PI / 180;
/** Of a direction, where neither message nor description says. */
const USUAL_DEGREES = 2;
/** What a range along the slope is longer than along the ground by, at elevations up to fifteen degrees. */
const UNKNOWN_ELEVATION_SHARE = 0.034;
/** Classes of things in the air; a detection that is classed, and as nothing of these, is no business of the air watch. */
const IN_THE_AIR = /\b(air|aerial|aircraft|airborne|uav|uas|drone|helicopter|rotor|wing|plane|bird|balloon)/i;
/** States of detections that are no longer seen. */
const LOST = /\b(lost|deleted|dropped|predicted)\b/i;
/** Answers to a task that mean it will not be done. */
const REFUSED: ReadonlySet<unknown> = new Set(["TASK_STATUS_REJECTED", "TASK_STATUS_FAILED"]);
/** What a detection may call its object, to be shown as its callsign. */
const NAME = /^[A-Za-z0-9-]{2,16}$/;

type RangeBearing = NonNullable<SapientDetection["bearing"]>;

export class SapientConnection implements ConnectionDecoder, SapientSink {
  readonly #sources: readonly TimedSource[];
  readonly #sink: AirSink;
  readonly #answer: (bytes: Uint8Array) => void;
  readonly #framer = new SapientFramer();
  readonly #session: SapientSession;
  readonly #watches: SapientWatches;
  readonly #alert: (alert: NodeAlert) => void;
  #source: TimedSource | undefined;
  #isMisplaced = false;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  /** `run`: 32 or more hexadecimal digits from which the name is made under which the centre speaks. */
  constructor(options: {
    readonly sources: readonly TimedSource[];
    readonly sink: AirSink;
    readonly answer: (bytes: Uint8Array) => void;
    readonly run: string;
    readonly alert: (alert: NodeAlert) => void;
    readonly tasks: () => readonly CollectionTask[];
  }) {
    this.#sources = options.sources;
    this.#sink = options.sink;
    this.#answer = options.answer;
    this.#session = new SapientSession({
      centreId: uuidOf(options.run),
      refusalOf: (nodeId) => (this.#sourceOf(nodeId) ? undefined : "no node of this mission"),
    });
    this.#alert = options.alert;
    this.#watches = new SapientWatches(this.#session, options.tasks);
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  tick(now: Instant): void {
    for (const event of this.#session.tick(now)) this.#take(event);
  }

  planned(now: Instant): void {
    if (!this.#source) return;
    for (const bytes of this.#watches.due(this.#source.health.description.id, now)) this.#answer(bytes);
  }

  fault(fault: Fault): void {
    (this.#source ?? this.#sources[0])?.health.bad(fault.code);
  }

  message(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const { receivedAt } = this.#place;
    const events = this.#session.receive(bytes.subarray(start, end), receivedAt, offset);
    for (const event of events) this.#take(event);
    const source = this.#source;
    if (!source || events.some(({ kind }) => kind === "fault" || kind === "refused")) return;
    const told = events.find(
      (event) => event.kind === "status" || event.kind === "detection" || event.kind === "alert",
    );
    const own = told?.kind === "detection" ? told.detection.at : told?.at;
    source.health.frame(receivedAt, own === undefined ? undefined : receivedAt - own);
  }

  /** By the id that the node has in the mission; a source without one takes any node. */
  #sourceOf(nodeId: string): TimedSource | undefined {
    const named = this.#sources.find(({ health }) => health.description.node === nodeId);
    return named ?? this.#sources.find(({ health }) => health.description.node === undefined);
  }

  #take(event: SapientEvent): void {
    if (event.kind === "send") this.#answer(event.bytes);
    else if (event.kind === "registered") this.#registered(event.nodeId);
    else if (event.kind === "refused") this.#bad("sapient.refused");
    else if (event.kind === "fault") this.#bad(event.fault.code);
    else if (event.kind === "node-error") this.#bad("sapient.node-error");
    else if (event.kind === "duplicate") this.#source?.health.duplicate();
    else if (event.kind === "status") this.#locate(event.report.node_location);
    else if (event.kind === "detection") this.#detection(event.detection);
    else if (event.kind === "alert") this.#alarm(event.alert, event.at);
    else if (event.kind === "task-unanswered") this.#bad("sapient.task-unanswered");
    else if (event.kind === "task-answered" && REFUSED.has(event.answer.task_status)) this.#bad("sapient.task-refused");
  }

  /** Whatever a node was asked before it came back, it may have forgotten. */
  #registered(nodeId: string): void {
    this.#source = this.#sourceOf(nodeId);
    this.#watches.forget();
    this.planned(this.#place.receivedAt);
  }

  /** A node wants to know that its alert has come; whether anything is to be done about it, officers say. */
  #alarm(alert: SapientAlert, told: Instant): void {
    const source = this.#source;
    if (!source) return;
    const { receivedAt } = this.#place;
    const own = nodeAlertOf(alert, source.health.description, source.clock.instantOf(told, receivedAt), receivedAt);
    if (!own) {
      this.#bad("sapient.alert-without-name");
      return;
    }
    this.#answer(this.#session.acknowledgeAlert(own.name, "accepted", [], receivedAt));
    this.#alert(own);
  }

  #bad(kind: string): void {
    (this.#source ?? this.#sources[0])?.health.bad(kind);
  }

  /** Bearings are laid out from where the mission has the node: one that stands elsewhere would put every target wrong. */
  #locate(location: Parameters<typeof readLocation>[0] | undefined): void {
    const place = location && readLocation(location);
    if (!place || !this.#source) return;
    const told = { lon: place.longitude, lat: place.latitude };
    this.#isMisplaced = distanceBetween(told, this.#source.health.description) > MISPLACED_METRES;
    if (this.#isMisplaced) this.#bad("sapient.node-elsewhere");
  }

  #detection(detection: SapientDetection): void {
    const source = this.#source;
    if (!source) return;
    const at = source.clock.instantOf(detection.at, this.#place.receivedAt);
    if (source.clock.isOff) source.health.bad("sapient.clock-off");
    const { classes, state, position, bearing } = detection;
    if (classes.length > 0 && !classes.some(({ type }) => IN_THE_AIR.test(type))) return;
    if (state !== undefined && LOST.test(state)) return;
    if (position) this.#positioned(detection, position, at, source.health.description);
    else if (bearing && this.#isMisplaced) this.#bad("sapient.bearing-without-place");
    else if (bearing && bearing.north !== "true") this.#bad("sapient.bearing-not-true");
    else if (bearing) this.#directed(detection, bearing, at, source.health.description);
  }

  #positioned(
    detection: SapientDetection,
    position: NonNullable<SapientDetection["position"]>,
    at: Instant,
    source: SourceDescription,
  ): void {
    const { velocity } = detection;
    const told = Math.max(position.eastError ?? 0, position.northError ?? 0);
    const deviation = told > 0 ? told : source.accuracy?.positionMetres;
    this.#sink.plot({
      kind: "position",
      frame: this.#place.sequence,
      source: source.id,
      at,
      lon: position.longitude,
      lat: position.latitude,
      ...(deviation === undefined ? {} : { positionDeviation: deviation }),
      ...(position.height === undefined || position.heightReference === undefined
        ? {}
        : { altitudeMetres: position.height, altitudeReference: position.heightReference }),
      ...(velocity === undefined ? {} : { velocityEast: velocity.east, velocityNorth: velocity.north }),
      ...(velocity?.up === undefined ? {} : { velocityUp: velocity.up }),
      ...identityOf(detection),
    });
  }

  /**
   * A range makes it a radar's plot, and the elevation its height. Without one the target is taken to be low: its place follows
   * from range and bearing, less surely.
   */
  #directed(detection: SapientDetection, bearing: RangeBearing, at: Instant, source: SourceDescription): void {
    const common = {
      frame: this.#place.sequence,
      source: source.id,
      at,
      azimuth: bearing.azimuth,
      ...(bearing.azimuthError === undefined ? {} : { azimuthDeviation: bearing.azimuthError }),
      ...identityOf(detection),
    };
    const { range, rangeError, elevation } = bearing;
    if (range === undefined) {
      this.#sink.plot({ kind: "bearing", ...common });
      return;
    }
    if (elevation === undefined) {
      const across = range * (bearing.azimuthError ?? (source.accuracy?.azimuthDegrees ?? USUAL_DEGREES) * DEGREE);
      const along = Math.hypot(rangeError ?? source.accuracy?.rangeMetres ?? 0, UNKNOWN_ELEVATION_SHARE * range);
      const { azimuth, azimuthDeviation: _deviation, ...rest } = common;
      const place = destinationOf(source, azimuth, range);
      this.#sink.plot({ kind: "position", ...rest, ...place, positionDeviation: Math.max(1, across, along) });
      return;
    }
    this.#sink.plot({
      kind: "polar",
      ...common,
      rangeMetres: range,
      ...(rangeError === undefined ? {} : { rangeDeviation: rangeError }),
      altitudeMetres: source.heightMetres + range * Math.sin(elevation),
      altitudeReference: source.heightReference,
    });
  }
}

function identityOf({ identity }: SapientDetection): { readonly identity?: PlotIdentity } {
  return identity !== undefined && NAME.test(identity) ? { identity: { callsign: identity.toUpperCase() } } : {};
}

/** A UUID of the version that leaves its digits to the maker (RFC 9562, version 8). */
function uuidOf(digits: string): string {
  const hex = `${digits.slice(0, 12)}8${digits.slice(13, 16)}8${digits.slice(17, 32)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
