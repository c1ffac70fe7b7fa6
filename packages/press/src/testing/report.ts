/** Prints how well every set of a mission's texts is read, by language: `node packages/press/src/testing/report.ts [mission]`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../read-text.ts";
import { PRESS_LANGUAGES } from "../text.ts";
import { type Mark, type MarkedText, readGazetteer, readMarkedTexts, type Score, scoreOf } from "./marked-texts.ts";

const KINDS: readonly Mark["kind"][] = ["date", "quantity", "place", "person"];

const mission = process.argv[2] ?? join(import.meta.dirname, "../../../../missions/karabakh-2020");
const gazetteer = readGazetteer(mission);
const folder = join(mission, "open-source");

/** Right of found, and met of what stands there. */
function scored(texts: readonly MarkedText[], kind: Mark["kind"]): string {
  const score: Score = { found: 0, right: 0, truth: 0, met: 0, wrong: [], missed: [] };
  for (const text of texts) scoreOf(text, readText(text, gazetteer), kind, score);
  return `${score.right}/${score.found} ${score.met}/${score.truth}`;
}

for (const set of readdirSync(folder).filter((name) => /^texts(?:-\w+)?$/.test(name))) {
  const texts = readMarkedTexts(join(folder, set), "Asia/Baku");
  console.log(`${set}: ${texts.length} texts; right of found, met of marked`);
  for (const language of [...PRESS_LANGUAGES, undefined]) {
    const own = texts.filter((text) => language === undefined || text.language === language);
    console.log(`  ${language ?? "all"}  ${KINDS.map((kind) => `${kind} ${scored(own, kind)}`).join("  ")}`);
  }
}
