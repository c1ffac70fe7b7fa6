/** Language, theme and zone of times: this browser's choices, not part of the view. */
import { LOCALE_NAMES, LOCALES, type Locale } from "@openjmc/words";
import { setZone, useTimes } from "../clock/use-times.ts";
import { useStore } from "../state/store.ts";
import { setTheme, THEMES, type Theme, theme } from "../theme/theme.ts";
import { setLocale, useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";

export function LanguageChoice() {
  const words = useWords();
  return (
    <select
      className={styles.choice}
      aria-label={words.say("console.language")}
      value={words.locale}
      onChange={(event) => setLocale(event.target.value as Locale)}
    >
      {LOCALES.map((locale) => (
        <option key={locale} value={locale} lang={locale}>
          {LOCALE_NAMES[locale]}
        </option>
      ))}
    </select>
  );
}

export function ThemeChoice() {
  const words = useWords();
  const chosen = useStore(theme);
  return (
    <select
      className={styles.choice}
      aria-label={words.say("console.theme")}
      value={chosen}
      onChange={(event) => setTheme(event.target.value as Theme)}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {words.say(`console.theme.${name}`)}
        </option>
      ))}
    </select>
  );
}

export function ZoneChoice() {
  const words = useWords();
  const times = useTimes();
  return (
    <select
      className={styles.choice}
      aria-label={words.say("console.zoneOfTimes")}
      value={times.zone}
      onChange={(event) => setZone(event.target.value as "utc" | "mission")}
    >
      <option value="utc">{words.say("console.zoneOfTimes.utc")}</option>
      <option value="mission">{words.say("console.zoneOfTimes.mission")}</option>
    </select>
  );
}
