/** What an officer has put aside in this browser; a new reason brings the same thing back. */
import { createStore } from "../../state/store.ts";

const KEPT = "openjmc-reviewed";
const MOST_KEPT = 2000;

export const reviewed = createStore<ReadonlySet<string>>(new Set(read()));

function read(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function putAside(key: string): void {
  const next = [...reviewed.get(), key].slice(-MOST_KEPT);
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  reviewed.set(new Set(next));
}

export function takeBackAll(): void {
  sessionStorage.removeItem(KEPT);
  reviewed.set(new Set());
}
