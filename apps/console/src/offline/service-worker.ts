/**
 * Keeps the program itself in the browser, so that a reload without a connection still opens the console. Only what has
 * its content in its name is answered from here without asking; the page is asked for first; the API and the record are
 * never touched.
 */

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "fetch", act: (event: RequestEvent) => void): void;
  addEventListener(name: "install" | "activate", act: (event: WorkerEvent) => void): void;
}

const worker = self as unknown as Worker;
const PROGRAM = "openjmc-program";
const MOST_KEPT = 300;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (/\/(assets|basemap)\//.test(address.pathname)) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate") event.respondWith(askedFirst(request));
});

async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(PROGRAM);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    await dropOldest(cache);
  }
  return answer;
}

/** One page serves every address of the console. */
async function askedFirst(request: Request): Promise<Response> {
  const cache = await caches.open(PROGRAM);
  const page = new URL("./", worker.location.href).href;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(page, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(page);
    if (kept !== undefined) return kept;
    throw error;
  }
}

async function dropOldest(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_KEPT))) await cache.delete(key);
}
