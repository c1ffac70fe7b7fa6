import { formatIcao } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import { deniesNavigation, type Jamming, silences, throughput } from "../trouble/jamming.ts";
import { STATE_PERIOD, type TruthRecord } from "../truth/truth-record.ts";
import type { Aircraft } from "./aircraft.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { type Navigation, navigate } from "./navigation.ts";
import { lookAt, type Radar, type RadarLook } from "./radar.ts";
import { COULD_RECEIVE, type Receiver, type Reception, receptionAt } from "./receiver.ts";
import { ReceiverWire } from "./receiver-wire.ts";
import { type AirReference, composeSquitter, pauseAfter, SQUITTERS } from "./squitter.ts";

/** What all aircraft of a scenario share. */
export interface AirSetting {
  readonly startsAt: Instant;
  readonly receivers: readonly Receiver[];
  readonly radars: readonly Radar[];
  readonly reference: AirReference;
  readonly jammings: readonly Jamming[];
}

/** Share of frames that a receiver gets with wrong bits and passes on all the same. */
const BROKEN_SHARE = 0.01;

/** One aircraft in flight: sends its messages, and tells its true state every few seconds. */
export class AircraftActor implements Actor {
  readonly #aircraft: Aircraft;
  readonly #setting: AirSetting;
  readonly #random: Random;
  readonly #wires: readonly ReceiverWire[];
  readonly #receptions: readonly Reception[];
  readonly #lastOutput: Float64Array;
  readonly #next: Float64Array;
  readonly #state = new Float64Array(STATE_LENGTH);
  readonly #navigation: Navigation;
  readonly #look: RadarLook = { range: 0, azimuth: 0, isVisible: false };
  #beat: number;
  #isDenied = false;
  #deniedSince = 0;
  #isOdd = false;
  #isIntroduced = false;
  nextSeconds: number;

