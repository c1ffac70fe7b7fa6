/** Lines of stations that share a link, over TCP or MQTT or in a file: framed, decoded, each to its station's state of health. */
import { type Fault, LineFramer, type LineSink, type Result } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";

/** A time further ahead of the centre's clock than this, or older than an hour, is a clock gone wrong: counted, not used. */
const MOST_AHEAD_MICROSECONDS = 5_000_000;
const MOST_BEHIND_MICROSECONDS = 3_600_000_000;

export interface StationLinesOptions<Message extends { readonly station: string; readonly at: Instant }> {
  /** First part of the codes of bad lines. */
  readonly name: string;
  readonly longestLine: number;
  readonly decode: (line: string) => Result<Message>;
  /** Whose bad lines are counted when no station can be named. */
  readonly link: SourceHealth;
  readonly stationOf: (id: string) => SourceHealth | undefined;
  /** Scenario seconds per wall second. */
  readonly speed: number;
  /** How far ahead of the centre's clock a line may rightly speak: forecasts do. */
  readonly aheadMicroseconds?: number;
  readonly take: (message: Message, health: SourceHealth, place: ChunkPlace) => void;
}

export class StationLines<Message extends { readonly station: string; readonly at: Instant }>
  implements ConnectionDecoder, LineSink
{
  readonly #options: StationLinesOptions<Message>;
  readonly #framer: LineFramer;
  readonly #decoder = new TextDecoder();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: StationLinesOptions<Message>) {
    this.#options = options;
    this.#framer = new LineFramer({ maximumLength: options.longestLine, name: options.name });
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  fault(fault: Fault): void {
    this.#options.link.bad(fault.code);
  }

  line(bytes: Uint8Array, start: number, end: number): void {
    if (end === start) return;
    const { decode, link, stationOf, name, take } = this.#options;
    const read = decode(this.#decoder.decode(bytes.subarray(start, end)));
    if (!read.ok) {
      link.bad(read.fault.code);
      return;
    }
    const health = stationOf(read.value.station);
    if (!health) {
      link.bad(`${name}.unknown-station`);
      return;
    }
    if (this.#isInTime(read.value.at, health)) take(read.value, health, this.#place);
  }

  #isInTime(at: Instant, health: SourceHealth): boolean {
    const { name, speed, aheadMicroseconds = MOST_AHEAD_MICROSECONDS * speed } = this.#options;
    const { receivedAt } = this.#place;
    const lag = receivedAt - at;
    if (lag < -aheadMicroseconds || lag > MOST_BEHIND_MICROSECONDS) {
      health.bad(lag < 0 ? `${name}.clock-ahead` : `${name}.clock-behind`);
      return false;
    }
    health.frame(receivedAt, this.#options.aheadMicroseconds === undefined ? lag : undefined);
    return true;
  }
}
