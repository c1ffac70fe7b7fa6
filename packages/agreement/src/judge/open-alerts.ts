/** Alerts about tracks that have not ended, and the tracks that each stands for: an aircraft lost and found again is one alert. */
import type { Instant } from "@openjmc/model";

/** Plain data. */
export interface OpenAlert {
  readonly key: string;
  readonly rule: string;
  readonly zone: string;
  readonly icao: string | undefined;
  readonly tracks: string[];
  /** When its last track vanished without having left the zone. */
  lostAt: Instant | undefined;
}

export class OpenAlerts {
  readonly #alerts = new Map<string, OpenAlert>();

  open(alert: OpenAlert): void {
    this.#alerts.set(alert.key, alert);
  }

  /** The alert about the same address in the same zone, with the track taken in; undefined where there is none. */
  join(rule: string, zone: string, icao: string | undefined, track: string): OpenAlert | undefined {
    if (icao === undefined) return undefined;
    for (const alert of this.#alerts.values()) {
      if (alert.rule !== rule || alert.zone !== zone || alert.icao !== icao) continue;
      alert.tracks.push(track);
      alert.lostAt = undefined;
      return alert;
    }
    return undefined;
  }

  /** A track has left the zone. True if the alert has no other track and is closed by it. */
  leave(key: string, track: string): boolean {
    const alert = this.#without(key, track);
    return alert !== undefined && alert.tracks.length === 0 && this.#alerts.delete(key);
  }

  /** A track has vanished inside the zone: its alert waits for it to be found again. */
  lose(key: string, track: string, lostAt: Instant): void {
    const alert = this.#without(key, track);
    if (alert && alert.tracks.length === 0) alert.lostAt = lostAt;
  }

  /** Closes alerts whose tracks were lost at or before an instant, and gives them. */
  giveUp(lostBy: Instant): OpenAlert[] {
    const given = [...this.#alerts.values()].filter((alert) => alert.lostAt !== undefined && alert.lostAt <= lostBy);
    for (const alert of given) this.#alerts.delete(alert.key);
    return given;
  }

  all(): readonly OpenAlert[] {
    return [...this.#alerts.values()];
  }

  replace(alerts: readonly OpenAlert[]): void {
    this.#alerts.clear();
    for (const alert of alerts) this.#alerts.set(alert.key, alert);
  }

  #without(key: string, track: string): OpenAlert | undefined {
    const alert = this.#alerts.get(key);
    const index = alert?.tracks.indexOf(track) ?? -1;
    if (index >= 0) alert!.tracks.splice(index, 1);
    return alert;
  }
}
