/** A console's tab without its screen: signs in, follows the stream of changes and keeps a view's rows with the console's own store. */
import type { Instant, StreamEvent, ViewName, ViewPage } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { createEventParser } from "../../apps/console/src/api/stream.ts";
import { Rows } from "../../apps/console/src/rows/rows.ts";
import { bearer, tokenOf } from "../../test/support/api.ts";

export interface RowsTab {
  readonly rows: Rows;
  /** What the centre's clock shows now, by what the stream last said of it. */
  now(): Instant;
  close(): void;
}

/** Opens one on a view; `onApplied` is told of every change of it after the store has taken it. */
export async function openRowsTab(
  url: string,
  officer: { readonly name: string; readonly signer: Signer },
  view: ViewName,
  onApplied: (key: string, tab: RowsTab) => void,
): Promise<RowsTab> {
  const headers = bearer(await tokenOf(url, officer.name, officer.signer));
  const rows = new Rows(async (name, { limit }) => {
    const answer = await fetch(`${url}/api/v1/views/${name}?limit=${limit}`, { headers });
    return (await answer.json()) as ViewPage<unknown>;
  });
  const stop = new AbortController();
  const clock = { said: 0, at: 0, speed: 1 };
  const tab: RowsTab = {
    rows,
    now: () => clock.said + Math.round((performance.now() - clock.at) * 1000 * clock.speed),
    close: () => stop.abort(),
  };
  const first = Promise.withResolvers<void>();
  const parser = createEventParser((data) => {
    const event = JSON.parse(data) as StreamEvent;
    if (event.type === "clock") {
      Object.assign(clock, { said: event.now, at: performance.now(), speed: event.speed });
      first.resolve();
    }
    rows.apply(event);
    if (event.type === "row" && event.view === view) onApplied(event.key, tab);
  });
  const response = await fetch(`${url}/api/v1/stream`, { headers, signal: stop.signal });
  // A centre that ends takes the stream with it; whoever waits for rows sees that they do not come.
  void read(response, parser).catch(() => undefined);
  await first.promise;
  await rows.reload(view);
  return tab;
}

async function read(response: Response, parser: (chunk: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const part of response.body!) parser(decoder.decode(part, { stream: true }));
}
