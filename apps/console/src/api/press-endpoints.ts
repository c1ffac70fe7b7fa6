/** The open-source desk, as the console asks for it. */
import type {
  Discrepancy,
  FactSummary,
  FactView,
  OutletRow,
  TextContent,
  TextIntake,
  TextReading,
  TextSearch,
  TimelineEntry,
} from "@openjmc/model";
import { ask, askForResponse } from "./centre.ts";

const API = "api/v1";

/** A file or pasted words go in as they are; the media type says what they are. */
export const takeIn = (file: Blob, name: string): Promise<TextIntake> =>
  ask(`${API}/texts`, {
    method: "POST",
    raw: file,
    headers: { "Content-Type": file.type || "text/plain", "X-Filename": encodeURIComponent(name) },
  });

export const searchTexts = (question: string, after?: string): Promise<TextSearch> => {
  const search = new URLSearchParams({ q: question });
  if (after !== undefined) search.set("after", after);
  return ask(`${API}/texts?${search}`);
};

export const readText = (id: string): Promise<TextContent> => ask(`${API}/texts/${encodeURIComponent(id)}`);
export const readReading = (id: string): Promise<TextReading> => ask(`${API}/texts/${encodeURIComponent(id)}/reading`);
export const readFacts = (): Promise<readonly FactSummary[]> => ask(`${API}/press/facts`);
export const readFact = (fact: string): Promise<FactView> => ask(`${API}/press/facts/${encodeURIComponent(fact)}`);
export const readDiscrepancies = (): Promise<readonly Discrepancy[]> => ask(`${API}/press/discrepancies`);
export const readTimeline = (): Promise<readonly TimelineEntry[]> => ask(`${API}/press/timeline`);
export const readOutlets = (): Promise<readonly OutletRow[]> => ask(`${API}/press/outlets`);

export const exportClaims = async (format: "json" | "csv"): Promise<Blob> =>
  (await askForResponse(`${API}/press/export?format=${format}`)).blob();
