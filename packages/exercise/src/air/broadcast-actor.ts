import { encodeRemoteIdLine, packRemoteId, type RemoteIdMessage } from "@openjmc/formats";
import { metresPerDegree } from "@openjmc/geo";
import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { Aircraft } from "./aircraft.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { hearingChance, type Identifier } from "./identifier.ts";
import type { AirReference } from "./squitter.ts";

const PERIOD_SECONDS = 1;
/** What its satellite receiver errs by, one standard deviation of each component, and the bound that it states, metres. */
const DEVIATION = 2.5;
const STATED_METRES = 10;
const HOUR = 3600;
const text = new TextEncoder();
const scale = new Float64Array(2);

/** One unmanned aircraft as one receiver hears its identification. */
export class BroadcastActor implements Actor {
  readonly #aircraft: Aircraft;
  readonly #identifier: Identifier;
  readonly #reference: AirReference;
  readonly #startsAt: Instant;
  readonly #random: Random;
  readonly #state = new Float64Array(STATE_LENGTH);
  #counter = 0;
  nextSeconds: number;

  constructor(
    aircraft: Aircraft,
    identifier: Identifier,
    setting: { readonly startsAt: Instant; readonly reference: AirReference },
    random: Random,
  ) {
    this.#aircraft = aircraft;
    this.#identifier = identifier;
    this.#reference = setting.reference;
    this.#startsAt = setting.startsAt;
    this.#random = random;
    this.nextSeconds = aircraft.path.startSeconds + random.uniform();
  }

  step(put: (item: DueItem) => void): void {
    const seconds = this.nextSeconds;
    const next = seconds + PERIOD_SECONDS;
    this.nextSeconds = next > this.#aircraft.path.endSeconds ? Number.POSITIVE_INFINITY : next;
    this.#counter = (this.#counter + 1) & 0xff;
    const counter = this.#counter;
    if (!this.#aircraft.path.stateAt(seconds, this.#state)) return;
    const ellipsoid = this.#state[2]! + this.#reference.ellipsoidMinusSea;
    const chance = hearingChance(this.#identifier, this.#state[0]!, this.#state[1]!, ellipsoid);
    if (!this.#random.chance(chance)) return;
    const payload = packRemoteId(this.#messages(seconds, ellipsoid));
    const heardAt = instantOf(this.#startsAt, seconds + 0.01);
    const at = instantOf(this.#startsAt, seconds + this.#identifier.latencySeconds);
    const { id } = this.#identifier;
    const transmitter = `02${this.#aircraft.icao.toString(16).padStart(10, "0")}`;
    const heard = { at: heardAt, receiver: id, transmitter, transport: "wifi-beacon" as const, counter, payload };
    put({
      at,
      make: () => ({ kind: "bytes", at, source: id, bytes: text.encode(`${encodeRemoteIdLine(heard)}\n`) }),
    });
  }

  #messages(seconds: number, ellipsoid: number): RemoteIdMessage[] {
    const [lon, lat, height, east, north, up] = this.#state;
    metresPerDegree(lat!, scale);
    const sentAt = instantOf(this.#startsAt, seconds) / 1e6;
    return [
      { kind: "basic-id", idType: "serial-number", aircraftType: "helicopter", id: serialOf(this.#aircraft) },
      {
        kind: "location",
        status: "airborne",
        track: (Math.atan2(east!, north!) + 2 * Math.PI) % (2 * Math.PI),
        groundSpeed: Math.hypot(east!, north!),
        verticalRate: up!,
        longitude: lon! + this.#random.normal(0, DEVIATION) / scale[0]!,
        latitude: lat! + this.#random.normal(0, DEVIATION) / scale[1]!,
        pressureAltitude: height! + this.#reference.pressureMinusSea,
        ellipsoidHeight: ellipsoid,
        heightAboveWhat: "take-off",
        horizontalAccuracy: STATED_METRES,
        speedAccuracy: 1,
        secondsOfHour: (Math.round(sentAt * 10) / 10) % HOUR,
      },
    ];
  }
}

/** A serial number in the form of ANSI/CTA-2063-A with a maker's code of nobody. */
function serialOf({ icao }: Aircraft): string {
  return `QZZZ8${icao.toString(16).toUpperCase().padStart(8, "0")}`;
}
