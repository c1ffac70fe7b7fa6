import { LineFramer } from "../lines/line-framer.ts";
import type { Fault } from "../result.ts";
import { dataCommand, type SeedLinkCommand, type SeedLinkStation, stationCommands } from "./seedlink-commands.ts";
import { SeedLinkFramer } from "./seedlink-framer.ts";
import type { SeedLinkPacket, SeedLinkSink } from "./seedlink-packet.ts";

/** Receives what a connection gives, and the bytes to be sent on it. */
export interface SeedLinkClientSink extends SeedLinkSink {
  send(bytes: Uint8Array): void;
  /** The handshake is done with these stations; packets follow. */
  streaming(stations: readonly string[], version: 3 | 4): void;
  /** A station that the server does not give, with its words. */
  refused(station: string, reply: string): void;
  /** All that was asked for is sent; the connection may be closed. */
  ended(): void;
  fault(fault: Fault): void;
}

export interface SeedLinkClientOptions {
  readonly stations: readonly SeedLinkStation[];
  /** Newest version to be spoken. Default 4; a server that does not know it is spoken to in version 3. */
  readonly version?: 3 | 4;
  /** Only what the server has by now, then the end: for filling gaps. */
  readonly isRest?: boolean;
  readonly userAgent?: string;
  /** µs without a byte until the server is asked for a sign of life, and until the connection counts as dead. */
  readonly keepAlive?: number;
  readonly deadAfter?: number;
}

export type SeedLinkClientState = "closed" | "handshake" | "streaming" | "ended" | "dead";

const HELLO_LINES = 2;
const LONGEST_LINE = 4096;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/**
 * The client's side of one SeedLink connection, version 3 or 4: bytes come in, packets and bytes to be sent go out. Holds no socket
 * and no clock. After a loss, a new client made with {@link positions} goes on where this one stopped.
 */
export class SeedLinkClient {
  readonly #options: SeedLinkClientOptions;
  readonly #lines = new LineFramer({ name: "seedlink", maximumLength: LONGEST_LINE });
  readonly #framer = new SeedLinkFramer();
  readonly #positions = new Map<string, string>();
  readonly #accepted: string[] = [];
  /** Stations of which this connection gave something. */
  readonly #heard = new Set<string>();
  #queue: SeedLinkCommand[] = [];
  #waiting: SeedLinkCommand | undefined;
  #helloLines: string[] = [];
  #version: 3 | 4 = 3;
  #hasTime = true;
  #state: SeedLinkClientState = "closed";
  #lastHeard = 0;
  #asked = false;
  #offset = 0;

  constructor(options: SeedLinkClientOptions) {
    this.#options = options;
    for (const { id, after } of options.stations) if (after !== undefined) this.#positions.set(id, after);
  }

  get state(): SeedLinkClientState {
    return this.#state;
  }

  get counts(): Readonly<Record<string, number>> {
    return this.#framer.counts;
  }

