/**
 * Build step: which modules travel together. On a poor line each file costs a round trip and one of the browser's few connections:
 * what the door needs is one file, and what every room needs beside it is another. The page names the first of them, so that it is on
 * its way together with the few lines that ask for the words (`boot.ts`), and not only behind them.
 */
import { join } from "node:path";
import type { Plugin } from "vite";

/** What the bundler tells of a module. */
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

export interface Parcel {
  readonly name: string;
  /** Modules, as paths from the project's root. */
  readonly roots: readonly string[];
}

const ROOT = join(import.meta.dirname, "../../../..");
/** Goes with the lines that run first. */
const FIRST = /\/(api\/ahead|words\/first-locale|words\/src\/(catalogue|locale))\.ts$|preload-helper|rolldown\/runtime/;
/** A language is fetched by whoever speaks it; the map's program is as large as everything else together. */
const APART = /\/words\/src\/locales\/|\/maplibre-gl\//;

/** Names the parcel in which a module travels: the first one whose roots lead to it. */
export function parcelOf(parcels: readonly Parcel[]): (id: string, modules: Modules) => string | null {
  const packed = new Map<string, string>();
  const pack = (id: string, name: string, modules: Modules): void => {
    if (packed.has(id) || FIRST.test(id) || APART.test(id)) return;
    packed.set(id, name);
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) pack(imported, name, modules);
  };
  return (id, modules) => {
    if (packed.size === 0)
      for (const { name, roots } of parcels) for (const root of roots) pack(join(ROOT, root), name, modules);
    return packed.get(id) ?? null;
  };
}

/** Lets the page ask for files of these names, and for their styles, at once. */
export function sendAlong(...names: readonly string[]): Plugin {
  return {
    name: "openjmc-send-along",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_page, { bundle = {} }) {
        const named = (file: string): boolean =>
          names.some((name) => file.startsWith(`assets/${name}-`)) && /\.(js|css)$/.test(file);
        return Object.keys(bundle)
          .filter(named)
          .map((file) => ({
            tag: "link",
            attrs: {
              ...(file.endsWith(".css") ? { rel: "stylesheet" } : { rel: "modulepreload" }),
              ...{ crossorigin: true, href: `./${file}` },
            },
            injectTo: "head" as const,
          }));
      },
    },
  };
}
