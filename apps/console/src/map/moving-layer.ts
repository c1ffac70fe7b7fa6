/**
 * Draws what moves, straight from the picture's columns, on a canvas of its own above the map: the basemap need not be
 * drawn again when an object moves, and an update costs a few copies to the graphics card whatever the number of objects.
 * GAP: one dart stands for every object. APP-6 symbols with unknown frames need a sprite made at build time.
 */
import { TRAIL_STRIDE } from "../picture/columns.ts";
import type { PictureStore } from "../picture/store.ts";
import { ELLIPSE_VERTEX, FRAGMENT, SYMBOL_VERTEX, TRAIL_VERTEX } from "./moving-shaders.ts";

/** Where the map stands: Mercator units of the world one wide, pixels per unit, and the canvas in CSS pixels. */
export interface Standpoint {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  /** Mercator units per metre at the middle of the map. */
  readonly unitsPerMetre: number;
}

export interface MovingColours {
  readonly normal: readonly number[];
  readonly suspicious: readonly number[];
  readonly inside: readonly number[];
  readonly edge: readonly number[];
  readonly trail: readonly number[];
}

/** A dart in pixels, nose to the north; and a square for what stands. */
const DART = [0, -9, 6, 7, 0, 3.5, 0, -9, 0, 3.5, -6, 7];
const SQUARE = [-4, -4, 4, -4, 4, 4, -4, -4, 4, 4, -4, 4];
const CIRCLE_CORNERS = 32;
const LEAST_ELLIPSE_PIXELS = 8;
/** Above this many objects trails only cover the ground, and each is 64 lines for the card: the selected one's whole way is drawn by the map. */
const MOST_TRAILS = 3000;

type ColumnName =
  | "x"
  | "y"
  | "velocityEast"
  | "velocityNorth"
  | "status"
  | "flags"
  | "semiMajor"
  | "semiMinor"
  | "ellipseAzimuth";
const UPLOADED: readonly ColumnName[] = [
  "x",
  "y",
  "velocityEast",
  "velocityNorth",
  "status",
  "flags",
  "semiMajor",
  "semiMinor",
  "ellipseAzimuth",
];

export class MovingLayer {
  readonly #gl: WebGL2RenderingContext;
  readonly #symbols: WebGLProgram;
  readonly #ellipses: WebGLProgram;
  readonly #trails: WebGLProgram;
  readonly #buffers = new Map<string, { readonly buffer: WebGLBuffer; bytes: number }>();
  #version = -1;
  readonly canvas: HTMLCanvasElement;

