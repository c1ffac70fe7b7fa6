import { civilFromInstant, formatInstant } from "../instant.ts";
import { SEQUENCES_V3 } from "./seedlink-packet.ts";

/** What is wanted of one station. */
export interface SeedLinkStation {
  /** `NET_STA`. */
  readonly id: string;
  /** Streams as version 4 names them, `LOC_B_S_SS` with `*` and `?`; all without. */
  readonly streams?: readonly string[];
  /** Sequence number of the last packet that was had, decimal: goes on behind it. */
  readonly after?: string;
  /** µs since 1970: from when on, where no sequence number is known; and until when, for a gap to be filled. */
  readonly from?: number;
  readonly until?: number;
}

/** One command of the handshake and what it is for. */
export interface SeedLinkCommand {
  readonly kind: "hello" | "protocol" | "agent" | "capabilities" | "station" | "select" | "data" | "end";
  readonly text: string;
  readonly station?: SeedLinkStation;
}

/** The commands that ask for a station. @param isRest only what the server has, then `END` (dial-up). */
export function stationCommands(
  station: SeedLinkStation,
  version: 3 | 4,
  isRest: boolean,
  hasTime: boolean,
): SeedLinkCommand[] {
  const [network = "", code = ""] = station.id.split("_");
  const name = version === 4 ? station.id : `${code} ${network}`;
  const selects = (station.streams ?? []).map((stream) => (version === 4 ? stream : selector3(stream)));
  return [
    { kind: "station", text: `STATION ${name}`, station },
    ...selects.map((text) => ({ kind: "select", text: `SELECT ${text}`, station }) as const),
    { kind: "data", text: dataCommand(station, version, isRest, hasTime), station },
  ];
}

/** Where to begin: behind the last packet, or from a time on; without either, or where the server knows no times, with what comes next. */
export function dataCommand(station: SeedLinkStation, version: 3 | 4, isRest: boolean, hasTime: boolean): string {
  const verb = isRest ? "FETCH" : "DATA";
  const after = station.after === undefined ? undefined : BigInt(station.after) + 1n;
  const window =
    hasTime && station.from !== undefined
      ? [station.from, station.until].filter((instant) => instant !== undefined)
      : [];
  if (version === 4) {
    const times = window.map(formatInstant);
    if (times.length === 0) return after === undefined ? verb : `${verb} ${after}`;
    return [verb, after ?? -1, ...times].join(" ");
  }
  const sequence = after === undefined ? undefined : (after % SEQUENCES_V3).toString(16).toUpperCase().padStart(6, "0");
  const times = window.map(time3);
  if (sequence !== undefined) return [verb, sequence, ...times.slice(0, 1)].join(" ");
  return times.length > 0 && !isRest ? ["TIME", ...times].join(" ") : verb;
}

/** `LOC_B_S_SS` as version 3 writes it, `LLCCC`; wildcards there stand for one character each. */
function selector3(stream: string): string {
  const [location = "", band = "", source = "", subsource = ""] = stream.split("_");
  const one = (code: string) => (code === "*" ? "?" : code.slice(0, 1));
  const where = location === "*" || location === "??" ? "" : location === "" ? "--" : location.padEnd(2, "?");
  return `${where}${one(band)}${one(source)}${one(subsource)}`;
}

/** Whole seconds, as version 3 has them. */
function time3(instant: number): string {
  const { year, month, day, hour, minute, second } = civilFromInstant(instant);
  return [year, month, day, hour, minute, second].join(",");
}
