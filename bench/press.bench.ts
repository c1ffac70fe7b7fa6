/**
 * The open-source desk: texts taken in a second over HTTP with their signed entries, questions over 100,000 texts in five languages
 * on the embedded store, and how fast texts are read. The texts are made of the sentences that the mission's own test texts hold,
 * with words of their own in each, so that every word is as common here as it could be.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInstant, type TextIntake } from "@openjmc/model";
import {
  claimsOf,
  fingerprintOf,
  PRESS_LANGUAGES,
  type PressLanguage,
  readText,
  termsOf,
  wantedTerms,
} from "@openjmc/press";
import { readMission } from "../apps/centre/src/mission/read.ts";
import { factsOf, gazetteerOf } from "../apps/centre/src/press/mission-names.ts";
import { openStore } from "../apps/centre/src/store/index.ts";
import { anchorOf, now, postStatement, signAct, ulid } from "../test/support/acts.ts";
import { bearer, tokenOf } from "../test/support/api.ts";
import { openTestCentre } from "../test/support/centre.ts";
import { seeded } from "../test/support/random.ts";
import { quantile, rounded } from "./support/quantile.ts";

const MISSION = join(import.meta.dirname, "../missions/karabakh-2020");
const TEXTS = 100_000;
const INTAKE_SECONDS = 10;
const SENDERS = 8;
const ASKED_A_SECOND = 50;
const ASKED_MILLISECONDS = 200;
/** Asked as people ask: names in other alphabets, inflected words, rare and common ones, several together. */
const QUESTIONS = [
  ..."Kelbecer|Кельбаджар|Քելբաջար|Kalbajar|monitoring centre|merkezinde|миротворцы|sülhməramlı|կենտրոն|violations".split(
    "|",
  ),
  ..."memorandum signed|üçlü bildiri|трёхсторонние заявление|Akar Şoygu|1960|zqxv17|nothingofthekind|ateşkes ihlali".split(
    "|",
  ),
];
const ROUNDS = 12;

interface MissionText {
  readonly language: PressLanguage;
  readonly text: string;
}

function missionTexts(): MissionText[] {
  return PRESS_LANGUAGES.flatMap((language) =>
    readdirSync(join(MISSION, "open-source/texts"))
      .filter((name) => name === `${language}.txt`)
      .flatMap((name) =>
        readFileSync(join(MISSION, "open-source/texts", name), "utf8")
          .split(/^=== .*$/m)
          .map((text) => text.replace(/\{\w=[^|}]+\|([^}]+)\}/g, "$1").trim())
          .filter((text) => text !== "")
          .map((text) => ({ language, text })),
      ),
  );
}

/** A text of eight sentences of one language with three words that hardly any other has. */
function* composed(texts: readonly MissionText[], count: number): Generator<MissionText> {
  const random = seeded(20_201_111);
  const pools = PRESS_LANGUAGES.map((language) => ({
    language,
    sentences: texts.filter((one) => one.language === language).flatMap(({ text }) => text.split(/(?<=[.!?։])\s+/)),
  }));
  for (let index = 0; index < count; index += 1) {
    const { language, sentences } = pools[index % pools.length]!;
    const chosen = Array.from({ length: 8 }, () => sentences[Math.floor(random() * sentences.length)]!);
    const rare = Array.from({ length: 3 }, () => `zqxv${Math.floor(random() * 50_000)}`);
    yield { language, text: [...chosen, ...rare].join(" ") };
  }
}

