/** The fonts of printed reports, from the packages that bring them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const FONTS = [
  "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "noto-sans/700Bold/NotoSans_700Bold.ttf",
  "noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf",
  "noto-sans-armenian/700Bold/NotoSansArmenian_700Bold.ttf",
];

/** TrueType bytes of every face. */
export function readFonts(): Uint8Array[] {
  const require = createRequire(import.meta.url);
  return FONTS.map((name) => {
    const [family, ...rest] = name.split("/");
    const folder = join(require.resolve(`@expo-google-fonts/${family}/package.json`), "..");
    return new Uint8Array(readFileSync(join(folder, ...rest)));
  });
}
