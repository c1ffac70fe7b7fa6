/** Names must be given in every language that the mission calls complete. */
import type { Fault } from "@openjmc/model";
import type { MissionDocument } from "../shape/document.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";

type Path = readonly (string | number)[];
type Located = Pick<MissionDocument<unknown>, "place">;

/** Every `names` of the mission, and every text given by language, must be given in each of its complete languages. Fault: `mission.name-missing`. */
export function checkNames(parts: MissionParts, overlay: OverlayParts | undefined, faults: Fault[]): void {
  const wanted = parts.mission.value.completeLanguages;
  const documents: MissionDocument<unknown>[] = [
    parts.mission,
    parts.zones,
    parts.rules,
    parts.places,
    ...parts.instruments,
    ...(parts.posts ? [parts.posts] : []),
    ...(overlay ? [overlay.exercise, overlay.zones, overlay.rules, overlay.places, ...overlay.instruments] : []),
  ];
  for (const document of documents) walkNames(document, document.value, [], wanted, faults);
}

/** Fields that hold a text, or a list of texts, which may be given by language. */
const TOLD: ReadonlySet<string> = new Set(
  "says what publisher basis differences open note verification area means acts excluded cause consequence response".split(
    " ",
  ),
);

function walkNames(document: Located, value: unknown, path: Path, wanted: readonly string[], faults: Fault[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const field = Array.isArray(value) ? path.at(-1) : key;
    const isByLanguage = field === "names" || (TOLD.has(String(field)) && isMap(inner));
    if (!isByLanguage) walkNames(document, inner, at, wanted, faults);
    else {
      const missing = wanted.filter((language) => !(language in (inner as object)));
      if (missing.length === 0) continue;
      const expected = `a name in ${missing.join(", ")}`;
      faults.push({ code: "mission.name-missing", what: "names", where: document.place(at), expected });
    }
  }
}

/** Keys are language tags. */
function isMap(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((key) => /^[a-z]{2,3}(-|$)/.test(key));
}
