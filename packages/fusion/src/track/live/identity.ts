/** Names of targets, and which tracks bear them. Several tracks under one name are a finding, not an error. */
import type { PlotIdentity } from "./plot.ts";

/** The name by which plots are put together without looking at where they are; none for names that are not unique. */
export function uniqueName(identity: PlotIdentity | undefined): string | undefined {
  if (identity?.icao !== undefined) return `icao ${identity.icao}`;
  if (identity?.serial !== undefined) return `serial ${identity.serial}`;
  return undefined;
}

/** All unique names of an identity: one aircraft may tell its address and, of another sender, its serial number. */
export function uniqueNames(identity: PlotIdentity): string[] {
  const names: string[] = [];
  if (identity.icao !== undefined) names.push(`icao ${identity.icao}`);
  if (identity.serial !== undefined) names.push(`serial ${identity.serial}`);
  return names;
}

/** Whether two identities contradict each other: both tell a unique name of one kind, and not the same. */
export function namesConflict(left: PlotIdentity, right: PlotIdentity | undefined): boolean {
  if (!right) return false;
  const differ = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  return differ(left.icao, right.icao) || differ(left.serial, right.serial);
}

/** Unique names with the keys of the tracks that bear them, oldest first. */
export class IdentityIndex {
  readonly #bearers = new Map<string, number[]>();

  bearers(name: string): readonly number[] {
    return this.#bearers.get(name) ?? [];
  }

  add(name: string, key: number): void {
    const list = this.#bearers.get(name);
    if (!list) this.#bearers.set(name, [key]);
    else if (!list.includes(key)) {
      list.push(key);
      list.sort((left, right) => left - right);
    }
  }

  clear(): void {
    this.#bearers.clear();
  }

  remove(name: string, key: number): void {
    const rest = (this.#bearers.get(name) ?? []).filter((other) => other !== key);
    if (rest.length > 0) this.#bearers.set(name, rest);
    else this.#bearers.delete(name);
  }
}

/** The older identity with what the newer one adds or changes. */
export function mergeIdentity(older: PlotIdentity, newer: PlotIdentity | undefined): PlotIdentity {
  if (!newer) return older;
  if (contains(older, newer)) return older;
  return { ...older, ...newer };
}

function contains(older: PlotIdentity, newer: PlotIdentity): boolean {
  return (
    (newer.icao === undefined || newer.icao === older.icao) &&
    (newer.serial === undefined || newer.serial === older.serial) &&
    (newer.modeA === undefined || newer.modeA === older.modeA) &&
    (newer.callsign === undefined || newer.callsign === older.callsign)
  );
}
