/** The views as screens see them: fresh, or as they stood at the clock's time. */
import type { FindingRow, IncidentRow, ViewName } from "@openjmc/model";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { readView } from "../api/endpoints.ts";
import { useShownTime } from "../clock/clock-store.ts";
import { useView } from "../url/view-store.ts";
import { rowAt, withFindings } from "./known-at.ts";
import { Rows, type ViewCondition } from "./rows.ts";
import type { RowOf } from "./shapes.ts";

export const rows = new Rows((view, page) => readView(view, page));

export interface RowsShown<Row> {
  readonly rows: readonly Row[];
  readonly condition: ViewCondition;
}

/** Views that the stream does not carry: what moves comes by the picture, coverage grows by itself. They are read again. */
const READ_AGAIN_MILLISECONDS: Partial<Record<ViewName, number>> = { tracks: 3000, coverage: 15_000 };

/** The newest rows, whatever the clock shows. `wanted: false` shows what is held without asking for more. */
export function useFreshRows<View extends ViewName>(view: View, wanted = true): RowsShown<RowOf[View]> {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (wanted) rows.ensure(view);
      const period = READ_AGAIN_MILLISECONDS[view];
      const timer = wanted && period !== undefined ? setInterval(() => void rows.reload(view), period) : undefined;
      const unsubscribe = rows.subscribe(view, listener);
      return () => {
        clearInterval(timer);
        unsubscribe();
      };
    },
    [view, wanted],
  );
  useSyncExternalStore(subscribe, () => rows.version(view));
  return { rows: rows.list(view), condition: rows.condition(view) };
}

/** The rows as they stood at the clock's time. */
export function useRows<View extends ViewName>(view: View): RowsShown<RowOf[View]> {
  const fresh = useFreshRows(view);
  const { clock, basis } = useView();
  const second = useShownTime();
  const live = clock.mode === "live";
  const at = live ? 0 : second;
  const shown = useMemo(
    () => (live ? fresh.rows : fresh.rows.map((row) => rowAt(view, row, at, basis)).filter((row) => row !== undefined)),
    [fresh.rows, live, at, basis, view],
  );
  return { rows: shown, condition: fresh.condition };
}

/** Incidents with the state that their findings gave them at the clock's time. */
export function useIncidents(): RowsShown<IncidentRow> & { readonly findings: readonly FindingRow[] } {
  const incidents = useRows("incidents");
  const findings = useRows("findings");
  const live = useView().clock.mode === "live";
  const shown = useMemo(
    () => (live ? incidents.rows : withFindings(incidents.rows, findings.rows)),
    [live, incidents.rows, findings.rows],
  );
  return { rows: shown, condition: incidents.condition, findings: findings.rows };
}
