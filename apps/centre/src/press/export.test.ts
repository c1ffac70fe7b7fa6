import { emptyDesk } from "@openjmc/desk";
import type { ClaimRow, ClaimStatedBody, EntryMark } from "@openjmc/model";
import { expect, it } from "vitest";
import { csvOfClaims, exportedClaims } from "./export.ts";

const mark = (index: number, component = "A"): EntryMark => ({
  ...{
    index,
    statement: String(index).padStart(64, "0"),
    role: `${component}-1`,
    component,
    claimedAt: 1,
    recordedAt: 1,
  },
});
const facts = [
  { id: "pact", value: "date" as const, about: [] },
  { id: "signatory", value: "person" as const, about: [] },
];
const context = { facts, components: ["A", "B"] };

/** A desk on which both components have settled both facts by one claim each. */
function settled(more: Partial<ClaimStatedBody>) {
  const { press } = emptyDesk();
  const claim = (id: string, body: Partial<ClaimStatedBody>): ClaimRow => ({
    ...{
      id,
      outlet: "paper",
      language: "en",
      publishedAt: 1,
      isPersonal: body.speaker?.isPerson === true,
      mark: mark(7),
    },
    body: {
      ...{ text: "t", fact: "pact", value: "2030-01-09", form: "paraphrase", certainty: "stated", start: 0, end: 4 },
      quote: "=said by N. N.\u202e",
      ...body,
    },
  });
  press.claims.set("c", claim("c", more));
  press.claims.set("d", claim("d", { fact: "signatory", value: "n-n" }));
  for (const component of ["A", "B"])
    for (const [fact, value] of [
      ["pact", "2030-01-09"],
      ["signatory", "n-n"],
    ] as const)
      press.adoptions.set(`${component} ${fact}`, {
        ...{ id: fact, body: { fact, value, reasons: "seen", claims: [] }, mark: mark(8, component) },
      });
  return press;
}

it("gives the components everything, and others neither names nor words of persons", () => {
  const press = settled({ speaker: { name: "N. N.", isPerson: true } });
  const inside = exportedClaims(press, context, true);
  expect(inside.map(({ value, speaker, isPersonal }) => [value, speaker, isPersonal])).toEqual([
    ["2030-01-09", "N. N.", true],
    ["n-n", "", true],
  ]);
  const outside = exportedClaims(press, context, false);
  expect(outside.map(({ value, speaker, quote }) => [value, speaker, quote])).toEqual([
    ["2030-01-09", "", ""],
    ["", "", ""],
  ]);
  expect(JSON.stringify(outside)).not.toMatch(/N\. N\.|n-n/);
});

it("gives others nothing of what is not settled by all", () => {
  const press = settled({});
  press.adoptions.delete("B pact");
  expect(exportedClaims(press, context, false).map(({ fact }) => fact)).toEqual(["signatory"]);
});

it("writes tables in which nothing runs and nothing turns what stands beside it", () => {
  const [, first] = csvOfClaims(exportedClaims(settled({}), context, true)).split("\r\n");
  expect(first).toContain('"\'=said by N. N.[U+202E]"');
});
