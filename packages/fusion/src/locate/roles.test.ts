import { expect, it } from "vitest";
import { FIELD_SIGNATURES } from "./field-models.ts";
import { rolesOf } from "./roles.ts";

it("sums over what is fired and what lands, and leaves the rest undetermined", () => {
  const classes = [
    { what: "mortar", probability: 0.5 },
    { what: "artillery", probability: 0.35 },
    { what: "impact", probability: 0.1 },
    { what: "demolition", probability: 0.03 },
    { what: "undetermined", probability: 0.02 },
  ];
  const { fired, landed } = rolesOf(classes, FIELD_SIGNATURES);
  expect(fired).toBeCloseTo(0.85, 12);
  expect(landed).toBeCloseTo(0.1, 12);
  expect(rolesOf([{ what: "undetermined", probability: 1 }], FIELD_SIGNATURES)).toEqual({ fired: 0, landed: 0 });
});
