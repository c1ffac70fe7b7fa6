/** The language of this tab, for every screen. */
import { type Locale, loadWords, type Words } from "@openjmc/words";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createStore, useStore } from "../state/store.ts";
import { firstLocale, keepLocale } from "./first-locale.ts";

const locale = createStore<Locale>(firstLocale());

export function setLocale(next: Locale): void {
  keepLocale(next);
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
