/**
 * The open-source desk of a centre that holds 100,000 texts in five languages on the embedded store: questions asked over HTTP, texts
 * taken in a second over HTTP with their signed entries beside them, and how fast texts are read. The texts are made of the sentences that the mission's own test texts hold,
 * with words of their own in each, so that every word is as common here as it could be.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatInstant, MICROSECONDS_PER_SECOND, type TextIntake, type TextSearch } from "@openjmc/model";
import { claimsOf, PRESS_LANGUAGES, type PressLanguage, readText } from "@openjmc/press";
import { readMission } from "../apps/centre/src/mission/read.ts";
import { factsOf, gazetteerOf } from "../apps/centre/src/press/mission-names.ts";
import { anchorOf, now, postStatement, signAct, ulid } from "../test/support/acts.ts";
import { bearer, tokenOf } from "../test/support/api.ts";
import { foundTestCentre, serveTestCentre, type TestCentre } from "../test/support/centre.ts";
import { seeded } from "../test/support/random.ts";
import { takeManyTexts } from "./support/many-texts.ts";
import { quantile, rounded } from "./support/quantile.ts";

const MISSION = join(import.meta.dirname, "../missions/karabakh-2020");
const TEXTS = Number(process.env.OPENJMC_BENCH_TEXTS ?? 100_000);
const SEED = 20_201_111;
const OTHER_SEED = 20_210_130;
const OFFICER = "A-Duty-1";
/** No later than now, and one after the other. */
const MOST_SECONDS_APART = 11;
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
function* composed(texts: readonly MissionText[], count: number, seed = SEED): Generator<MissionText> {
  const random = seeded(seed);
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

/** A centre whose record holds the texts: opened, it replays its record and makes its index of what it finds there. */
async function fullCentre(texts: readonly MissionText[]) {
  const founded = await foundTestCentre();
  const startsAt = now() - TEXTS * MOST_SECONDS_APART * MICROSECONDS_PER_SECOND;
  const began = performance.now();
  await takeManyTexts({ founded, startsAt, texts: composed(texts, TEXTS) });
  const filled = performance.now();
  const test = await serveTestCentre(founded);
  const opened = performance.now();
  const token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
  // The newest is put into the index last.
  const last = composed(texts, TEXTS).toArray().at(-1)!.text;
  const sha256 = createHash("sha256").update(last).digest("hex");
  while ((await asked(test, token, "")).rows[0]?.body.text !== sha256) await pause(500);
  const seconds = (from: number, until: number): number => rounded((until - from) / 1_000);
  const indexed = performance.now();
  return {
    ...{ test, token },
    made: { filledIn: seconds(began, filled), openedIn: seconds(filled, opened), indexedIn: seconds(opened, indexed) },
  };
}

async function asked(test: TestCentre, token: string, question: string): Promise<TextSearch> {
  const answer = await fetch(`${test.url}/api/v1/texts?q=${encodeURIComponent(question)}`, { headers: bearer(token) });
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as TextSearch;
}

/** Asks as the console does: over HTTP, the newest fifty of what answers. */
async function searching(test: TestCentre, token: string) {
  const millis: number[] = [];
  const found: Record<string, number> = {};
  const slowest: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1)
    for (const question of QUESTIONS) {
      const before = performance.now();
      const { rows } = await asked(test, token, question);
      const took = performance.now() - before;
      millis.push(took);
      found[question] = rows.length;
      slowest[question] = rounded(Math.max(took, slowest[question] ?? 0));
    }
  return {
    ...{ texts: TEXTS, questions: millis.length, found, slowest },
    ...{
      p50Millis: rounded(quantile(millis, 0.5)),
      p95Millis: rounded(quantile(millis, 0.95)),
      mostMillis: rounded(Math.max(...millis)),
    },
  };
}

/** Posts texts and their signed entries from several senders at once; each is durable when it is answered. */
async function takingIn(test: TestCentre, token: string, texts: readonly MissionText[]) {
  const signer = test.signer(OFFICER);
  const made = composed(texts, Number.MAX_SAFE_INTEGER, OTHER_SEED);
  const millis: number[] = [];
  const started = performance.now();
  const until = started + INTAKE_SECONDS * 1000;
  const usedBefore = process.cpuUsage();
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
      const officer = OFFICER;
      const envelope = await signAct(signer, anchor, { kind: "text.received", subject: ulid(), body, officer, refs });
      const stated = await postStatement(test.url, token, envelope);
      if (stated.status !== 201) throw new Error(await stated.text());
      millis.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(usedBefore);
  return {
    // Of all threads, the senders' among them: what a busy machine's clock does not tell.
    processorMillisPerText: rounded((used.user + used.system) / 1_000 / millis.length),
    ...{ taken: millis.length, perSecond: rounded(millis.length / seconds), asked: ASKED_A_SECOND, senders: SENDERS },
    ...{ beside: TEXTS, p50Millis: rounded(quantile(millis, 0.5)), p95Millis: rounded(quantile(millis, 0.95)) },
  };
}

function reading(texts: readonly MissionText[]) {
  const loaded = readMission(MISSION, { exercise: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
  const [gazetteer, facts] = [gazetteerOf(loaded.value), factsOf(loaded.value)];
  let [letters, claims, read] = [0, 0, 0];
  // Patterns are made when they are first wanted.
  for (const one of texts) readText({ ...one, publishedAt: 0, timeZone: "UTC" }, gazetteer);
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
  const { test, token, made } = await fullCentre(texts);
  const searched = await searching(test, token);
  const taken = await takingIn(test, token, texts);
  await test.close();
  return {
    name: "open-source desk",
    headline: `${taken.perSecond} texts/s taken in; ${searched.texts.toLocaleString("en")} texts searched in ${searched.p95Millis} ms (p95); ${read.textsPerSecond} texts/s read`,
    asked: `${ASKED_A_SECOND} texts a second; ${ASKED_MILLISECONDS} ms`,
    /** Processes that wanted a core at the end, over a quarter of an hour: more than there are cores, and others took their time. */
    load: rounded(loadavg()[2]!),
    ...{ made, intake: taken, search: searched, reading: read },
  };
}

if (import.meta.main) console.log(JSON.stringify(await run(), undefined, 1));
