/** The one view state of this tab, kept equal to the address. */
import { createStore, type Store, useStore } from "../state/store.ts";
import { type AirSetting, formatView, parseView, type Selection, type ViewState } from "./view-state.ts";

export const view: Store<ViewState> = createStore(parseView(location.search));

window.addEventListener("popstate", () => view.set(parseView(location.search)));

/** Changes the view. `push` makes a step that the browser's back button undoes; small moves replace the last one. */
export function changeView(change: Partial<ViewState>, how: "push" | "replace" = "push"): void {
  const next = { ...view.get(), ...change };
  view.set(next);
  const address = `${location.pathname}${formatView(next)}`;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Opens a room, closing what was open in the last one. */
export function openRoom(room: ViewState["room"], item?: string): void {
  const { item: _, ...rest } = view.get();
  const next: ViewState = { ...rest, room, filter: "", ...(item === undefined ? {} : { item }) };
  view.set(next);
  history.pushState(null, "", `${location.pathname}${formatView(next)}`);
}

/** Opens what an act has made, unless who acted has gone to another room meanwhile. */
export function openMade(room: ViewState["room"], item: string): void {
  if (view.get().room === room) openRoom(room, item);
}

/** Selects something, or nothing. */
export function select(selection: Selection | undefined): void {
  const { selection: _, ...rest } = view.get();
  const next: ViewState = { ...rest, ...(selection === undefined ? {} : { selection }) };
  view.set(next);
  history.replaceState(null, "", `${location.pathname}${formatView(next)}`);
}

/** Shows how well the air is watched, or the circles of range. */
export function showAir(air: AirSetting | undefined): void {
  const { air: _, ...rest } = view.get();
  const next: ViewState = { ...rest, ...(air === undefined ? {} : { air }) };
  view.set(next);
  history.replaceState(null, "", `${location.pathname}${formatView(next)}`);
}

export function useView(): ViewState {
  return useStore(view);
}
