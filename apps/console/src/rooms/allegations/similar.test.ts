import { type AllegationRow, formatInstant } from "@openjmc/model";
import { expect, it } from "vitest";
import { similarTo } from "./similar.ts";

const NOON = Date.UTC(2030, 0, 10, 12) * 1000;
let index = 0;
const row = (hours: number, more: Partial<AllegationRow["body"]> = {}): AllegationRow =>
  ({
    ...{ id: `id${index}`, mark: { index: index++ } },
    body: {
      ...{ accused: "Q", occurredAt: formatInstant(NOON + hours * 3_600_000_000) },
      ...{ place: { lon: "46.5000000", lat: "39.5000000", uncertaintyMetres: 500 } },
      ...more,
    },
  }) as AllegationRow;

it("finds what may be the same told again: earlier, near in time and place, against the same side", () => {
  const place = (lat: string) => ({ lon: "46.5000000", lat, uncertaintyMetres: 500 });
  const { place: _none, ...placeless } = row(0).body;
  const rows = [
    row(2),
    row(-1),
    row(5),
    row(0, { place: place("39.5300000") }),
    row(0, { place: place("39.6000000") }),
    row(0, { accused: "P" }),
    { ...row(0), body: placeless },
    { ...row(0), duplicateOf: {} as never },
  ];
  const own = row(0);
  const later = row(0);
  expect(similarTo(own, [...rows, own, later])).toEqual([rows[3], rows[6], rows[1], rows[0]]);
  const { occurredAt: _when, ...timeless } = own.body;
  expect(similarTo({ ...own, body: timeless }, rows)).toEqual([]);
});
