/**
 * `jmc stations FILE`: a StationXML document → sources as `sources.yaml` has them. Places and responses thereby stand in the mission's
 * files, which both components sign; a document that changes at a server cannot move a station.
 */
import { readFileSync } from "node:fs";
import type { Writable } from "node:stream";
import { createLocalFrame } from "@openjmc/geo";
import {
  bad,
  describeFault,
  type Fault,
  good,
  type Result,
  type SourceDescription,
  type SourceLink,
} from "@openjmc/model";
import { stringify } from "yaml";
import { type PickSite, type PickSites, readSites } from "./pick/sites.ts";

export interface StationsRun {
  readonly file: string;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** `HOST:PORT` of a SeedLink server, or a folder below the inbox into which miniSEED files are laid. */
  readonly seedlink?: string;
  readonly folder?: string;
  readonly operator?: string;
  readonly range?: string;
}

const UNREADABLE = 2;
const RANGE_METRES = 15_000;

/** @returns the exit status: 0, or 2 where the document or an option cannot be read. What cannot be picked is told on stderr. */
export function runStations(run: StationsRun): number {
  const link = linkOf(run);
  const sites = link.ok ? sitesOf(run.file) : link;
  if (!link.ok || !sites.ok) {
    const { fault } = link.ok ? (sites as { readonly fault: Fault }) : link;
    run.stderr.write(`${describeFault(fault)}\n`);
    return UNREADABLE;
  }
  for (const fault of sites.value.faults)
    run.stderr.write(`${describeFault({ ...fault, where: { file: run.file, ...fault.where } })}\n`);
  const sources = sites.value.sites.map((site) => sourceOf(site, sites.value, link.value, run));
  run.stdout.write(stringify({ sources }, { lineWidth: 0 }));
  return 0;
}

function sitesOf(file: string): Result<PickSites> {
  try {
    return readSites(readFileSync(file));
  } catch (error) {
    const cause = (error as Error).message;
    return bad({ code: "file.unreadable", what: "stations", where: { file }, expected: "a StationXML file", cause });
  }
}

function linkOf({ seedlink, folder }: StationsRun): Result<SourceLink> {
  if (folder !== undefined) return good({ kind: "folder", folder });
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(seedlink ?? "") ?? [];
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536)
    return good({ kind: "tcp-client", host, port: Number(port) });
  return bad({
    ...{ code: "option.wrong", what: "jmc stations", where: { field: "--seedlink" } },
    ...{ expected: "HOST:PORT of a SeedLink server, or --folder NAME", got: seedlink ?? "neither" },
  });
}

function sourceOf(site: PickSite, { origin }: PickSites, link: SourceLink, run: StationsRun): SourceDescription {
  const place = new Float64Array(3);
  createLocalFrame("pick", origin).toSurface(site.east, site.north, place);
  const isSound = site.channels.some(({ quantity }) => quantity === "pressure");
  return {
    id: site.id.toLowerCase().replaceAll("_", "-"),
    name: site.name ?? site.id,
    format: link.kind === "folder" ? "miniseed" : "seedlink",
    means: isSound ? "acoustic" : "seismic",
    link,
    waveform: {
      station: site.id,
      channels: site.channels.map(({ id, quantity, scale, east, north }) => ({
        code: id
          .replace(/^FDSN:/, "")
          .split("_")
          .slice(2)
          .join("_"),
        quantity,
        unitsPerCount: Number(scale.toPrecision(9)),
        ...(isSound && site.channels.length > 1 ? { eastMetres: tenth(east), northMetres: tenth(north) } : {}),
      })),
    },
    lon: Number(place[0]!.toFixed(7)),
    lat: Number(place[1]!.toFixed(7)),
    heightMetres: tenth(site.heightMsl),
    heightReference: "msl",
    rangeMetres: Number(run.range ?? RANGE_METRES),
    operator: run.operator ?? "joint",
    marking: "derived-only",
    authentication: "address-only",
  };
}

function tenth(metres: number): number {
  return Math.round(metres * 10) / 10;
}
