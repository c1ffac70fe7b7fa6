/** Counters and gauges for Prometheus, for operators: no position, but counts that step when something is seen. */

import type { SourceRow } from "@openjmc/model";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What the gauges are read from at each scrape. */
export interface MetricSources {
  readonly tracksLive: () => number;
  readonly eventsTotal: () => number;
  readonly entriesTotal: () => number;
  readonly sealedSize: () => number;
  readonly sources: () => readonly SourceRow[];
  readonly shedTotal: () => number;
  readonly projectionWaiting: () => number;
  /** Refused requests by the code of the refusal, since start. */
  readonly refusals: () => ReadonlyMap<string, number>;
}

/** Makes the registry; the answer is the text of one scrape. */
export function createMetrics(from: MetricSources): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "jmc_process_" });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge("jmc_tracks_live", "Tracks in the picture", from.tracksLive);
  gauge("jmc_record_size", "Entries in the record", from.entriesTotal);
  gauge("jmc_sealed_size", "Size of the record that the components have cosigned", from.sealedSize);
  gauge("jmc_shed_chunks", "Chunks recorded but not decoded, since start", from.shedTotal);
  gauge("jmc_projection_waiting", "Row changes not yet in the store", from.projectionWaiting);
  const total = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  total("jmc_events_total", "Events located since start", from.eventsTotal);
  total("jmc_entries_total", "Entries in the record", from.entriesTotal);
  new Counter({
    name: "jmc_source_frames_total",
    help: "Frames understood per source",
    labelNames: ["source"],
    registers: [registry],
    collect() {
      this.reset();
      for (const row of from.sources()) this.inc({ source: row.id }, row.framesTotal);
    },
  });
  new Counter({
    name: "jmc_source_bad_frames_total",
    help: "Frames that could not be understood, per source and kind",
    labelNames: ["source", "kind"],
    registers: [registry],
    collect() {
      this.reset();
      for (const row of from.sources())
        for (const [kind, count] of Object.entries(row.badFrames)) this.inc({ source: row.id, kind }, count);
    },
  });
  new Counter({
    name: "jmc_requests_refused_total",
    help: "Refused requests per code, since start",
    labelNames: ["code"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of from.refusals()) this.inc({ code }, count);
    },
  });
  return () => registry.metrics();
}
