/** Languages that the reading knows, and a few others in which texts come and are only found. */
import { languageName } from "../../sign/signed-text.tsx";

const CODES = ["en", "tr", "ru", "az", "hy", "fr", "de", "fa", "ka", "uk", "ar"] as const;

export const TEXT_LANGUAGES = (locale: string) =>
  CODES.map((value) => ({ value: value as string, label: languageName(value, locale) }));
