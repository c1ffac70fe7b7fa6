/** The thread that looks into files and texts: what a hostile file can reach is this thread's memory and time, no more. */
import { parentPort, workerData } from "node:worker_threads";
import {
  citedOutlet,
  claimsOf,
  fingerprintOf,
  Gazetteer,
  languageOf,
  PRESS_LANGUAGES,
  type PressLanguage,
  readText,
  termsOf,
} from "@openjmc/press";
import { extract, faultIn } from "./extract/extract.ts";
import type {
  Folded,
  ReaderAnswer,
  ReaderData,
  ReaderJob,
  ReaderRequest,
  ReaderResults,
  ReadText,
  TextToFold,
  TextToRead,
} from "./reader-protocol.ts";
import { claimSuggestion, suggestionsOf } from "./suggestions.ts";

const { names, facts, clocks, localTimeZone } = workerData as ReaderData;
const gazetteer = new Gazetteer(names);

const readable = (language: string): PressLanguage => PRESS_LANGUAGES.find((one) => one === language) ?? "en";

function fold({ text, language, beside }: TextToFold): Folded {
  const { bands, shingles } = fingerprintOf(text, readable(language));
  // What has no shingle is like everything else that has none.
  return { terms: termsOf(`${beside} ${text}`, language), bands: shingles.length === 0 ? [] : bands, shingles };
}

function read({ outlet, language, ...rest }: TextToRead): ReadText {
  const text = { ...rest, language: readable(language), localTimeZone };
  const reading = readText(text, gazetteer, clocks);
  const cites = citedOutlet({ outlet, reading });
  return {
    suggestions: suggestionsOf(text, reading),
    claims: claimsOf(text, reading, facts).map((claim) => claimSuggestion(text, reading, claim)),
    ...(cites === undefined ? {} : { cites }),
  };
}

async function resultOf(job: ReaderJob): Promise<ReaderResults[keyof ReaderResults]> {
  if (job.job === "fold") return job.texts.map(fold);
  if (job.job === "read") return read(job.text);
  const extracted = await extract(job.bytes, job.said);
  const said = PRESS_LANGUAGES.find((one) => one === extracted.language);
  const language = said ?? languageOf(extracted.text);
  return { ...extracted, language, folded: fold({ text: extracted.text, language, beside: extracted.title ?? "" }) };
}

parentPort!.on("message", async ({ id, job }: ReaderRequest) => {
  let answer: ReaderAnswer;
  try {
    answer = { id, result: await resultOf(job) };
  } catch (error) {
    answer = { id, fault: faultIn(error) };
  }
  parentPort!.postMessage(answer);
});
