/** Two components, each with a tab of its own: what one does, the other sees. */
import type { IncidentRow, StreamEvent } from "@openjmc/model";
import { formatInstant, makeUlid } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now, perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { until } from "./support/wait.ts";

interface Tab {
  readonly officer: string;
  readonly token: string;
  readonly events: { readonly id: string; readonly event: StreamEvent; readonly at: number }[];
  close(): void;
}

let test: TestCentre;

beforeAll(async () => {
  test = await openTestCentre();
});
afterAll(() => test.close());

/** Opens a stream as a console's tab does: with fetch, read as it comes. */
async function openTab(officer: string, from?: string): Promise<Tab> {
  const token = await tokenOf(test.url, officer, test.signer(officer));
  const stop = new AbortController();
  const events: Tab["events"] = [];
  const query = from === undefined ? "" : `?from=${from}`;
  const response = await fetch(`${test.url}/api/v1/stream${query}`, { headers: bearer(token), signal: stop.signal });
  void readEvents(response, events).catch(() => undefined);
  await until(`the first event of ${officer}`, () => events.length > 0);
  return { officer, token, events, close: () => stop.abort() };
}

async function readEvents(response: Response, events: Tab["events"]): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body!) {
    text += decoder.decode(part, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split("\n")
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field("data");
      if (data !== undefined) events.push({ id: field("id")!, event: JSON.parse(data), at: performance.now() });
    }
  }
}

const rowsOf = (tab: Tab, view: string, key: string): unknown[] =>
  tab.events.flatMap(({ event }) =>
    event.type === "row" && event.view === view && event.key === key ? [event.row] : [],
  );

async function actOf(tab: Tab, kind: string, subject: string, body: object): Promise<number> {
  const at = performance.now();
  await perform(test.url, tab.token, test.signer(tab.officer), { kind, subject, body, officer: tab.officer });
  return at;
}

describe("two tabs", () => {
  it("see each other's acts as they are recorded", async () => {
    const [a, b] = [await openTab("A-Duty-1"), await openTab("B-Duty-1")];
    const delays: number[] = [];
    const incident = ulid();
    const opened = await actOf(a, "incident.opened", incident, { title: "Shots", occurredAt: formatInstant(now()) });
    await until("the incident in the other's tab", () => rowsOf(b, "incidents", incident).length > 0);
    delays.push(b.events.at(-1)!.at - opened);
    expect(rowsOf(b, "incidents", incident).at(-1)).toMatchObject({ title: "Shots", openedBy: { component: "A" } });

    for (let number = 1; number <= 10; number++) {
      const [from, to] = number % 2 === 0 ? [a, b] : [b, a];
      const noted = await actOf(from, "incident.noted", incident, { text: `note ${number}` });
      await until(`note ${number}`, () => notesIn(to, incident).includes(`note ${number}`));
      delays.push(to.events.at(-1)!.at - noted);
    }
    expect(notesIn(a, incident)).toEqual(notesIn(b, incident));
    console.log(`seen by the other after ${Math.round(Math.max(...delays))} ms at most, of ${delays.length} acts`);
    a.close();
    b.close();
  });

  it("goes on where a broken stream stopped, and nothing is missing or twice", async () => {
    const [a, b] = [await openTab("A-Duty-1"), await openTab("B-Duty-1")];
    const last = b.events.at(-1)!.id;
    b.close();
    const subjects = Array.from({ length: 5 }, () => makeUlid(now(), crypto.getRandomValues(new Uint8Array(10))));
    for (const subject of subjects)
      await actOf(a, "sighting.reported", subject, sightingBody({ lon: 47.1, lat: 39.9 }, now()));
    const again = await openTab("B-Duty-1", last);
    const seen = () =>
      again.events.flatMap(({ event }) => (event.type === "row" && event.view === "sightings" ? [event.key] : []));
    await until("the acts made meanwhile", () => seen().length >= subjects.length);
    expect(seen()).toEqual(subjects);
    a.close();
    again.close();
  });

  it("is told to read anew when it asks for what is too long ago", async () => {
    const tab = await openTab("B-Duty-1", "1");
    await until("the word to read anew", () => tab.events.some(({ event }) => event.type === "reset"));
    tab.close();
  });
});

const notesIn = (tab: Tab, incident: string): string[] =>
  (rowsOf(tab, "incidents", incident).at(-1) as IncidentRow | undefined)?.notes.map((note) => note.text) ?? [];