  /** What to ask a server for after a loss: every station behind the last packet that came of it. */
  positions(): SeedLinkStation[] {
    return this.#options.stations.map((station) => {
      const after = this.#positions.get(station.id);
      return after === undefined ? station : { ...station, after };
    });
  }

  /** The connection stands. @param now µs since 1970. */
  open(now: number, sink: SeedLinkClientSink): void {
    this.#state = "handshake";
    this.#lastHeard = now;
    this.#queue = [{ kind: "hello", text: "HELLO" }];
    this.#sendNext(sink);
  }

  receive(chunk: Uint8Array, now: number, sink: SeedLinkClientSink): void {
    this.#lastHeard = now;
    this.#asked = false;
    let from = 0;
    // Line by line, since packets follow the last reply directly.
    while (this.#state === "handshake" && from < chunk.length) {
      const feed = chunk.indexOf(10, from);
      const next = feed < 0 ? chunk.length : feed + 1;
      this.#lines.push(chunk.subarray(from, next), {
        line: (bytes, start, end) => this.#reply(text.decode(bytes.subarray(start, end)), sink),
        fault: (fault) => sink.fault(fault),
      });
      from = next;
    }
    if (from < chunk.length) this.#framer.push(chunk.subarray(from), this.#framed(sink));
    this.#offset += from;
  }

  /** Time goes by: asks for a sign of life, or gives the connection up (state `dead`; the caller closes it). */
  tick(now: number, sink: SeedLinkClientSink): void {
    if (this.#state !== "handshake" && this.#state !== "streaming") return;
    const silent = now - this.#lastHeard;
    if (silent > (this.#options.deadAfter ?? 90_000_000)) {
      this.#state = "dead";
      sink.fault(fault("server-silent", "a sign of life", `none for ${Math.round(silent / 1e6)} s`));
    } else if (this.#state === "streaming" && !this.#asked && silent > (this.#options.keepAlive ?? 30_000_000)) {
      this.#asked = true;
      this.#send("INFO ID", sink);
    }
  }

  /** The connection is lost or closed. */
  close(sink: SeedLinkClientSink): void {
    if (this.#state === "streaming") this.#framer.end(this.#framed(sink));
    if (this.#state === "handshake")
      sink.fault(fault("handshake-cut", "a reply", `none to ${this.#waiting?.text ?? "HELLO"}`));
    if (this.#state !== "ended") this.#state = "closed";
  }

  #framed(sink: SeedLinkClientSink) {
    return {
      packet: (packet: SeedLinkPacket, bytes: Uint8Array, start: number, end: number, offset: number) => {
        // Answers to INFO belong to no station's sequence.
        if (packet.subformat === "I" || packet.format === "J") return;
        if (!this.#isNew(packet, sink)) return;
        this.#positions.set(packet.station, packet.sequence);
        sink.packet(packet, bytes, start, end, offset + this.#offset);
      },
      ended: () => {
        this.#state = "ended";
        sink.ended();
      },
      fault: (problem: Fault) => sink.fault(problem),
    };
  }

  /**
   * Version 4 demands ever greater numbers, so that one that was had is a repeat. A connection that begins with a lower one
   * is that of a server that began anew. Numbers of version 3 wrap, and are not compared.
   */
  #isNew(packet: SeedLinkPacket, sink: SeedLinkClientSink): boolean {
    const last = this.#positions.get(packet.station);
    const isFirst = !this.#heard.has(packet.station);
    this.#heard.add(packet.station);
    if (packet.version === 3 || last === undefined) return true;
    const step = BigInt(packet.sequence) - BigInt(last);
    if (step < 0n && isFirst) sink.fault(fault("sequence-began-anew", `numbers above ${last}`, packet.sequence));
    return step > 0n || (step < 0n && isFirst);
  }

  #reply(line: string, sink: SeedLinkClientSink): void {
    const command = this.#waiting;
    if (command === undefined) return;
    if (command.kind === "hello") {
      this.#helloLines.push(line);
      if (this.#helloLines.length < HELLO_LINES) return;
      this.#greeted(this.#helloLines[0]!);
    } else if (command.kind === "capabilities") this.#hasTime = /\bTIME\b/.test(line);
    else if (!/^OK\b/.test(line)) this.#refused(command, line, sink);
    else if (command.kind === "data") this.#accepted.push(command.station!.id);
    this.#sendNext(sink);
  }

  #greeted(hello: string): void {
    const newest = this.#options.version ?? 4;
    if (newest === 4 && /\bSLPROTO:4\.\d+/.test(hello)) {
      this.#version = 4;
      this.#queue.push(
        { kind: "protocol", text: "SLPROTO 4.0" },
        { kind: "agent", text: `USERAGENT ${this.#options.userAgent ?? "openjmc/1"}` },
        { kind: "capabilities", text: "GETCAPABILITIES" },
      );
    } else this.#askForStations();
  }

  #askForStations(): void {
    for (const station of this.#options.stations)
      this.#queue.push(...stationCommands(station, this.#version, this.#options.isRest ?? false, this.#hasTime));
    this.#queue.push({ kind: "end", text: "END" });
  }

  /** A refused station is left out; a refused start is tried without its sequence number, since the server may have begun anew, then without its time. */
  #refused(command: SeedLinkCommand, line: string, sink: SeedLinkClientSink): void {
    if (command.kind === "protocol") {
      this.#version = 3;
      this.#queue = [];
      this.#askForStations();
    } else if (command.kind === "station") {
      sink.refused(command.station!.id, line);
      this.#queue = this.#queue.filter(({ station }) => station?.id !== command.station!.id);
    } else if (command.kind === "data" && (command.station!.after ?? command.station!.from) !== undefined) {
      sink.fault(fault("start-refused", command.text, line));
      const { id, streams, from, until, after } = command.station!;
      const plain = { id, ...(streams === undefined ? {} : { streams }) };
      const window = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
      const station = after === undefined ? plain : { ...plain, ...window };
      const again = dataCommand(station, this.#version, this.#options.isRest ?? false, this.#hasTime);
      this.#queue.unshift({ kind: "data", text: again, station });
    } else if (command.kind === "data") sink.refused(command.station!.id, line);
    else if (command.kind === "select") sink.fault(fault("selector-refused", command.text, line));
  }

  #sendNext(sink: SeedLinkClientSink): void {
    if (this.#waiting?.kind === "capabilities") this.#askForStations();
    const command = this.#queue.shift();
    this.#waiting = command;
    if (command === undefined) return;
    if (command.kind === "end" && this.#accepted.length === 0) {
      this.#state = "dead";
      sink.fault(fault("nothing-accepted", "one station at least", "none"));
      return;
    }
    this.#send(command.text, sink);
    if (command.kind !== "end") return;
    this.#state = "streaming";
    sink.streaming(this.#accepted, this.#version);
  }

  #send(command: string, sink: SeedLinkClientSink): void {
    sink.send(utf8.encode(`${command}\r\n`));
  }
}

function fault(code: string, expected: string, got: string): Fault {
  return { code: `seedlink.${code}`, what: "follow a SeedLink connection", expected, got: got.slice(0, 120) };
}
