/** The view as the address holds it: two officers who exchange a link look at the same thing. */
import { type AirTarget, formatInstant, type Instant, parseInstant } from "@openjmc/model";

export const ROOMS = [
  "common",
  "incidents",
  "sightings",
  "allegations",
  "press",
  "desk",
  "sources",
  "collection",
  "agreement",
  "record",
  "reports",
  "duty",
  "watch",
  "mission",
] as const;
export type RoomName = (typeof ROOMS)[number];

export const LAYERS = ["tracks", "trails", "labels", "events", "zones", "sources", "coverage", "places"] as const;
export type LayerName = (typeof LAYERS)[number];

export const SELECTABLE = [
  "track",
  "event",
  "alert",
  "source",
  "sighting",
  "allegation",
  "cue",
  "zone",
  "finding",
  "incident",
] as const;
export type SelectableKind = (typeof SELECTABLE)[number];

export interface Selection {
  readonly kind: SelectableKind;
  readonly id: string;
}

/** `live` follows the centre's clock; `replay` runs from `at` at `rate`; `fixed` stands still at `at`. */
export type ClockSetting =
  | { readonly mode: "live" }
  | { readonly mode: "replay"; readonly at: Instant; readonly rate: number }
  | { readonly mode: "fixed"; readonly at: Instant };

/** What a past time means: what the centre knew then, or what had happened by then as known today. */
export type TimeBasis = "known" | "happened";

/** How well the air is watched, at an altitude above the ground, for a target that is silent or one that broadcasts. */
export interface AirSetting {
  readonly altitudeMetres: number;
  readonly target: AirTarget;
}

/** West, south, east, north in degrees. */
export type ViewBox = readonly [number, number, number, number];

export interface ViewState {
  readonly room: RoomName;
  /** The room's own open item: an incident, an entry's index, an agreement tab. */
  readonly item?: string;
  readonly clock: ClockSetting;
  readonly basis: TimeBasis;
  readonly box?: ViewBox;
  readonly hidden: readonly LayerName[];
  readonly selection?: Selection;
  /** In the place of circles of range. */
  readonly air?: AirSetting;
  readonly filter: string;
}

export const FIRST_VIEW: ViewState = {
  room: "common",
  clock: { mode: "live" },
  basis: "known",
  hidden: [],
  filter: "",
};

/** Reads a query string; what it does not understand falls back to the first view's value. */
export function parseView(query: string): ViewState {
  const search = new URLSearchParams(query);
  const room = ROOMS.find((name) => name === search.get("room"));
  const hidden = (search.get("hide") ?? "").split(",");
  return {
    room: room ?? FIRST_VIEW.room,
    clock: parseClock(search.get("t"), search.get("rate")),
    basis: search.get("basis") === "happened" ? "happened" : "known",
    hidden: LAYERS.filter((layer) => hidden.includes(layer)),
    filter: search.get("q") ?? "",
    ...optional("item", search.get("item") ?? undefined),
    ...optional("box", parseBox(search.get("box"))),
    ...optional("selection", parseSelection(search.get("sel"))),
    ...optional("air", parseAir(search.get("air"))),
  };
}

/** Writes a view as a query string, without what stands at its first value. */
export function formatView(view: ViewState): string {
  const search = new URLSearchParams();
  if (view.room !== FIRST_VIEW.room) search.set("room", view.room);
  if (view.item !== undefined) search.set("item", view.item);
  if (view.clock.mode !== "live") search.set("t", shortInstant(view.clock.at));
  if (view.clock.mode === "replay") search.set("rate", String(view.clock.rate));
  if (view.basis === "happened") search.set("basis", "happened");
  if (view.box !== undefined) search.set("box", view.box.map((degrees) => Number(degrees.toFixed(4))).join(","));
  if (view.hidden.length > 0) search.set("hide", view.hidden.join(","));
  if (view.selection !== undefined) search.set("sel", `${view.selection.kind}:${view.selection.id}`);
  if (view.air !== undefined) search.set("air", formatAir(view.air));
  if (view.filter !== "") search.set("q", view.filter);
  const text = search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** An instant as people paste it: without a fraction that is zero. */
export function shortInstant(at: Instant): string {
  return formatInstant(at).replace(/\.?0*Z$/, "Z");
}

function parseClock(time: string | null, rate: string | null): ClockSetting {
  const at = parseInstant(time ?? "");
  if (!at.ok) return { mode: "live" };
  const speed = Number(rate);
  return Number.isFinite(speed) && speed > 0
    ? { mode: "replay", at: at.value, rate: Math.min(speed, 600) }
    : { mode: "fixed", at: at.value };
}

function parseBox(text: string | null): ViewBox | undefined {
  const numbers = (text ?? "").split(",").map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || text === "") return undefined;
  const sane = Math.abs(south!) <= 90 && Math.abs(north!) <= 90 && west! < east! && south! < north!;
  return sane ? [west!, south!, east!, north!] : undefined;
}

/** `300` for a silent target 300 m above the ground, `300b` for one that broadcasts. */
export function formatAir({ altitudeMetres, target }: AirSetting): string {
  return `${altitudeMetres}${target === "broadcasting" ? "b" : ""}`;
}

export function parseAir(text: string | null): AirSetting | undefined {
  const match = /^(\d{1,5})(b?)$/.exec(text ?? "");
  if (match === null) return undefined;
  return { altitudeMetres: Number(match[1]), target: match[2] === "b" ? "broadcasting" : "silent" };
}

function parseSelection(text: string | null): Selection | undefined {
  const colon = (text ?? "").indexOf(":");
  if (text === null || colon < 0) return undefined;
  const kind = SELECTABLE.find((name) => name === text.slice(0, colon));
  const id = text.slice(colon + 1);
  return kind === undefined || id === "" ? undefined : { kind, id };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
