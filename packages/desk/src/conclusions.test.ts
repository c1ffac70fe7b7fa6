import { expect, it } from "vitest";
import { applyDisclosed } from "./conclusions.ts";
import type { RecordedEntry } from "./entry.ts";
import { emptyDesk } from "./state.ts";

it.each([
  ["a text", "Two bursts.", "Two bursts."],
  ["nothing", undefined, ""],
  ["what no text can be made of", { toString: 1, valueOf: 1 }, '{"toString":1,"valueOf":1}'],
])("a sealed conclusion opens whatever it holds: %s", (_, text, shown) => {
  const state = emptyDesk();
  const sealed = { component: "A", state: "sealed", mark: { statement: "S" } };
  state.incidents.set("I", { id: "I", conclusions: [sealed] } as never);
  state.sealed.set("S", { component: "A", state: "sealed", incident: "I" });
  const opened = { kind: "conclusion.stated", subject: "I", body: { text, language: "en" } };
  const entry = { kind: "disclosed", component: "A", body: { sealed: "S" }, opened } as unknown as RecordedEntry;
  expect(applyDisclosed(state, entry)).toHaveLength(1);
  expect(state.incidents.get("I")!.conclusions).toMatchObject([{ state: "disclosed", text: shown, language: "en" }]);
});
