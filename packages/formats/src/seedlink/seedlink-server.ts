import { LineFramer } from "../lines/line-framer.ts";
import { parseXmlTime } from "../xml/xml-time.ts";
import { HEADER_V3, HEADER_V4, SEQUENCES_V3 } from "./seedlink-packet.ts";
import type { SeedLinkRing, ServedRecord } from "./seedlink-ring.ts";

interface Subscription {
  readonly station: string;
  readonly patterns: RegExp[];
  at: bigint;
  from: number;
  until: number;
  isRest: boolean;
  isReady: boolean;
}

export interface SeedLinkServerOptions {
  readonly ring: SeedLinkRing;
  /** Newest version spoken. Default 4. */
  readonly version?: 3 | 4;
  readonly description?: string;
}

const utf8 = new TextEncoder();
const text = new TextDecoder();

/**
 * The server's side of one SeedLink connection, for exercises and tests: commands come in, replies and packets go out. Written
 * from the protocol's text (FDSN SeedLink 4.0; SeisComP's description of version 3). Holds no socket and no clock.
 */
export class SeedLinkServerSession {
  readonly #options: SeedLinkServerOptions;
  readonly #lines = new LineFramer({ name: "seedlink", maximumLength: 1024 });
  readonly #subscriptions: Subscription[] = [];
  #version: 3 | 4 = 3;
  #isStreaming = false;
  #hasEnded = false;

  constructor(options: SeedLinkServerOptions) {
    this.#options = options;
  }

  get isStreaming(): boolean {
    return this.#isStreaming;
  }

  /** What the client sent; gives what is to be sent back. */
  receive(chunk: Uint8Array): Uint8Array[] {
    const replies: Uint8Array[] = [];
    this.#lines.push(chunk, {
      line: (bytes, start, end) => replies.push(...this.#command(text.decode(bytes.subarray(start, end)).trim())),
      fault: () => replies.push(this.#refuse("ARGUMENTS")),
    });
    return replies;
  }