  constructor(aircraft: Aircraft, setting: AirSetting, random: Random) {
    this.#aircraft = aircraft;
    this.#setting = setting;
    this.#random = random;
    this.#wires = setting.receivers.map((receiver) => new ReceiverWire(receiver));
    this.#receptions = setting.receivers.map(() => ({ chance: 0, signal: 0, delaySeconds: 0 }));
    this.#lastOutput = new Float64Array(setting.receivers.length).fill(Number.NEGATIVE_INFINITY);
    this.#next = Float64Array.from(SQUITTERS, (kind) => aircraft.path.startSeconds + pauseAfter(kind, random));
    this.#navigation = {
      eastError: 0,
      northError: 0,
      positionAccuracyCategory: 0,
      typeCode: 0,
      velocityAccuracyCategory: 0,
    };
    this.#beat = aircraft.path.startSeconds;
    this.nextSeconds = this.#beat;
  }

  step(put: (item: DueItem) => void): void {
    const seconds = this.nextSeconds;
    if (seconds === this.#beat) this.#observe(seconds, put);
    else this.#send(seconds, put);
    const next = Math.min(this.#beat, ...this.#next);
    this.nextSeconds = next > this.#aircraft.path.endSeconds ? Number.POSITIVE_INFINITY : next;
  }

  /** Every second: how each receiver hears it, and whether satellites are there; every few seconds a line of truth. */
  #observe(seconds: number, put: (item: DueItem) => void): void {
    this.#beat = seconds + 1;
    this.#aircraft.path.stateAt(seconds, this.#state);
    const { receivers, reference, jammings } = this.#setting;
    const { lon, lat, heightMetres } = this.#sendsFrom();
    receivers.forEach((receiver, index) => {
      const reception = this.#receptions[index]!;
      receptionAt(receiver, lon, lat, heightMetres + reference.ellipsoidMinusSea, reception);
      for (const jamming of jammings) reception.chance *= throughput(jamming, receiver.id, seconds);
    });
    const isDenied = jammings.some((jamming) => deniesNavigation(jamming, this.#state[0]!, this.#state[1]!, seconds));
    if (isDenied && !this.#isDenied) this.#deniedSince = seconds;
    this.#isDenied = isDenied;
    navigate(this.#aircraft, seconds, isDenied ? seconds - this.#deniedSince : 0, this.#navigation);
    this.#tell(seconds, put);
  }

  #sendsFrom(): { readonly lon: number; readonly lat: number; readonly heightMetres: number } {
    const [lon, lat, heightMetres] = this.#state;
    return this.#aircraft.emitter ?? { lon: lon!, lat: lat!, heightMetres: heightMetres! };
  }

  #isSeenBy(radar: Radar): boolean {
    const [lon, lat, height] = this.#state;
    lookAt(radar, lon!, lat!, height! + this.#setting.reference.ellipsoidMinusSea, this.#look);
    return this.#look.isVisible && this.#aircraft.emitter === undefined;
  }

  #tell(seconds: number, put: (item: DueItem) => void): void {
    if (!this.#isIntroduced) {
      this.#isIntroduced = true;
      const record = this.#introduction(seconds);
      put({ at: record.at, isLasting: true, make: () => ({ kind: "truth", at: record.at, record }) });
    }
    const isLast = seconds + 1 > this.#aircraft.path.endSeconds;
    if (seconds % STATE_PERIOD === 0 || isLast || seconds === this.#aircraft.path.startSeconds)
      this.#putTruth(this.#sample(seconds), put);
  }

  #putTruth(record: TruthRecord, put: (item: DueItem) => void): void {
    put({ at: record.at, make: () => ({ kind: "truth", at: record.at, record }) });
  }

  #introduction(seconds: number): TruthRecord {
    const { id, role, icao, callsign } = this.#aircraft;
    const at = instantOf(this.#setting.startsAt, seconds);
    return { type: "aircraft", at, aircraft: id, role, icao: formatIcao(icao).toUpperCase(), callsign };
  }

  #sample(seconds: number): TruthRecord {
    const [lon, lat, height, east, north, up] = this.#state;
    const { receivers, radars, jammings, reference, startsAt } = this.#setting;
    const isHeard = (receiver: Receiver, index: number): boolean =>
      this.#receptions[index]!.chance >= COULD_RECEIVE &&
      !jammings.some((jamming) => silences(jamming, receiver.id, seconds));
    return {
      type: "state",
      at: instantOf(startsAt, seconds),
      aircraft: this.#aircraft.id,
      lon: round(lon!, 1e7),
      lat: round(lat!, 1e7),
      heightMetres: round(height!, 10),
      pressureMetres: round(height! + reference.pressureMinusSea, 10),
      velocityEast: round(east!, 100),
      velocityNorth: round(north!, 100),
      velocityUp: round(up!, 100),
      receivableBy: [...receivers.filter(isHeard), ...radars.filter((radar) => this.#isSeenBy(radar))].map(
        ({ id }) => id,
      ),
    };
  }

  #send(seconds: number, put: (item: DueItem) => void): void {
    const index = this.#next.indexOf(seconds);
    const kind = SQUITTERS[index]!;
    this.#next[index] = seconds + pauseAfter(kind, this.#random);
    if (kind === "position") this.#isOdd = !this.#isOdd;
    const { reference, receivers } = this.#setting;
    const message = once(() =>
      composeSquitter(this.#aircraft, kind, this.#isOdd, seconds, this.#navigation, reference),
    );
    for (const [at, receiver] of receivers.entries()) this.#receive(receiver, at, seconds, message, put);
  }

  #receive(
    receiver: Receiver,
    index: number,
    seconds: number,
    message: () => Uint8Array | undefined,
    put: (item: DueItem) => void,
  ): void {
    const random = this.#random;
    const reception = this.#receptions[index]!;
    if (!random.chance(reception.chance)) return;
    const received = seconds + reception.delaySeconds;
    const output = Math.max(
      this.#lastOutput[index]!,
      received + receiver.latencyLeast + random.exponential(receiver.latencyMean),
    );
    this.#lastOutput[index] = output;
    const composed = message();
    const broken = random.chance(BROKEN_SHARE) && composed ? breakBits(composed, random) : composed;
    if (broken === undefined) return;
    const { startsAt } = this.#setting;
    const at = instantOf(startsAt, output);
    put({
      at,
      make: () => {
        const bytes = this.#wires[index]!.write(broken, received, instantOf(startsAt, received), reception.signal);
        return bytes && { kind: "bytes", at, source: receiver.id, bytes };
      },
    });
  }
}

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** One to four wrong bits, as the crowd on the frequency makes them. */
function breakBits(message: Uint8Array, random: Random): Uint8Array {
  const broken = message.slice();
  for (let count = random.integer(1, 4); count > 0; count--) {
    const bit = random.integer(0, broken.length * 8 - 1);
    broken[bit >> 3] = broken[bit >> 3]! ^ (0x80 >> (bit & 7));
  }
  return broken;
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
