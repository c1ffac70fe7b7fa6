/** The lock file alone brings every machine the same packages: nothing lacks, nothing is loose, nobody's registry is named. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
const own = Object.entries(packages).filter(([path]) => !path.includes("node_modules/"));

/** Where npm would find a package from another: in its own node_modules, or in one above it. */
function found(from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${at === "" ? "" : `${at}/`}node_modules/${name}`]) return true;
    if (at === "") return false;
    if (!at.includes("node_modules/")) at = "";
  }
}

describe("package-lock.json", () => {
  it("holds every package that another may need, of other platforms too, as `npm ci` wants it", () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !found(path, name))
        .map((name) => `${name} for ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it("names no registry", () => {
    expect(installed.filter(([, { resolved }]) => /^https?:/.test(resolved ?? ""))).toEqual([]);
  });

  it("has a hash of each, but for native parts of other platforms", () => {
    const loose = installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);
    expect(loose.filter((path) => packages[path]?.os === undefined)).toEqual([]);
    expect(loose.filter((path) => /-linux-x64(-gnu)?$/.test(path))).toEqual([]);
  });

  it("is of packages that are pinned exactly", () => {
    const ranges = own.flatMap(([path, { dependencies, devDependencies }]) =>
      Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
        .map(([name, version]) => `${path}: ${name} ${version}`),
    );
    expect(ranges).toEqual([]);
  });
});
