/**
 * The tab's moving picture: the live one from the WebSocket, and one that is filled from the past while the clock is not
 * live. For measurement the page tells when the last live message stood in the store: `window.__openjmc.pictureAppliedAt`
 * (monotonic milliseconds) and `pictureAt` (the centre's instant that the message carried).
 */
import { type CentreDescription, encodePicture, type Instant, pictureObjectOf, type TrackRow } from "@openjmc/model";
import { pictureTicket } from "../api/endpoints.ts";
import { createStore } from "../state/store.ts";
import { PictureStore } from "./store.ts";

export interface Pictures {
  readonly live: PictureStore;
  readonly past: PictureStore;
}

declare global {
  interface Window {
    __openjmc?: { pictureAppliedAt: number; pictureAt: number; pictureObjects: number };
  }
}

/** Goes up when either picture has changed. */
export const pictureVersion = createStore(0);
/** Whether the live picture's socket is open. */
export const pictureOpen = createStore(false);

export function makePictures(centre: CentreDescription): Pictures {
  const origin = centre.mission.mapCentre;
  return { live: new PictureStore(origin, 1024), past: new PictureStore(origin, 256) };
}

/** Shows tracks of the past in the past picture. */
export function showPast(pictures: Pictures, at: Instant, tracks: readonly TrackRow[]): void {
  pictures.past.apply(encodePicture({ kind: "snapshot", at, objects: tracks.map(pictureObjectOf) }));
  pictureVersion.update((version) => version + 1);
}

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 8000;

/** Keeps the live picture's socket open until told to stop; a broken one is opened again and begins with a snapshot. */
export function followPicture(store: PictureStore): () => void {
  let socket: WebSocket | undefined;
  let stopped = false;
  let pause = FIRST_PAUSE_MILLISECONDS;
  const again = (): void => {
    pictureOpen.set(false);
    if (stopped) return;
    setTimeout(() => void open(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
  };
  const open = async (): Promise<void> => {
    if (stopped) return;
    try {
      const { ticket } = await pictureTicket();
      if (stopped) return;
      socket = new WebSocket(addressOf(ticket));
    } catch {
      again();
      return;
    }
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      pause = FIRST_PAUSE_MILLISECONDS;
      pictureOpen.set(true);
    };
    socket.onmessage = (message) => take(store, message.data as ArrayBuffer);
    socket.onclose = again;
  };
  void open();
  return () => {
    stopped = true;
    socket?.close();
  };
}

function take(store: PictureStore, data: ArrayBuffer): void {
  if (!store.apply(new Uint8Array(data))) return;
  window.__openjmc = { pictureAppliedAt: performance.now(), pictureAt: store.at, pictureObjects: store.count };
  pictureVersion.update((version) => version + 1);
}

function addressOf(ticket: string): string {
  const address = new URL("api/v1/picture", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.search = `?ticket=${encodeURIComponent(ticket)}`;
  return address.href;
}
