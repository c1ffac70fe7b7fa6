import { expect, test } from "vitest";
import type { Story } from "../verify/story.ts";
import { judgePage } from "./page.ts";

const [OLD, NEW] = ["a".repeat(64), "b".repeat(64)] as const;
const telling = (...bodies: readonly object[]) =>
  ({ told: bodies.map((body, index) => ({ index, statement: { kind: "centre.started", body } })) }) as Pick<
    Story,
    "told"
  >;

test.each([
  ["no page", undefined, telling({ verifierPageSha256: NEW }), undefined],
  ["no story", NEW, undefined, undefined],
  ["an entry without a page", NEW, telling({ version: "1" }), undefined],
  ["a hash that is none", NEW, telling({ verifierPageSha256: 7 }), undefined],
  ["the page that is named", NEW, telling({ verifierPageSha256: NEW }), "stated"],
  ["one that was named before", OLD, telling({ verifierPageSha256: OLD }, { verifierPageSha256: NEW }), "stated"],
  ["another", OLD, telling({ verifierPageSha256: NEW }), "other"],
])("%s", (_what, sha256, story, wanted) => expect(judgePage(sha256, story)).toBe(wanted));
