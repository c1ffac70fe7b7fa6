/** What an update of the largest picture costs before it is drawn: ten thousand objects that have all moved. */
import { encodePicture, type PictureObject } from "@openjmc/model";
import { PictureStore } from "./store.ts";

const OBJECTS = 10_000;

function message(step: number): Uint8Array {
  const objects = Array.from(
    { length: OBJECTS },
    (_, number): PictureObject => ({
      id: (number * 2_654_435_761).toString(16).padStart(32, "7").slice(-32),
      status: "confirmed",
      lon: 40 + (number % 100) / 50 + step / 1000,
      lat: 40 + number / 5000,
      altitudeMetres: 1000 + (number % 90) * 100,
      onGround: false,
      suspicious: false,
      insideWatchedZone: false,
      velocityEast: 100,
      velocityNorth: 50,
      velocityUp: 0,
      semiMajorMetres: 40,
      semiMinorMetres: 30,
      ellipseAzimuth: 1,
      existence: 1,
      at: 1e15 + step * 250_000,
      label: `AB${number}`,
      sourceCount: 2,
    }),
  );
  return encodePicture({ kind: "update", at: 1e15 + step, objects });
}

/** Milliseconds per update, median and longest of `updates`. */
export function measurePictureStore(updates = 200): { readonly median: number; readonly longest: number } {
  const messages = Array.from({ length: 8 }, (_, step) => message(step));
  const store = new PictureStore({ lon: 41, lat: 41 });
  const spent: number[] = [];
  for (let update = 0; update < updates; update++) {
    const began = performance.now();
    store.apply(messages[update % messages.length]!);
    spent.push(performance.now() - began);
  }
  spent.sort((left, right) => left - right);
  return { median: spent[Math.floor(updates / 2)]!, longest: spent.at(-1)! };
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(measurePictureStore()));
