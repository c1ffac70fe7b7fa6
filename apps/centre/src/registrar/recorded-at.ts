/**
 * When the keeper took each entry in, by the centre's clock: eight bytes per entry beside the record. It is no part of the
 * record (the record proves order, not this clock) but of its projection; where it is lost, the claimed time stands in.
 */
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { Instant } from "@openjmc/model";

export interface RecordedTimes {
  append(firstIndex: number, times: readonly Instant[]): void;
  read(): Float64Array;
  close(): void;
}

/** Opens or makes the file; a torn last number is cut off. */
export function openRecordedTimes(path: string): RecordedTimes {
  const file = openSync(path, existsSync(path) ? "r+" : "w+");
  const size = fstatSync(file).size;
  if (size % 8 !== 0) ftruncateSync(file, size - (size % 8));
  return {
    append: (firstIndex, times) => {
      const bytes = new Uint8Array(Float64Array.from(times).buffer);
      writeSync(file, bytes, 0, bytes.length, firstIndex * 8);
    },
    read: () => {
      const bytes = new Uint8Array(fstatSync(file).size - (fstatSync(file).size % 8));
      readSync(file, bytes, 0, bytes.length, 0);
      return new Float64Array(bytes.buffer);
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}