async function searching(texts: readonly MissionText[]) {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-press-"));
  const store = await openStore({ file: join(folder, "projection.db"), viewSchema: 1 });
  const started = performance.now();
  let batch: Parameters<typeof store.texts.put>[0][number][] = [];
  let index = 0;
  for (const { language, text } of composed(texts, TEXTS)) {
    const at = 1_600_000_000_000_000 + index * 1_000_000_000;
    batch.push({
      key: `text-${index}`,
      at,
      logIndex: index,
      terms: termsOf(text, language),
      ...fingerprintOf(text, language),
    });
    index += 1;
    if (batch.length < 500) continue;
    await store.texts.put(batch, index);
    batch = [];
  }
  const indexSeconds = (performance.now() - started) / 1000;
  const millis: number[] = [];
  const found: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1)
    for (const question of QUESTIONS) {
      const before = performance.now();
      const { keys } = await store.texts.search(wantedTerms(question), { limit: 50 });
      millis.push(performance.now() - before);
      found[question] = keys.length;
    }
  const [sample] = composed(texts, 1);
  const before = performance.now();
  const alike = await store.texts.alike(fingerprintOf(sample!.text, sample!.language).bands, 400);
  const alikeMillis = performance.now() - before;
  await store.close();
  rmSync(folder, { recursive: true });
  return {
    ...{ texts: TEXTS, indexedPerSecond: Math.round(TEXTS / indexSeconds), questions: millis.length, found },
    ...{
      p50Millis: rounded(quantile(millis, 0.5)),
      p95Millis: rounded(quantile(millis, 0.95)),
      mostMillis: rounded(Math.max(...millis)),
    },
    ...{ alikeMillis: rounded(alikeMillis), alikeCandidates: alike.length },
  };
}

/** Posts texts and their signed entries from several senders at once; each is durable when it is answered. */
async function takingIn(texts: readonly MissionText[]) {
  const test = await openTestCentre();
  const officer = "A-Duty-1";
  const signer = test.signer(officer);
  const token = await tokenOf(test.url, officer, signer);
  const made = composed(texts, Number.MAX_SAFE_INTEGER);
  const millis: number[] = [];
  const started = performance.now();
  const until = started + INTAKE_SECONDS * 1000;
  const send = async (): Promise<void> => {
    const anchor = await anchorOf(test.url, token);
    while (performance.now() < until) {
      const { language, text } = made.next().value as MissionText;
      const before = performance.now();
      const headers = { ...bearer(token), "content-type": "text/plain" };
      const answer = await fetch(`${test.url}/api/v1/texts`, { method: "POST", headers, body: text });
      const intake = (await answer.json()) as TextIntake;
      const body = {
        ...{ outlet: "bench", language, title: intake.title, publishedAt: formatInstant(now()), timeZone: "UTC" },
        ...{ retrievedAt: formatInstant(now()), original: intake.original, mediaType: intake.mediaType },
        ...{ text: intake.text, characters: intake.characters, translation: "original", alignment: "unknown" },
      };
      const refs = [intake.original, intake.text].map((sha256) => ({ rel: "attachment", sha256 }));
      const envelope = await signAct(signer, anchor, { kind: "text.received", subject: ulid(), body, officer, refs });
      const stated = await postStatement(test.url, token, envelope);
      if (stated.status !== 201) throw new Error(await stated.text());
      millis.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  const seconds = (performance.now() - started) / 1000;
  await test.close();
  return {
    ...{ taken: millis.length, perSecond: rounded(millis.length / seconds), asked: ASKED_A_SECOND, senders: SENDERS },
    ...{ p50Millis: rounded(quantile(millis, 0.5)), p95Millis: rounded(quantile(millis, 0.95)) },
  };
}

function reading(texts: readonly MissionText[]) {
  const loaded = readMission(MISSION, { exercise: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
  const [gazetteer, facts] = [gazetteerOf(loaded.value), factsOf(loaded.value)];
  let [letters, claims, read] = [0, 0, 0];
  const started = performance.now();
  while (performance.now() < started + 5_000)
    for (const one of texts) {
      const text = { ...one, publishedAt: 1_605_000_000_000_000, timeZone: "UTC" };
      claims += claimsOf(text, readText(text, gazetteer), facts).length;
      letters += one.text.length;
      read += 1;
    }
  const seconds = (performance.now() - started) / 1000;
  return {
    textsPerSecond: Math.round(read / seconds),
    lettersPerSecond: Math.round(letters / seconds),
    checksum: claims / read,
  };
}

export async function run() {
  const texts = missionTexts();
  const read = reading(texts);
  const searched = await searching(texts);
  const taken = await takingIn(texts);
  return {
    name: "open-source desk",
    headline: `${taken.perSecond} texts/s taken in; ${searched.texts.toLocaleString("en")} texts searched in ${searched.p95Millis} ms (p95); ${read.textsPerSecond} texts/s read`,
    asked: `${ASKED_A_SECOND} texts a second; ${ASKED_MILLISECONDS} ms`,
    ...{ intake: taken, search: searched, reading: read },
  };
}
