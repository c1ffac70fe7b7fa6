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

/**
 * A form's draft under a name of letters, digits and `._:-`. What was kept wins over `first`. `isPrivate`: what nobody but
 * this component may read is kept in this tab alone, not in the browser and never at the centre.
 */
export function useDraft<T extends object>(name: string, first: () => T, isPrivate = false): Draft<T> {
  const { officer } = useOfficer();
  const kept = `openjmc-draft/${officer}/${name}`;
  const storage = isPrivate ? sessionStorage : localStorage;
  const [value, setValue] = useState<T>(() => ({ ...first(), ...readKept<T>(storage, kept) }));
  const touched = useRef(readKept<T>(storage, kept) !== undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (touched.current || isPrivate) return;
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
  }, [name, isPrivate]);

  const change = useCallback(
    (part: Partial<T>) => {
      touched.current = true;
      setValue((now) => {
        const next = { ...now, ...part };
        storage.setItem(kept, JSON.stringify(next));
        if (isPrivate) return next;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void writeDraft(name, next).catch(() => undefined), SEND_AFTER_MILLISECONDS);
        return next;
      });
    },
    [kept, name, storage, isPrivate],
  );

  const drop = (): void => {
    clearTimeout(timer.current);
    storage.removeItem(kept);
    touched.current = false;
    setValue(first());
    if (!isPrivate) void dropDraft(name).catch(() => undefined);
  };
  return { value, change, drop };
}

function readKept<T>(storage: Storage, key: string): T | undefined {
  try {
    return (JSON.parse(storage.getItem(key) ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}
