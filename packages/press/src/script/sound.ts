/** How alike two names sound, whatever script and spelling each came in. */

/** Written in several ways, sounded in one. Order matters: the longer first. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/dzh|dj/g, "j"],
  [/shch|sch/g, "S"],
  [/zh|ch|ts|dz|tz|j/g, "J"],
  [/sh/g, "S"],
  [/kh|gh|ck|[hkgqxc]/g, "K"],
  [/ph/g, "f"],
  [/w/g, "v"],
  [/(.)\1+/g, "$1"],
];

/** Sounds of a word in Latin letters: one sign a sound; vowels stay. */
export function soundsOf(latin: string): string {
  return SAME.reduce((word, [pattern, sound]) => word.replace(pattern, sound), latin);
}

const VOWELS = /[aeiouy]/g;

/** The consonants' skeleton, by which candidates are looked up; a vowel that begins stays as one sign, voice is not told apart. */
export function skeletonOf(sounds: string): string {
  const first = /^[aeiouy]/.test(sounds) ? "A" : "";
  return first + sounds.replace(VOWELS, "").replaceAll("d", "t").replaceAll("b", "p");
}

const isVowel = (sign: string): boolean => /[aeiouy]/.test(sign);

/** What a difference of signs weighs: vowels are heard and spelt in many ways, consonants in few. */
const VOWEL_FOR_VOWEL = 0.3;
const VOWEL_LEFT_OUT = 0.4;
/** One alphabet's d is heard as the other's t. */
const VOICE = 0.5;
const PAIRS: ReadonlySet<string> = new Set(["dt", "td", "bp", "pb"]);
const ANY = 1;

/** Distance of two words' sounds: a weighted edit distance (Wagner and Fischer 1974). */
export function soundDistance(left: string, right: string): number {
  let above = [0];
  for (const sign of right) above.push(above.at(-1)! + leftOut(sign));
  for (const one of left) {
    const row = [above[0]! + leftOut(one)];
    for (let place = 0; place < right.length; place += 1) {
      const other = right[place]!;
      row.push(
        Math.min(above[place]! + swapped(one, other), above[place + 1]! + leftOut(one), row[place]! + leftOut(other)),
      );
    }
    above = row;
  }
  return above.at(-1)!;
}

function leftOut(sign: string): number {
  return isVowel(sign) ? VOWEL_LEFT_OUT : ANY;
}

function swapped(one: string, other: string): number {
  if (one === other) return 0;
  if (PAIRS.has(one + other)) return VOICE;
  return isVowel(one) && isVowel(other) ? VOWEL_FOR_VOWEL : ANY;
}

/** Share of a name's length that its spellings may differ by. Short names have too many neighbours for more. */
const ALLOWED = 0.13;

/** Whether two words sound like one name. */
export function soundAlike(left: string, right: string): boolean {
  if (left === right) return true;
  const length = Math.min(left.length, right.length);
  if (length < 4) return false;
  return soundDistance(left, right) <= ALLOWED * length + 1e-9;
}
