/** One mission file, read: its value, and the line of every part of it for faults found later. */
import type { Fault, FaultPlace } from "@openjmc/model";
import { type Document, isNode, LineCounter, type Node, parseDocument } from "yaml";
import { checkNode } from "./check.ts";
import type { Shape } from "./shape.ts";

/** A file that fits its shape. */
export interface MissionDocument<T> {
  readonly file: string;
  readonly value: T;
  /** Where a part of the file stands; a path as `["zones", 2, "names"]`. The nearest part that exists is named. */
  place(path: readonly (string | number)[]): FaultPlace;
}

/**
 * Reads YAML 1.2 (of which JSON is a part) and checks it. Faults: `mission.yaml-malformed`, `mission.shape-wrong`.
 * Repeated keys are malformed; aliases are followed, at most a hundred of them.
 */
export function readMissionDocument<T>(
  file: string,
  content: string,
  shape: Shape<T>,
  faults: Fault[],
): MissionDocument<T> | undefined {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, version: "1.2", prettyErrors: false });
  for (const error of document.errors) {
    const place = { file, line: lines.linePos(error.pos[0]).line };
    faults.push({ code: "mission.yaml-malformed", what: "mission file", where: place, cause: error.message });
  }
  if (document.errors.length > 0) return undefined;
  const misfits = checkNode(document.contents, shape.schema, "", (alias) =>
    "resolve" in alias ? alias.resolve(document) : undefined,
  );
  for (const { path, offset, expected, got } of misfits) {
    const where = { file, line: lines.linePos(offset).line || 1, ...(path ? { field: path } : {}) };
    faults.push({ code: "mission.shape-wrong", what: "mission file", where, expected, got });
  }
  if (misfits.length > 0) return undefined;
  return {
    file,
    value: document.toJS({ maxAliasCount: 100 }) as T,
    place(path) {
      const node = nearestNode(document, path);
      const offset = node?.range?.[0] ?? 0;
      return { file, line: lines.linePos(offset).line || 1, field: fieldOf(path) };
    },
  };
}

/** The node at a path, or at the longest beginning of it that exists. */
function nearestNode(document: Document, path: readonly (string | number)[]): Node | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return node;
  }
  return undefined;
}

/** `zones[2].names` from `["zones", 2, "names"]`. */
function fieldOf(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}
