/** A console's tab without its screen: signs in, opens the picture's socket and applies what comes with the console's own store. */
import type { Signer } from "@openjmc/record";
import { PictureStore } from "../../apps/console/src/picture/store.ts";
import { bearer, tokenOf } from "../../test/support/api.ts";

export interface PictureTab {
  readonly store: PictureStore;
  close(): void;
}

/** Opens one; `onApplied` is told of every message after the store has taken it. */
export async function openPictureTab(
  url: string,
  officer: { readonly name: string; readonly signer: Signer },
  onApplied: (store: PictureStore) => void,
): Promise<PictureTab> {
  const token = await tokenOf(url, officer.name, officer.signer);
  const answer = await fetch(`${url}/api/v1/picture/ticket`, { headers: bearer(token) });
  const { ticket } = (await answer.json()) as { ticket: string };
  const store = new PictureStore();
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/picture?ticket=${ticket}`);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", (message) => {
    if (!store.apply(new Uint8Array(message.data as ArrayBuffer))) throw new Error("no message of the picture");
    onApplied(store);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  return { store, close: () => socket.close() };
}
