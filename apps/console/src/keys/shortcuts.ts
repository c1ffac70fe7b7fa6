/** Keys of the keyboard, by the place of the key and not by its letter, so that they work on every layout. */
import { useEffect, useRef } from "react";

interface Shortcut {
  readonly code: string;
  readonly modified: boolean;
  /** Works while the officer writes in a field, too. */
  readonly always: boolean;
  readonly act: () => void;
}

const shortcuts = new Set<Shortcut>();

/** Listens for the whole page. The latest screen to claim a key has it. */
export function startShortcuts(): void {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const modified = event.ctrlKey || event.metaKey;
    const name = event.shiftKey && event.code !== "Slash" ? `Shift+${event.code}` : event.code;
    const claimed = [...shortcuts].reverse().find((one) => one.code === name && one.modified === modified);
    if (claimed === undefined || (!claimed.always && (isWriting(event) || isInDialog()))) return;
    event.preventDefault();
    claimed.act();
  });
}

function isWriting(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, select, textarea, [contenteditable]")) return true;
  // Space and Enter press buttons; arrows move within tabs, sliders and the map.
  return (
    (["Space", "Enter"].includes(event.code) && target.matches("button, a, summary")) ||
    (event.code.startsWith("Arrow") && target.matches("[role=tab], [role=slider], .maplibregl-canvas"))
  );
}

function isInDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

/** Claims a key (`KeyboardEvent.code`, `Shift+` before it for the upper case) while the component is shown. */
export function useShortcut(
  code: string,
  act: () => void,
  how: { readonly modified?: boolean; readonly always?: boolean } = {},
): void {
  const latest = useRef(act);
  latest.current = act;
  const { modified = false, always = false } = how;
  useEffect(() => {
    const shortcut: Shortcut = { code, modified, always, act: () => latest.current() };
    shortcuts.add(shortcut);
    return () => {
      shortcuts.delete(shortcut);
    };
  }, [code, modified, always]);
}
