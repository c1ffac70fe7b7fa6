/** What comes by itself while there is a session: changes of rows, the clock, the record's size; and whether it still comes. */
import type { Fault, StreamEvent } from "@openjmc/model";
import { followStream } from "../api/stream.ts";
import { hearCentreTime } from "../clock/clock-store.ts";
import { rows } from "../rows/use-rows.ts";
import { createStore } from "../state/store.ts";
import { keepRows, restoreRows } from "./keep-rows.ts";

export interface Connection {
  readonly state: "connecting" | "live" | "lost";
  /** Wall time, milliseconds, since when nothing has come; only when lost. */
  readonly since?: number;
}

export interface RecordState {
  readonly size: number;
  readonly root: string;
  readonly sealedSize: number;
}

export const connection = createStore<Connection>({ state: "connecting" });
/** What is wrong with the centre, as it said last. */
export const troubles = createStore<readonly Fault[]>([]);
export const recordState = createStore<RecordState>({ size: 0, root: "", sealedSize: 0 });

/** Follows the centre until told to stop. `keptAs` names the rows kept in this browser for the next visit. */
export function startLive(keptAs: string): () => void {
  let lostAt: number | undefined;
  // A stream that was asked for without a place tells nothing of what was before.
  let isFromNow = false;
  const stopKeeping = keepRows(keptAs);
  void restoreRows(keptAs);
  const stopStream = followStream({
    event: (event, position) => {
      if (Number.isSafeInteger(position)) {
        if (isFromNow) rows.beganAt(position);
        isFromNow = false;
        rows.index = position;
      }
      take(event);
    },
    reset: () => void rows.reloadAll(),
    position: () => {
      isFromNow = rows.index === undefined;
      return rows.index;
    },
    opened: () => {
      retryFailed();
      lostAt = undefined;
      connection.set({ state: "live" });
    },
    lost: () => {
      lostAt ??= Date.now();
      connection.set({ state: "lost", since: lostAt });
    },
  });
  return () => {
    stopStream();
    stopKeeping();
  };
}

function take(event: StreamEvent): void {
  if (event.type === "row") rows.apply(event);
  if (event.type === "clock") {
    hearCentreTime(event.now, event.speed);
    if (JSON.stringify(event.troubles) !== JSON.stringify(troubles.get())) troubles.set(event.troubles);
  }
  if (event.type === "record") recordState.set({ size: event.size, root: event.root, sealedSize: event.sealedSize });
}

/** Views that could not be read while the centre was away are read now. */
function retryFailed(): void {
  for (const view of rows.waitingViews()) void rows.reload(view);
}
