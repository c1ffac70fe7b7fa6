/** The engine's state as plain data, so that a centre that starts again goes on exactly where it was. */
import type { ArrivalsSnapshot, ChannelSnapshot } from "./arrivals.ts";
import { deriveArrival } from "./derive.ts";
import type { PlaneArrival, PlaneLocator } from "./engine.ts";
import type { MediumSnapshot } from "./medium.ts";
import { plainNumbers, realNumbers } from "./plain.ts";
import { PlaneEvent, type PlaneEventSnapshot } from "./plane-event.ts";
import type { Site } from "./sites.ts";
import type { StationTermsSnapshot } from "./station-terms.ts";

/** Numbers that may be missing are null. */
export interface EngineSnapshot {
  readonly now: number | null;
  readonly tick: number | null;
  readonly weatherAt: number | null;
  readonly nextKey: number;
  readonly swept: number;
  /** First arrival that has not had an early look. */
  readonly looked: number;
  readonly tried: readonly number[];
  readonly usedFrames: readonly (readonly [number, number])[];
  readonly arrivals: ArrivalsSnapshot;
  readonly channels: readonly ChannelSnapshot[];
  readonly medium: MediumSnapshot;
  readonly terms: StationTermsSnapshot;
  readonly fit: readonly [misfit: number, freedom: number];
  readonly sites: readonly Site[];
  readonly events: readonly (PlaneEventSnapshot & { readonly site: number })[];
  readonly queue: readonly (readonly (number | null)[])[];
  readonly logEventDensity: number;
}

/** Everything that the engine holds. */
export function saveEngine(engine: PlaneLocator): EngineSnapshot {
  const { field, sweep } = engine;
  return {
    now: Number.isFinite(field.now) ? field.now : null,
    tick: Number.isFinite(engine.tick) ? engine.tick : null,
    weatherAt: Number.isFinite(engine.weatherAt) ? engine.weatherAt : null,
    nextKey: field.nextKey,
    swept: sweep.next,
    looked: engine.looked,
    tried: [...engine.rebuilder.tried],
    usedFrames: [...field.usedFrames],
    arrivals: field.arrivals.snapshot(),
    channels: field.network.channels.map((channel) => channel.snapshot()),
    medium: field.medium.snapshot(),
    terms: field.terms.snapshot(),
    fit: [field.fit.misfit, field.fit.freedom],
    sites: field.sites.sites.map((site) => ({ ...site })),
    events: [...field.events.values(), ...field.gone].map((event) => ({
      ...event.snapshot(),
      site: field.sites.indexOf(event),
    })),
    queue: engine.queue.map(writeArrival),
    logEventDensity: field.refiner.logEventDensity,
  };
}

/** Puts a snapshot into a fresh engine with the same stations. */
export function restoreEngine(engine: PlaneLocator, saved: EngineSnapshot): void {
  const { field, sweep } = engine;
  field.now = saved.now ?? Number.NEGATIVE_INFINITY;
  engine.tick = saved.tick ?? Number.NEGATIVE_INFINITY;
  engine.weatherAt = saved.weatherAt ?? Number.NEGATIVE_INFINITY;
  field.nextKey = saved.nextKey;
  sweep.next = saved.swept;
  engine.looked = saved.looked;
  for (const mark of saved.tried) engine.rebuilder.tried.add(mark);
  for (const [frame, time] of saved.usedFrames) field.usedFrames.set(frame, time);
  field.arrivals.restore(saved.arrivals);
  for (let number = field.arrivals.first; number < field.arrivals.next; number++)
    deriveArrival(field.arrivals, number, field.network, field.evidence);
  saved.channels.forEach((channel, index) => {
    field.network.restoreChannel(index, channel);
  });
  field.terms.restore(saved.terms);
  field.medium.restore(saved.medium);
  [field.fit.misfit, field.fit.freedom] = saved.fit;
  field.refiner.logEventDensity = saved.logEventDensity;
  const events = saved.events.map((each) => [restoreEvent(engine, each), each.site] as const);
  field.sites.restore(
    saved.sites,
    events.filter(([, site]) => site >= 0),
  );
  engine.queue = saved.queue.map(readArrival);
}

function restoreEvent(engine: PlaneLocator, saved: PlaneEventSnapshot): PlaneEvent {
  const { field } = engine;
  const event = new PlaneEvent(saved.key, saved.firstFrame, field.network.channels.length, field.evidence);
  event.restore(saved);
  field.predict(event);
  if (event.status === "live" || event.status === "settled") field.events.set(event.key, event);
  else field.gone.push(event);
  return event;
}

function writeArrival(arrival: PlaneArrival): (number | null)[] {
  const { frame, station, phase, time, timeError, clockError, amplitude, frequency, backAzimuth, bearingError } =
    arrival;
  return plainNumbers([
    frame,
    station,
    phase,
    time,
    timeError,
    clockError,
    amplitude,
    frequency,
    backAzimuth,
    bearingError,
  ]);
}

function readArrival(saved: readonly (number | null)[]): PlaneArrival {
  const [frame, station, phase, time, timeError, clockError, amplitude, frequency, backAzimuth, bearingError] =
    realNumbers(saved);
  return {
    frame: frame!,
    station: station!,
    phase: phase!,
    time: time!,
    timeError: timeError!,
    clockError: clockError!,
    amplitude: amplitude!,
    frequency: frequency!,
    backAzimuth: backAzimuth!,
    bearingError: bearingError!,
  };
}
