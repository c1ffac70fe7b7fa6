/** Labels of what moves and the ring around what is selected, on a plain canvas: few, and never one over another. */
import { FLAG_ALTITUDE_KNOWN, FLAG_ON_GROUND, type PictureStore } from "../picture/store.ts";
import type { Standpoint } from "./moving-layer.ts";

export interface LabelColours {
  readonly text: string;
  readonly halo: string;
  readonly ring: string;
}

export interface LabelTexts {
  altitude(metres: number): string;
  readonly ground: string;
}

const MOST_LABELS = 160;
const LINE = 13;

/** Draws labels for the objects in view, those named first winning the room. `selected` is a slot or -1. */
export function drawLabels(
  canvas: HTMLCanvasElement,
  store: PictureStore,
  at: Standpoint,
  colours: LabelColours,
  texts: LabelTexts,
  what: { readonly labels: boolean; readonly selected: number },
): void {
  const context = canvas.getContext("2d")!;
  fit(canvas, at);
  context.setTransform(at.pixelRatio, 0, 0, at.pixelRatio, 0, 0);
  context.clearRect(0, 0, at.width, at.height);
  context.font = '600 11px "Noto Sans Variable", sans-serif';
  context.lineJoin = "round";
  if (what.selected >= 0)
    ring(context, placeX(store, what.selected, at), placeY(store, what.selected, at), colours.ring);
  if (!what.labels) return;
  const taken: number[] = [];
  let drawn = 0;
  for (let slot = 0; slot < store.count && drawn < MOST_LABELS; slot++) {
    const x = placeX(store, slot, at);
    const y = placeY(store, slot, at);
    if (x < -40 || y < -20 || x > at.width + 40 || y > at.height + 20) continue;
    if (overlaps(taken, x, y)) continue;
    taken.push(x, y);
    drawn += 1;
    write(context, store, slot, x + 11, y - 2, colours, texts);
  }
}

/** The slot nearest to a place on the canvas, within a finger's width, or -1. */
export function pick(store: PictureStore, at: Standpoint, x: number, y: number): number {
  let best = -1;
  let nearest = 16 * 16;
  for (let slot = 0; slot < store.count; slot++) {
    const distance = (placeX(store, slot, at) - x) ** 2 + (placeY(store, slot, at) - y) ** 2;
    if (distance < nearest) {
      nearest = distance;
      best = slot;
    }
  }
  return best;
}

function placeX(store: PictureStore, slot: number, at: Standpoint): number {
  return (store.columns.x[slot]! + store.originX - at.x) * at.scale + at.width / 2;
}

function placeY(store: PictureStore, slot: number, at: Standpoint): number {
  return (store.columns.y[slot]! + store.originY - at.y) * at.scale + at.height / 2;
}

function overlaps(taken: readonly number[], x: number, y: number): boolean {
  for (let index = 0; index < taken.length; index += 2)
    if (Math.abs(taken[index]! - x) < 74 && Math.abs(taken[index + 1]! - y) < LINE * 2) return true;
  return false;
}

function write(
  context: CanvasRenderingContext2D,
  store: PictureStore,
  slot: number,
  x: number,
  y: number,
  colours: LabelColours,
  texts: LabelTexts,
): void {
  const flags = store.columns.flags[slot]!;
  const climb = store.columns.velocityUp[slot]!;
  const arrow = climb > 1.5 ? " ↑" : climb < -1.5 ? " ↓" : "";
  const height =
    flags & FLAG_ON_GROUND
      ? texts.ground
      : flags & FLAG_ALTITUDE_KNOWN
        ? `${texts.altitude(store.columns.altitude[slot]!)}${arrow}`
        : "";
  context.strokeStyle = colours.halo;
  context.fillStyle = colours.text;
  context.lineWidth = 3;
  [store.labels[slot]!, height]
    .filter((line) => line !== "")
    .forEach((line, index) => {
      context.strokeText(line, x, y + index * LINE);
      context.fillText(line, x, y + index * LINE);
    });
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x, y, 15, 0, 2 * Math.PI);
  context.stroke();
}

function fit(canvas: HTMLCanvasElement, at: Standpoint): void {
  const width = Math.round(at.width * at.pixelRatio);
  const height = Math.round(at.height * at.pixelRatio);
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
