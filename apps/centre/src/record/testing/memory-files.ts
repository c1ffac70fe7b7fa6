/**
 * A disk in memory that keeps apart what has been written and what would survive a loss of power, and that can be told
 * to fail at any one operation: before it happened, halfway, or after it happened all the same.
 */
import { dirname } from "node:path";
import type { RecordFiles } from "../files.ts";

export type Failure = "failed" | "torn" | "persisted";

interface Content {
  /** As any reader sees it. */
  bytes: Uint8Array;
  /** As it would be after a loss of power. */
  durable: Uint8Array;
}

type Names = Map<string, Content | "folder">;

export class MemoryFiles implements RecordFiles {
  #names: Names = new Map([["/", "folder"]]);
  #durableNames: Names = new Map([["/", "folder"]]);
  /** Operations that change something, so far. */
  operations = 0;
  #failAt = Number.POSITIVE_INFINITY;
  #failure: Failure = "failed";

  /** Lets the operation with this number (from 1) fail. */
  failAt(operation: number, failure: Failure): void {
    this.#failAt = operation;
    this.#failure = failure;
  }

  /** The process that wrote is gone; the system goes on, and nothing it holds is lost yet. */
  kill(): void {
    this.#failAt = Number.POSITIVE_INFINITY;
  }

  /** Loses power: of each name and content either the durable or the latest state is kept, as `keepLatest` says. */
  crash(keepLatest: () => boolean): void {
    this.#failAt = Number.POSITIVE_INFINITY;
    const kept: Names = new Map();
    for (const path of new Set([...this.#names.keys(), ...this.#durableNames.keys()])) {
      const content = (keepLatest() ? this.#names : this.#durableNames).get(path);
      if (content === "folder") kept.set(path, content);
      else if (content) {
        const bytes = keepLatest() ? content.bytes : content.durable;
        kept.set(path, { bytes, durable: bytes });
      }
    }
    // What lies in a folder that is not there is not there either.
    for (const path of kept.keys()) if (!ancestors(path).every((folder) => kept.has(folder))) kept.delete(path);
    this.#names = kept;
    this.#durableNames = new Map(kept);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const content = this.#names.get(path);
    return content === undefined || content === "folder" ? undefined : content.bytes.slice();
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (this.#names.get(dirname(path)) !== "folder") throw systemError("ENOENT");
    const content: Content = { bytes: new Uint8Array(0), durable: new Uint8Array(0) };
    const half = bytes.slice(0, bytes.length / 2);
    this.#step(
      () => {
        this.#names.set(path, content);
        content.bytes = half;
        content.durable = half.slice(0, half.length / 2);
      },
      () => {
        this.#names.set(path, content);
        content.bytes = bytes.slice();
      },
    );
    this.#step(
      () => {},
      () => {
        content.durable = content.bytes;
      },
    );
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step(
      () => {},
      () => {
        this.#names.set(to, this.#names.get(from)!);
        this.#names.delete(from);
      },
    );
  }

  async syncFolder(folder: string): Promise<void> {
    if (this.#names.get(folder) !== "folder") throw systemError("ENOENT");
    this.#step(
      () => {},
      () => {
        const inside = (path: string) => path !== "/" && dirname(path) === folder;
        for (const path of [...this.#durableNames.keys()].filter(inside)) this.#durableNames.delete(path);
        for (const [path, content] of this.#names) if (inside(path)) this.#durableNames.set(path, content);
      },
    );
  }

  async makeFolder(path: string): Promise<boolean> {
    if (this.#names.has(path)) return false;
    if (!this.#names.has(dirname(path))) throw systemError("ENOENT");
    this.#step(
      () => {},
      () => this.#names.set(path, "folder"),
    );
    return true;
  }

  async remove(path: string): Promise<void> {
    const below = [...this.#names.keys()].filter((name) => name === path || name.startsWith(`${path}/`));
    if (below.length === 0) return;
    this.#step(
      () => this.#names.delete(below[0]!),
      () => {
        for (const name of below) this.#names.delete(name);
      },
    );
  }

  async list(folder: string): Promise<string[]> {
    const files = [...this.#names].filter(([path, content]) => content !== "folder" && path.startsWith(`${folder}/`));
    return files.map(([path]) => path.slice(folder.length + 1));
  }

  #step(halfway: () => void, whole: () => void): void {
    this.operations++;
    if (this.operations !== this.#failAt) {
      whole();
      return;
    }
    if (this.#failure === "torn") halfway();
    if (this.#failure === "persisted") whole();
    throw systemError("EIO");
  }
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestors(parent)];
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}
