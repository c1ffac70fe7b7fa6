/** Stating something from a form: what runs, what went wrong, and never twice at once. */
import { useCallback, useRef, useState } from "react";

export interface Running {
  readonly pending: boolean;
  readonly error: unknown;
  /** Runs work; answers whether it was done. Its fault is kept for the screen. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

export function useAct(): Running {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    if (running.current) return false;
    running.current = true;
    setPending(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      setError(thrown);
      return false;
    } finally {
      running.current = false;
      setPending(false);
    }
  }, []);
  return { pending, error, run, clear: () => setError(undefined) };
}
