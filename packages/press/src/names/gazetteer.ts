/** Names that a mission knows, in every spelling it has met, found by how they sound. */
import { skeletonOf, soundsOf } from "../script/sound.ts";
import { lowerCase, transliterate } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";

export type NameKind = "place" | "person" | "organisation" | "outlet" | "state";

/** One thing with its names. Neutral code; the names are the mission's. */
export interface GazetteerEntry {
  readonly id: string;
  readonly kind: NameKind;
  readonly names: readonly { readonly name: string; readonly language: PressLanguage }[];
}

/** A name as it is looked for. */
export interface KnownForm {
  readonly entry: GazetteerEntry;
  readonly name: string;
  /** Its first word, in lower case. */
  readonly first: string;
  /** Sounds of each word. */
  readonly sounds: readonly string[];
  /** Abbreviations are taken letter by letter, not by sound. */
  readonly isExact: boolean;
}

/** Below this a skeleton says too little to look a spelling up by it. */
const SHORTEST_SKELETON = 2;

export class Gazetteer {
  readonly entries: readonly GazetteerEntry[];
  readonly #byFirst = new Map<string, KnownForm[]>();
  readonly #byId: ReadonlyMap<string, GazetteerEntry>;

  constructor(entries: readonly GazetteerEntry[]) {
    this.entries = entries;
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of entries) for (const { name, language } of entry.names) this.#add(entry, name, language);
  }

  entry(id: string): GazetteerEntry | undefined {
    return this.#byId.get(id);
  }

  /** Forms whose first word may sound like one with this skeleton. */
  candidates(skeleton: string): readonly KnownForm[] {
    return this.#byFirst.get(skeleton) ?? [];
  }

  #add(entry: GazetteerEntry, name: string, language: PressLanguage): void {
    const sounds = name.split(/[\s-]+/).map((word) => soundsOf(transliterate(word, language)));
    const first = skeletonOf(sounds[0] ?? "");
    if (sounds[0] === undefined || sounds[0] === "") return;
    const word = name.split(/[\s-]+/)[0]!;
    const isExact = /^\p{Lu}{1,5}$/u.test(word) || first.length < SHORTEST_SKELETON;
    const forms = this.#byFirst.get(first) ?? [];
    const lower = lowerCase(word, language);
    const isKnown = forms.some(
      (form) => form.entry === entry && form.sounds.join() === sounds.join() && (!isExact || form.first === lower),
    );
    if (!isKnown) forms.push({ entry, name, first: lower, sounds, isExact });
    this.#byFirst.set(first, forms);
  }
}
