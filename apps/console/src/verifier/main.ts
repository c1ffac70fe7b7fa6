/** The verifier that lies in every archive: one page, no network. Takes a ZIP and says in plain words what holds. */
import {
  type ArchiveVerification,
  judgeTokenLater,
  plainSha256,
  readAuthority,
  type Told,
  tell,
  tellEntries,
  verifyArchive,
} from "@openjmc/record";
import {
  createWords,
  LOCALE_NAMES,
  LOCALES,
  type Locale,
  matchLocale,
  type Words,
  type WordsKey,
} from "@openjmc/words";
import { answerToken, decrypt, hash, verifyMany } from "./cryptography.ts";
import { openZip } from "./zip.ts";

let words: Words = createWords(matchLocale(navigator.languages));
let shown: ArchiveVerification | undefined;
let refused: Told | undefined;

const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
};
const say = (code: string, values: Told["values"] = {}): string => words.say(`archive.${code}` as WordsKey, values);
const page = document.body;
const result = element("main");
result.setAttribute("aria-live", "polite");

function draw(): void {
  document.documentElement.lang = words.locale;
  document.title = say("verifier.title");
  page.replaceChildren(head(), dropZone(), result);
  drawResult();
}

function head(): HTMLElement {
  const header = element("header");
  const select = element("select");
  select.setAttribute("aria-label", say("verifier.language"));
  for (const locale of LOCALES) {
    const option = element("option", LOCALE_NAMES[locale]);
    option.value = locale;
    option.selected = locale === words.locale;
    select.append(option);
  }
  select.addEventListener("change", () => {
    words = createWords(select.value as Locale);
    draw();
  });
  header.append(element("h1", say("verifier.title")), select);
  return header;
}

function dropZone(): HTMLElement {
  const zone = element("label", say("verifier.drop"), "drop");
  const input = element("input");
  input.type = "file";
  input.accept = ".zip";
  input.setAttribute("aria-label", say("verifier.choose"));
  input.addEventListener("change", () => take(input.files?.[0]));
  zone.append(input);
  return zone;
}

function take(file: File | undefined): void {
  if (file) void verifyFile(file);
}

async function verifyFile(file: File): Promise<void> {
  [shown, refused] = [undefined, undefined];
  result.replaceChildren(element("p", say("verifier.reading", { name: file.name })));
  const opened = openZip(new Uint8Array(await file.arrayBuffer()));
  if (!opened.ok) {
    refused = { tone: "wrong", code: "verify.fails", values: { count: 1 }, fault: opened.fault };
    drawResult();
    return;
  }
  const reader = opened.value;
  shown = await verifyArchive(reader, {
    ...{ sha256: plainSha256, verifyMany, hash, decrypt, story: "entries" },
    trustsOwnCertificates: true,
    checkToken: async (token, authority) => {
      const trusted = await readAuthority(reader, authority);
      return trusted.ok ? judgeTokenLater(token, trusted.value, answerToken) : trusted.fault;
    },
    onProgress: (done, size) =>
      result.replaceChildren(element("p", say("verifier.working", { name: file.name, done, size }))),
  });
  drawResult();
}

function drawResult(): void {
  if (refused) result.replaceChildren(line(refused));
  if (!shown) return;
  const told = tell(shown);
  const verdict = told.at(-1)!;
  const exercise = told.filter(({ code }) => code === "verify.exercise");
  const rest = told.slice(0, -1).filter((one) => !exercise.includes(one));
  const entries = element("details");
  entries.append(element("summary", say("verifier.entries")), ...tellEntries(shown.story).map(line));
  result.replaceChildren(
    ...exercise.map((one) => element("p", say(one.code), "exercise")),
    element("p", say(verdict.code, verdict.values), `verdict ${verdict.tone}`),
    ...rest.map(line),
    element("p", say("verifier.compare"), "hint"),
    entries,
  );
}

/** A code without a sentence of its own is shown as it stands, never hidden. */
function line(told: Told): HTMLElement {
  const known = words.has(`archive.${told.code}`);
  const sentence = known ? say(told.code, told.values) : `${told.code} ${JSON.stringify(told.values)}`;
  return element("p", told.fault ? `${sentence} ${words.sayFault(told.fault)}` : sentence, told.tone);
}

page.addEventListener("dragover", (event) => event.preventDefault());
page.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files[0]);
});
draw();
