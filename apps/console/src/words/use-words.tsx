/** The language of this tab, for every screen. */
import { isLocale, type Locale, loadWords, matchLocale, type Words } from "@openjmc/words";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createStore, useStore } from "../state/store.ts";

const KEPT = "openjmc-language";

const locale = createStore<Locale>(firstLocale());

function firstLocale(): Locale {
  const kept = localStorage.getItem(KEPT) ?? "";
  return isLocale(kept) ? kept : matchLocale(navigator.languages);
}

export function setLocale(next: Locale): void {
  localStorage.setItem(KEPT, next);
  locale.set(next);
}

const Context = createContext<Words | undefined>(undefined);

/** Loads the language and speaks it to everything inside; nothing is drawn before the first one is there. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const wanted = useStore(locale);
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let current = true;
    void loadWords(wanted).then((loaded) => {
      if (!current) return;
      document.documentElement.lang = loaded.locale;
      setWords(loaded);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  return words === undefined ? null : <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = useContext(Context);
  if (words === undefined) throw new Error("no words");
  return words;
}
