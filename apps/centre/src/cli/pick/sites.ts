/** Stations of a StationXML document → what a picker is told of their channels, and where they stand. */
import { countsPerUnit, decodeStationXml, type StationChannel } from "@openjmc/formats";
import type { PickerChannel } from "@openjmc/fusion";
import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import { bad, type Fault, good, type LonLat, type Result } from "@openjmc/model";

export interface PickSite {
  /** `NET_STA`. */
  readonly id: string;
  readonly channels: readonly PickerChannel[];
  /** Metres in the frame of all stations. */
  readonly east: number;
  readonly north: number;
  /** As the document names it, where it does, and metres above the sea of its sensors. */
  readonly name?: string;
  readonly heightMsl: number;
}

export interface PickSites {
  readonly sites: readonly PickSite[];
  readonly origin: LonLat;
  /** Channels that cannot be picked, and why. */
  readonly faults: readonly Fault[];
}

/** Frequency at which counts are turned into units. */
const MIDDLE: Readonly<Record<PickerChannel["quantity"], number>> = {
  pressure: 15,
  "vertical-velocity": 8,
  "horizontal-velocity": 8,
};

/** Reads sites. Errors: those of StationXML, and `sites.empty` where no channel can be picked. */
export function readSites(bytes: Uint8Array): Result<PickSites> {
  const document = decodeStationXml(bytes);
  if (!document.ok) return bad(document.fault);
  const faults: Fault[] = [...document.value.faults];
  const stations = new Map<string, Map<string, StationChannel>>();
  for (const channel of document.value.channels) {
    const id = stationOf(channel.sourceId);
    const known = stations.get(id) ?? new Map<string, StationChannel>();
    stations.set(id, known);
    // Of several epochs of one channel the latest counts.
    const before = known.get(channel.sourceId);
    if (before === undefined || (channel.startAt ?? 0) >= (before.startAt ?? 0)) known.set(channel.sourceId, channel);
  }
  const all = [...stations.values()].flatMap((channels) => [...channels.values()]);
  if (all.length === 0)
    return bad({ code: "sites.empty", what: "stations", expected: "a channel with a place", got: "none" });
  const origin = middleOf(all);
  const frame = createLocalFrame("pick", origin);
  const sites = [...stations].flatMap(([id, channels]) => siteOf(id, [...channels.values()], frame, faults) ?? []);
  if (sites.length === 0)
    return bad({
      code: "sites.empty",
      what: "stations",
      expected: "a channel of pressure or velocity with a sensitivity",
      got: `${all.length} others`,
    });
  return good({ sites, origin, faults });
}

/** `NET_STA` of a source identifier. */
export function stationOf(sourceId: string): string {
  return sourceId
    .replace(/^FDSN:/, "")
    .split("_")
    .slice(0, 2)
    .join("_");
}

function siteOf(
  id: string,
  channels: readonly StationChannel[],
  frame: LocalFrame,
  faults: Fault[],
): PickSite | undefined {
  const middle = placeOf(middleOf(channels), frame);
  const read = channels.flatMap((channel) => channelOf(channel, middle, frame, faults) ?? []);
  if (read.length === 0) return undefined;
  const heightMsl = channels.reduce((sum, { elevationMsl, depth }) => sum + elevationMsl - depth, 0) / channels.length;
  const name = channels.find(({ siteName }) => siteName !== undefined)?.siteName;
  return { id, channels: read, east: middle[0], north: middle[1], heightMsl, ...(name === undefined ? {} : { name }) };
}

function channelOf(
  channel: StationChannel,
  middle: readonly [number, number],
  frame: LocalFrame,
  faults: Fault[],
): PickerChannel | undefined {
  const quantity = quantityOf(channel);
  const counts = quantity && countsPerUnit(channel, MIDDLE[quantity]);
  if (quantity === undefined || counts === undefined || !(counts > 0)) {
    faults.push({
      code: "sites.not-picked",
      what: "channel",
      where: { field: channel.sourceId },
      expected: "pressure or velocity, with a sensitivity",
      got: channel.sensitivity?.inputUnits ?? "no sensitivity",
    });
    return undefined;
  }
  const [east, north] = placeOf({ lon: channel.longitude, lat: channel.latitude }, frame);
  return { id: channel.sourceId, quantity, scale: 1 / counts, east: east - middle[0], north: north - middle[1] };
}

/** Nearer to upright than to level is vertical; a channel that does not say is taken by its code. */
function quantityOf({ sensitivity, dip, sourceId }: StationChannel): PickerChannel["quantity"] | undefined {
  if (sensitivity?.quantity === "pressure") return "pressure";
  if (sensitivity?.quantity !== "velocity") return undefined;
  const isVertical = dip === undefined ? sourceId.endsWith("_Z") : Math.abs(dip) > Math.PI / 4;
  return isVertical ? "vertical-velocity" : "horizontal-velocity";
}

function middleOf(channels: readonly StationChannel[]): LonLat {
  const mean = (of: (channel: StationChannel) => number) =>
    channels.reduce((sum, channel) => sum + of(channel), 0) / channels.length;
  return { lon: mean(({ longitude }) => longitude), lat: mean(({ latitude }) => latitude) };
}

function placeOf({ lon, lat }: LonLat, frame: LocalFrame): [number, number] {
  const local = new Float64Array(3);
  frame.toLocal(lon, lat, 0, local);
  return [local[0]!, local[1]!];
}