  /** Packets that are due since the last call. */
  poll(): Uint8Array[] {
    if (!this.#isStreaming || this.#hasEnded) return [];
    const packets = this.#subscriptions.flatMap((subscription) => this.#due(subscription));
    if (this.#subscriptions.every(({ isRest }) => isRest)) {
      this.#hasEnded = true;
      packets.push(utf8.encode("END"));
    }
    return packets;
  }

  #due(subscription: Subscription): Uint8Array[] {
    const records = this.#options.ring.from(subscription.station, subscription.at);
    subscription.at = this.#options.ring.next(subscription.station);
    return records
      .filter(({ stream, startAt, endAt }) => {
        const isWanted =
          subscription.patterns.length === 0 || subscription.patterns.some((pattern) => pattern.test(stream));
        return isWanted && startAt < subscription.until && endAt > subscription.from;
      })
      .filter(({ format }) => this.#version === 4 || format === "2")
      .map((record) => (this.#version === 4 ? packet4(record) : packet3(record)));
  }

  #command(line: string): Uint8Array[] {
    const [verb = "", ...words] = line.split(/\s+/);
    if (verb === "") return [];
    const name = verb.toUpperCase();
    if (name === "INFO") return this.#version === 4 ? [this.#info()] : [];
    if (this.#isStreaming) return [];
    if (name === "HELLO") return [this.#hello()];
    if (name === "END") {
      this.#isStreaming = true;
      return [];
    }
    if (name === "GETCAPABILITIES") return [utf8.encode("SLPROTO:4.0 TIME\r\n")];
    return [this.#modifier(name, words)];
  }

  #hello(): Uint8Array {
    const newest = this.#options.version ?? 4;
    const versions = newest === 4 ? "SLPROTO:4.0 SLPROTO:3.1" : "SLPROTO:3.1";
    return utf8.encode(
      `SeedLink v${newest}.${newest === 4 ? 0 : 1} (exercise) :: ${versions}\r\n${this.#options.description ?? "exercise"}\r\n`,
    );
  }

  #modifier(name: string, words: readonly string[]): Uint8Array {
    if (name === "SLPROTO") {
      if (this.#options.version === 3 || words[0] !== "4.0") return this.#refuse("UNSUPPORTED");
      this.#version = 4;
      return OK;
    }
    if (name === "USERAGENT") return OK;
    if (name === "STATION") return this.#station(words);
    const current = this.#subscriptions.at(-1);
    if (current === undefined) return this.#refuse("UNEXPECTED");
    if (name === "SELECT") {
      current.patterns.push(this.#version === 4 ? pattern4(words[0] ?? "*") : pattern3(words[0] ?? ""));
      return OK;
    }
    return name === "DATA" || name === "FETCH" || name === "TIME"
      ? this.#start(current, name, words)
      : this.#refuse("UNSUPPORTED");
  }

  #station(words: readonly string[]): Uint8Array {
    const station = this.#version === 4 ? (words[0] ?? "") : `${words[1] ?? ""}_${words[0] ?? ""}`;
    if (!this.#options.ring.has(station)) return this.#refuse("ARGUMENTS");
    const open = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY, isRest: false, isReady: false };
    this.#subscriptions.push({ station, patterns: [], at: this.#options.ring.next(station), ...open });
    return OK;
  }

  #start(current: Subscription, name: string, words: readonly string[]): Uint8Array {
    const [sequence, ...times] = name === "TIME" ? ["-1", ...words] : words;
    const next = this.#options.ring.next(current.station);
    const instants = times.map((time) => (this.#version === 4 ? parseXmlTime(time) : parseTime3(time)));
    if (instants.includes(undefined)) return this.#refuse("ARGUMENTS");
    current.isRest = name === "FETCH";
    current.from = instants[0] ?? Number.NEGATIVE_INFINITY;
    current.until = instants[1] ?? Number.POSITIVE_INFINITY;
    const isOpen = sequence === undefined || sequence === "-1";
    if (isOpen) current.at = instants.length > 0 || current.isRest ? 0n : next;
    else {
      const wanted = this.#version === 4 ? BigInt(sequence) : nearest3(BigInt(`0x${sequence}`), next);
      // A number that this server never gave is one of another life: it starts with what comes next.
      current.at = wanted > next ? next : wanted;
    }
    return OK;
  }

  #info(): Uint8Array {
    const payload = utf8.encode(
      JSON.stringify({ software: "exercise", organization: this.#options.description ?? "exercise" }),
    );
    return packet4({ station: "", sequence: 0n, payload }, "JI");
  }

  #refuse(code: string): Uint8Array {
    return utf8.encode(this.#version === 4 ? `ERROR ${code}\r\n` : "ERROR\r\n");
  }
}

const OK = utf8.encode("OK\r\n");

function packet3({ sequence, payload }: ServedRecord): Uint8Array {
  const packet = new Uint8Array(HEADER_V3 + payload.length);
  packet.set(utf8.encode(`SL${(sequence % SEQUENCES_V3).toString(16).toUpperCase().padStart(6, "0")}`));
  packet.set(payload, HEADER_V3);
  return packet;
}

function packet4(
  record: Pick<ServedRecord, "station" | "sequence" | "payload"> & { readonly format?: string },
  codes = `${record.format}D`,
): Uint8Array {
  const station = utf8.encode(record.station);
  const packet = new Uint8Array(HEADER_V4 + station.length + record.payload.length);
  const view = new DataView(packet.buffer);
  packet.set(utf8.encode(`SE${codes}`));
  view.setUint32(4, record.payload.length, true);
  view.setBigUint64(8, record.sequence, true);
  packet[16] = station.length;
  packet.set(station, HEADER_V4);
  packet.set(record.payload, HEADER_V4 + station.length);
  return packet;
}

/** The greatest full number not above the next one that has these 24 bits. */
function nearest3(bits: bigint, next: bigint): bigint {
  const candidate = (next / SEQUENCES_V3) * SEQUENCES_V3 + bits;
  return candidate > next && candidate >= SEQUENCES_V3 ? candidate - SEQUENCES_V3 : candidate;
}

function pattern4(pattern: string): RegExp {
  return wildcard(pattern.split(/[.:]/)[0]!);
}

function pattern3(selector: string): RegExp {
  const codes = selector.split(".")[0]!;
  const [location, channel] = codes.length > 3 ? [codes.slice(0, 2).replaceAll("-", ""), codes.slice(2)] : ["*", codes];
  return wildcard(`${location}_${channel.split("").join("_")}`);
}

function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
}

function parseTime3(time: string): number | undefined {
  const parts = time.split(",").map((part) => part.padStart(2, "0"));
  return parseXmlTime(`${parts.slice(0, 3).join("-")}T${parts.slice(3, 6).join(":")}Z`);
}
