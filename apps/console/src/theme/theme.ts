/** Dark, light, or as the machine is set. */
import { createStore, type Store, useStore } from "../state/store.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "openjmc-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

export const theme: Store<Theme> = createStore(THEMES.find((name) => name === localStorage.getItem(KEPT)) ?? "system");
const isDark = createStore(decide());

function decide(): boolean {
  return theme.get() === "dark" || (theme.get() === "system" && DARK.matches);
}

function apply(): void {
  isDark.set(decide());
  document.documentElement.dataset.theme = isDark.get() ? "dark" : "light";
}

export function setTheme(next: Theme): void {
  localStorage.setItem(KEPT, next);
  theme.set(next);
  apply();
}

/** Puts the theme on the page and keeps it in step with the machine's. */
export function startTheme(): void {
  DARK.addEventListener("change", apply);
  apply();
}

export function useIsDark(): boolean {
  return useStore(isDark);
}
