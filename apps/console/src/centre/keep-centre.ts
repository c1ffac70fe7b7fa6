/** The centre's last description, kept in this tab: with it a screen can be drawn while the centre is out of reach. */
import type { CentreDescription } from "@openjmc/model";

const KEPT = "openjmc-centre";

interface Kept {
  readonly centre: CentreDescription;
  /** Wall time, milliseconds. */
  readonly at: number;
}

export function keepCentre(centre: CentreDescription): void {
  const kept: Kept = { centre, at: Date.now() };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

/** What was kept, with the centre's clock put forward by the time that has passed since. */
export function keptCentre(): CentreDescription | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Kept | null;
    if (kept === null) return undefined;
    const now = Math.round(kept.centre.now + (Date.now() - kept.at) * 1000 * kept.centre.speed);
    return { ...kept.centre, now };
  } catch {
    return undefined;
  }
}

export function forgetCentre(): void {
  sessionStorage.removeItem(KEPT);
}
