/** One source's state of health, counted from the journal's records alone. */
import type { Instant, SourceDescription, SourceErrors, SourceFootprint, SourceRow, SourceState } from "@openjmc/model";
import { HeldSpans } from "./held-spans.ts";

/** After so many seconds without a message a source is stale, then down. Automatic sources say something at least this often. */
export interface SilenceLimits {
  readonly staleSeconds: number;
  readonly downSeconds: number;
}

export const SILENCE_LIMITS: SilenceLimits = { staleSeconds: 30, downSeconds: 60 };
/** What a camera showed longer ago is not what it shows. */
const FOOTPRINT_LIFE = 30_000_000;
const RATE_WINDOW_SECONDS = 10;
const LAGS_REMEMBERED = 64;
const NOISE_SHARE = 0.1;
/** Formats without a sign of life of their own. */
const QUIET_FORMATS: ReadonlySet<SourceDescription["format"]> = new Set(["remote-id", "cot", "cues"]);

export class SourceHealth {
  readonly description: SourceDescription;
  #connections = 0;
  #everConnected = false;
  #frames = 0;
  #bytes = 0;
  #duplicates = 0;
  #shed = 0;
  #lastMessageAt: Instant | undefined;
  #jammedUntil: Instant = Number.NEGATIVE_INFINITY;
  #footprint: SourceFootprint | undefined;
  #isFootprintNew = false;
  #errors: SourceErrors | undefined;
  #noise: number | undefined;
  /** What its files hold; only where it comes in files. */
  readonly held = new HeldSpans();
  readonly #bad: Record<string, number> = {};
  readonly #lags: number[] = [];
  /** Frames per second of the last seconds, by second modulo the window. */
  readonly #window = new Float64Array(RATE_WINDOW_SECONDS);
  #windowSecond = 0;

  constructor(description: SourceDescription) {
    this.description = description;
  }

  connected(): void {
    this.#connections += 1;
    this.#everConnected = true;
  }

  disconnected(): void {
    this.#connections = Math.max(0, this.#connections - 1);
  }

  /** A frame that was understood; `lag` is receivedAt minus its own time, where it carries one. */
  frame(receivedAt: Instant, lag?: number): void {
    this.#frames += 1;
    this.#lastMessageAt = receivedAt;
    this.#moveWindow(receivedAt);
    this.#window[this.#windowSecond % RATE_WINDOW_SECONDS]! += 1;
    if (lag === undefined) return;
    this.#lags.push(lag);
    if (this.#lags.length > LAGS_REMEMBERED) this.#lags.shift();
  }

  /** Ambient level, smoothed over the last ten or so. */
  noise(decibels: number): void {
    if (!Number.isFinite(decibels)) return;
    this.#noise = this.#noise === undefined ? decibels : this.#noise + NOISE_SHARE * (decibels - this.#noise);
  }

  /** What may be a frame, though nothing proves it: noise that looks like one is no sign that the source is well. */
  unproven(): void {
    this.#frames += 1;
  }

  bytes(count: number): void {
    this.#bytes += count;
  }

  bad(kind: string): void {
    this.#bad[kind] = (this.#bad[kind] ?? 0) + 1;
  }

  duplicate(): void {
    this.#duplicates += 1;
  }

  shed(): void {
    this.#shed += 1;
  }

  /** Says that the source is being jammed, until `until` unless said again. */
  jammed(until: Instant): void {
    this.#jammedUntil = Math.max(this.#jammedUntil, until);
  }

  /** How far it has been found to be off. */
  isOffBy(errors: SourceErrors): void {
    this.#errors = errors;
  }

  /** The ground that its camera shows now. */
  shows(footprint: SourceFootprint): void {
    this.#footprint = footprint;
    this.#isFootprintNew = true;
  }

  /** Whether it has shown other ground since this was last asked. */
  takeShown(): boolean {
    const isNew = this.#isFootprintNew;
    this.#isFootprintNew = false;
    return isNew;
  }

  state(now: Instant): SourceState {
    if (this.description.link.kind === "people") return "live";
    if (this.#isQuietByNature && this.#connections > 0) return "live";
    // Files come when somebody brings them: between them nothing is amiss.
    if (this.description.link.kind === "folder") return this.#lastMessageAt === undefined ? "never-heard" : "live";
    if (this.#lastMessageAt === undefined)
      return this.#everConnected && this.#connections > 0 ? "stale" : "never-heard";
    if (this.#jammedUntil > now) return "jammed";
    const silentSeconds = (now - this.#lastMessageAt) / 1_000_000;
    if (silentSeconds > SILENCE_LIMITS.downSeconds) return "down";
    return silentSeconds > SILENCE_LIMITS.staleSeconds ? "stale" : "live";
  }

  /** Over a connection that stands, some sensors rightly say nothing for as long as nothing is there. */
  get #isQuietByNature(): boolean {
    const { format, link } = this.description;
    return QUIET_FORMATS.has(format) && link.kind !== "udp";
  }

  row(now: Instant): SourceRow {
    this.#moveWindow(now);
    const lags = [...this.#lags].sort((a, b) => a - b);
    return {
      ...this.description,
      state: this.state(now),
      connected: this.#connections > 0,
      ...(this.#lastMessageAt === undefined ? {} : { lastMessageAt: this.#lastMessageAt }),
      framesTotal: this.#frames,
      bytesTotal: this.#bytes,
      ratePerSecond: this.#window.reduce((sum, count) => sum + count, 0) / RATE_WINDOW_SECONDS,
      ...(lags.length === 0 ? {} : { lagMicroseconds: lags[lags.length >> 1]! }),
      duplicatesTotal: this.#duplicates,
      shedTotal: this.#shed,
      badFrames: { ...this.#bad },
      ...(this.#noise === undefined ? {} : { noiseDecibels: Math.round(this.#noise * 10) / 10 }),
      ...(this.#footprint && now - this.#footprint.at < FOOTPRINT_LIFE ? { footprint: this.#footprint } : {}),
      ...(this.#errors === undefined ? {} : { errors: this.#errors }),
    };
  }

  #moveWindow(now: Instant): void {
    const second = Math.floor(now / 1_000_000);
    const steps = Math.min(RATE_WINDOW_SECONDS, second - this.#windowSecond);
    for (let step = 1; step <= steps; step++) this.#window[(this.#windowSecond + step) % RATE_WINDOW_SECONDS] = 0;
    if (steps > 0) this.#windowSecond = second;
  }
}