  /** Throws `Error` where the browser gives no WebGL 2 (the map itself would not be drawn either). */
  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { premultipliedAlpha: true, antialias: true });
    if (gl === null) throw new Error("no WebGL 2");
    this.#gl = gl;
    this.#symbols = programOf(gl, SYMBOL_VERTEX);
    this.#ellipses = programOf(gl, ELLIPSE_VERTEX);
    this.#trails = programOf(gl, TRAIL_VERTEX);
    this.#upload("dart", new Float32Array(DART));
    this.#upload("square", new Float32Array(SQUARE));
    this.#upload("circle", circleCorners());
  }

  /** Draws a picture from a standpoint. Columns are copied to the card only when the picture has changed. */
  draw(
    store: PictureStore,
    at: Standpoint,
    colours: MovingColours,
    shown: { readonly tracks: boolean; readonly trails: boolean },
  ): void {
    const gl = this.#gl;
    this.#fit(at);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (store.count === 0) return;
    if (this.#version !== store.version) this.#uploadPicture(store);
    this.#version = store.version;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    if (shown.trails && store.count <= MOST_TRAILS) this.#drawTrails(store, at, colours);
    if (!shown.tracks) return;
    this.#drawEllipses(store, at, colours);
    this.#drawSymbols(store, at, colours, 1.35);
    this.#drawSymbols(store, at, colours, 1);
  }

  /** The next drawing copies the columns again: another picture is shown. */
  forget(): void {
    this.#version = -1;
  }

  #fit(at: Standpoint): void {
    const width = Math.round(at.width * at.pixelRatio);
    const height = Math.round(at.height * at.pixelRatio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.#gl.viewport(0, 0, width, height);
  }

  #uploadPicture(store: PictureStore): void {
    for (const name of UPLOADED) this.#upload(name, store.columns[name].subarray(0, store.count));
    if (store.count <= MOST_TRAILS)
      this.#upload("trail", store.columns.trail.subarray(0, store.count * TRAIL_STRIDE * 2));
  }

  #upload(name: string, values: Float32Array | Uint8Array): void {
    const gl = this.#gl;
    const held = this.#buffers.get(name);
    const buffer = held?.buffer ?? gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    if (held !== undefined && held.bytes >= values.byteLength) gl.bufferSubData(gl.ARRAY_BUFFER, 0, values);
    else gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    this.#buffers.set(name, { buffer, bytes: Math.max(held?.bytes ?? 0, values.byteLength) });
  }

  #drawSymbols(store: PictureStore, at: Standpoint, colours: MovingColours, grow: number): void {
    const gl = this.#gl;
    this.#begin(this.#symbols, store, at);
    this.#bind(this.#symbols, "a_corner", "dart", 2, 0);
    this.#bind(this.#symbols, "a_square", "square", 2, 0);
    this.#bindColumns(this.#symbols, {
      a_x: "x",
      a_y: "y",
      a_east: "velocityEast",
      a_north: "velocityNorth",
      a_status: "status",
      a_flags: "flags",
    });
    gl.uniform1f(gl.getUniformLocation(this.#symbols, "u_grow"), grow);
    gl.uniform1f(gl.getUniformLocation(this.#symbols, "u_pixel"), 1);
    const all = [...colours.normal, ...colours.suspicious, ...colours.inside, ...colours.edge];
    gl.uniform4fv(gl.getUniformLocation(this.#symbols, "u_colours"), all);
    gl.drawArraysInstanced(gl.TRIANGLES, 0, DART.length / 2, store.count);
  }

  #drawEllipses(store: PictureStore, at: Standpoint, colours: MovingColours): void {
    const gl = this.#gl;
    this.#begin(this.#ellipses, store, at);
    this.#bind(this.#ellipses, "a_corner", "circle", 2, 0);
    this.#bindColumns(this.#ellipses, {
      a_x: "x",
      a_y: "y",
      a_major: "semiMajor",
      a_minor: "semiMinor",
      a_azimuth: "ellipseAzimuth",
    });
    gl.uniform4fv(gl.getUniformLocation(this.#ellipses, "u_colour"), colours.normal);
    gl.uniform1f(gl.getUniformLocation(this.#ellipses, "u_least"), LEAST_ELLIPSE_PIXELS);
    gl.uniform1f(gl.getUniformLocation(this.#ellipses, "u_unitsPerMetre"), at.unitsPerMetre);
    gl.drawArraysInstanced(gl.LINE_LOOP, 0, CIRCLE_CORNERS, store.count);
  }

  #drawTrails(store: PictureStore, at: Standpoint, colours: MovingColours): void {
    const gl = this.#gl;
    this.#begin(this.#trails, store, at);
    this.#bind(this.#trails, "a_from", "trail", 2, 1, 0);
    this.#bind(this.#trails, "a_to", "trail", 2, 1, 8);
    gl.uniform1i(gl.getUniformLocation(this.#trails, "u_stride"), TRAIL_STRIDE);
    gl.uniform4fv(gl.getUniformLocation(this.#trails, "u_colour"), colours.trail);
    gl.drawArraysInstanced(gl.LINES, 0, 2, store.count * TRAIL_STRIDE - 1);
  }

  #begin(program: WebGLProgram, store: PictureStore, at: Standpoint): void {
    const gl = this.#gl;
    // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, not a hook.
    gl.useProgram(program);
    gl.uniform2f(gl.getUniformLocation(program, "u_centre"), at.x - store.originX, at.y - store.originY);
    gl.uniform2f(gl.getUniformLocation(program, "u_half"), at.width / 2, at.height / 2);
    gl.uniform1f(gl.getUniformLocation(program, "u_scale"), at.scale);
  }

  #bindColumns(program: WebGLProgram, columns: Readonly<Record<string, ColumnName>>): void {
    for (const [attribute, column] of Object.entries(columns)) this.#bind(program, attribute, column, 1, 1);
  }

  #bind(program: WebGLProgram, attribute: string, buffer: string, size: number, divisor: number, offset = 0): void {
    const gl = this.#gl;
    const place = gl.getAttribLocation(program, attribute);
    if (place < 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.get(buffer)!.buffer);
    gl.enableVertexAttribArray(place);
    const bytes = buffer === "status" || buffer === "flags";
    gl.vertexAttribPointer(place, size, bytes ? gl.UNSIGNED_BYTE : gl.FLOAT, false, 0, offset);
    gl.vertexAttribDivisor(place, divisor);
  }
}

function circleCorners(): Float32Array {
  const corners = new Float32Array(CIRCLE_CORNERS * 2);
  for (let corner = 0; corner < CIRCLE_CORNERS; corner++) {
    corners[corner * 2] = Math.cos((corner / CIRCLE_CORNERS) * 2 * Math.PI);
    corners[corner * 2 + 1] = Math.sin((corner / CIRCLE_CORNERS) * 2 * Math.PI);
  }
  return corners;
}

function programOf(gl: WebGL2RenderingContext, vertex: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(`shader: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(`program: ${gl.getProgramInfoLog(program)}`);
  return program;
}
