/** What an officer has begun to write: kept in this browser at once and at the centre soon after, so that no crash loses it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { dropDraft, readDraft, writeDraft } from "../api/endpoints.ts";
import { useOfficer } from "../session/session.ts";

const SEND_AFTER_MILLISECONDS = 1500;

export interface Draft<T> {
  readonly value: T;
  change(change: Partial<T>): void;
  /** Forgets the draft: it has been sent or given up. */
  drop(): void;
}

/** A form's draft under a name of letters, digits and `._:-`. What was kept wins over `first`. */
export function useDraft<T extends object>(name: string, first: () => T): Draft<T> {
  const { officer } = useOfficer();
  const kept = `openjmc-draft/${officer}/${name}`;
  const [value, setValue] = useState<T>(() => ({ ...first(), ...readKept<T>(kept) }));
  const touched = useRef(readKept<T>(kept) !== undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (touched.current) return;
    let current = true;
    readDraft(name).then(
      (draft) => {
        if (current && !touched.current && typeof draft === "object" && draft !== null)
          setValue((now) => ({ ...now, ...draft }));
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [name]);

  const change = useCallback(
    (part: Partial<T>) => {
      touched.current = true;
      setValue((now) => {
        const next = { ...now, ...part };
        localStorage.setItem(kept, JSON.stringify(next));
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void writeDraft(name, next).catch(() => undefined), SEND_AFTER_MILLISECONDS);
        return next;
      });
    },
    [kept, name],
  );

  const drop = (): void => {
    clearTimeout(timer.current);
    localStorage.removeItem(kept);
    touched.current = false;
    setValue(first());
    void dropDraft(name).catch(() => undefined);
  };
  return { value, change, drop };
}

function readKept<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}
