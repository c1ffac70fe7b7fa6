import fc from "fast-check";
import { expect, it } from "vitest";
import { FIELD_MODELS } from "../locate/field-models.ts";
import { hearingReach } from "./hearing-reach.ts";

const air = FIELD_MODELS.phases.A!;
const reach = (noiseDecibels: number, windEast = 0, windNorth = 0, farthest = 40_000) =>
  hearingReach({ noiseDecibels, windEast, windNorth, air, signatures: FIELD_MODELS.signatures, farthest });

it("is nearer in more noise, never beyond what is vouched for, and farther for what is louder", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 30, max: 110, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: -12, max: 12, noNaN: true }),
      fc.double({ min: -12, max: 12, noNaN: true }),
      (noise, more, east, north) => {
        const [quiet, loud] = [reach(noise, east, north), reach(noise + more, east, north)];
        quiet.forEach(({ metres }, kind) => {
          metres.forEach((distance, direction) => {
            expect(distance).toBeLessThanOrEqual(40_000);
            expect(loud[kind]!.metres[direction]!).toBeLessThanOrEqual(distance + 1);
          });
        });
        const [mortar, demolition] = ["mortar", "demolition"].map((name) => quiet.find(({ what }) => what === name)!);
        mortar!.metres.forEach((distance, direction) => {
          expect(distance).toBeLessThanOrEqual(demolition!.metres[direction]! + 1);
        });
      },
    ),
  );
});

it("is short towards where the wind blows, since what lies there must be heard against it", () => {
  const [mortar] = reach(75, 8, 0);
  const [north, east, west] = [mortar!.metres[0]!, mortar!.metres[2]!, mortar!.metres[6]!];
  expect(east).toBeLessThan(0.8 * west);
  expect(Math.abs(north - west)).toBeLessThanOrEqual(1);
});

it("loses exactly what the locator's model says, for all but the quietest of a kind", () => {
  const { level, levelSpread } = FIELD_MODELS.signatures[0]!;
  const [mortar] = reach(80);
  const kilometres = mortar!.metres[0]! / 1000;
  const loss = air.lossPerDecade * Math.log10(kilometres) + air.lossPerKilometre * (kilometres - 1);
  expect(level.A! - levelSpread - loss).toBeCloseTo(80 + 18, 1);
});
