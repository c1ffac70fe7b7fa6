/** The centre's stream of changes, read with `fetch` so that the token goes in a header; resumes where it broke off. */
import type { StreamEvent } from "@openjmc/model";
import { askForResponse } from "./centre.ts";

export interface StreamHandlers {
  /** `position`: where a stream that breaks off after this event goes on. */
  event(event: StreamEvent, position: number): void;
  /** The centre no longer remembers what came between: the views must be read anew. */
  reset(): void;
  /** The stream is open and caught up from where it last stood. */
  opened(): void;
  /** The stream broke off; it tries again by itself. */
  lost(): void;
  /** Where to go on from; undefined for "from now". */
  position(): number | undefined;
}

const FIRST_PAUSE_MILLISECONDS = 400;
const LONGEST_PAUSE_MILLISECONDS = 8000;
const LONGEST_SILENCE_MILLISECONDS = 16_000;

/** Follows the stream until told to stop. */
export function followStream(handlers: StreamHandlers): () => void {
  const stop = new AbortController();
  void follow(handlers, stop.signal);
  return () => stop.abort();
}

async function follow(handlers: StreamHandlers, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MILLISECONDS;
  while (!signal.aborted) {
    const silence = new AbortController();
    const watch = watchSilence(() => silence.abort());
    try {
      const from = handlers.position();
      const response = await askForResponse(`api/v1/stream${from === undefined ? "" : `?from=${from}`}`, {
        signal: AbortSignal.any([signal, silence.signal]),
      });
      pause = FIRST_PAUSE_MILLISECONDS;
      handlers.opened();
      await readEvents(response, handlers, watch.heard);
    } catch {
      // Told through `lost` below; the next turn asks again.
    } finally {
      watch.stop();
    }
    if (signal.aborted) return;
    handlers.lost();
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
  }
}

/** A link can die without a word; the centre tells its time every few seconds, so a longer silence means a dead link. */
function watchSilence(act: () => void): { readonly heard: () => void; readonly stop: () => void } {
  let heardAt = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - heardAt > LONGEST_SILENCE_MILLISECONDS) act();
  }, 1000);
  return {
    heard: () => {
      heardAt = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

async function readEvents(response: Response, handlers: StreamHandlers, heard: () => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  const parser = createEventParser((data, id) => {
    const event = JSON.parse(data) as StreamEvent | { readonly type: "reset" };
    if (event.type === "reset") handlers.reset();
    else handlers.event(event, Number(id));
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    parser(value);
  }
}

/** Splits server-sent events (WHATWG HTML §9.2.6) as far as the centre uses them: `id` and `data` lines ended by an empty line. */
export function createEventParser(emit: (data: string, id: string) => void): (chunk: string) => void {
  let rest = "";
  let data: string[] = [];
  let id = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const raw of lines) {
      const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
      if (line.startsWith("id:")) id = line.slice(3).trim();
      if (line === "" && data.length > 0) {
        const whole = data.join("\n");
        data = [];
        emit(whole, id);
      }
    }
  };
}
