/** How the scripted officers take what is new: alerts and allegations, each until it has its disposition. */
import {
  type AlertRow,
  type AllegationRow,
  type CoverageRow,
  type EventRow,
  formatDegrees,
  formatInstant,
  type IncidentRow,
  type Instant,
} from "@openjmc/model";
import { type Cases, type Matter, untilSettled } from "./cases.ts";
import type { House } from "./house.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What happened so near to an incident, in time and place, is taken into it. */
const SAME_MICROSECONDS = 20 * MINUTE;
const SAME_METRES = 4_000;
/** A post hears a shell no farther than this. */
const HEARING_METRES = 12_000;

export class Intake {
  readonly #house: House;
  readonly #cases: Cases;
  readonly #known = new Set<string>();
  readonly #matters: Matter[] = [];
  #turn = 0;

  constructor(house: House, cases: Cases) {
    this.#house = house;
    this.#cases = cases;
  }

  /** Somebody of a component who is there looks at what is new. */
  async look(): Promise<void> {
    const house = this.#house;
    const reader = house.mission.components.find(({ code }) => !house.isAbsent(code));
    if (!reader) return;
    const alerts = await house.ask<{ rows: AlertRow[] }>(reader.code, "/api/v1/views/alerts?limit=200");
    for (const alert of alerts.rows.toReversed()) if (this.#isNew(alert.id)) this.#takeAlert(alert);
    const claims = await house.ask<{ rows: AllegationRow[] }>(reader.code, "/api/v1/views/allegations?limit=50");
    for (const claim of claims.rows.toReversed()) if (this.#isNew(claim.id)) this.#takeAllegation(claim);
  }

  #isNew(id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    return true;
  }

  /** The components lead in turn, whoever is absent then. */
  #nextLead(): string {
    const { components } = this.#house.mission;
    return components[this.#turn++ % components.length]!.code;
  }

  #present(lead: string): string | undefined {
    const house = this.#house;
    const other = house.otherThan(lead);
    return house.isAbsent(lead) ? (house.isAbsent(other) ? undefined : other) : lead;
  }

  #takeAlert(alert: AlertRow): void {
    const house = this.#house;
    const dice = house.dice("alert", alert.id);
    const since = alert.mark.recordedAt;
    const lead = this.#nextLead();
    for (const { code } of house.mission.components)
      house.diary.note(since + Math.round(dice.between(30, 200) * SECOND), async () => {
        if (house.isAbsent(code)) return;
        const officer = house.officer(code, "duty");
        await house.perform({ officer, kind: "alert.acknowledged", subject: alert.id, body: { note: "" } });
      });
    if (alert.subject.kind === "event")
      house.diary.note(since + Math.round(dice.between(60, 150) * SECOND), () => this.#open(alert, lead));
    else this.#planDismissal(alert, lead);
  }

  /** An incident, unless one stands for it already; then the first call on the hotline. */
  async #open(alert: AlertRow, lead: string): Promise<void> {
    const house = this.#house;
    const component = this.#present(lead);
    if (component === undefined) return;
    const officer = house.officer(component, "duty");
    const place = { lon: alert.lon ?? 0, lat: alert.lat ?? 0 };
    const same = this.#matterNear(alert.raisedAt, place);
    if (same) {
      await this.#attach(officer, same.incident, "alert", alert.id);
      return;
    }
    const incident = house.ulid();
    const opened = {
      ...{ title: `Fire, ${formatInstant(alert.raisedAt).slice(0, 16)}`, alert: alert.id },
      ...{ occurredAt: formatInstant(alert.raisedAt), lon: formatDegrees(place.lon), lat: formatDegrees(place.lat) },
    };
    await house.perform({ officer, kind: "incident.opened", subject: incident, body: opened });
    await this.#attach(officer, incident, "event", alert.subject.id);
    const event = await house.ask<EventRow>(component, `/api/v1/views/events/${alert.subject.id}`);
    const couldHear = await this.#couldHear(component, place, alert.raisedAt);
    const matter: Matter = { incident, since: alert.mark.recordedAt, lead, event, alert, place, couldHear };
    this.#matters.push(matter);
    for (const party of house.mission.parties)
      await this.#call(officer, party.code, `Fire was heard (${alert.id}). Cease fire was asked for.`, incident);
    this.#cases.follow(matter);
  }

  #matterNear(at: Instant, place: { readonly lon: number; readonly lat: number }): Matter | undefined {
    return this.#matters.find(
      (matter) =>
        Math.abs((matter.event?.originTime ?? matter.since) - at) < SAME_MICROSECONDS &&
        metresBetween(matter.place, place) < SAME_METRES,
    );
  }

  async #attach(officer: string, incident: string, kind: "alert" | "event" | "allegation", target: string) {
    const body = { incident, kind, target, title: `${kind} ${target}`.slice(0, 60) };
    await this.#house.perform({ officer, kind: "evidence.attached", subject: this.#house.ulid(), body });
  }

  async #call(officer: string, party: string, summary: string, incident?: string): Promise<void> {
    const house = this.#house;
    const answered = house.dice("call", party, String(house.now)).chance(0.8) ? "yes" : "no";
    await house.perform({
      ...{ officer, kind: "hotline.logged", subject: house.ulid() },
      body: {
        ...{ line: "hotline", with: party, direction: "out", startedAt: formatInstant(house.now), answered },
        ...{ language: "en", summary, promised: [], ...(incident === undefined ? {} : { incident }) },
      },
    });
  }

  /** A source that went silent: both say why in their own words, and sign. */
  #planDismissal(alert: AlertRow, lead: string): void {
    const house = this.#house;
    const dice = house.dice("dismissal", alert.id);
    const since = alert.mark.recordedAt;
    house.diary.note(since + Math.round(dice.between(10, 90) * MINUTE), async () => {
      const component = this.#present(lead);
      if (component === undefined) return;
      const deadline = formatInstant(since + 24 * HOUR);
      const answer = await house.perform({
        ...{ officer: house.officer(component, "duty"), kind: "alert.dismissed", subject: alert.id },
        body: { cause: "sensor-fault", reason: "The link was down; the gap stands in the coverage.", deadline },
      });
      if (!answer) return;
      const other = house.otherThan(component);
      house.diary.note(house.now + Math.round(dice.between(0.3, 6) * HOUR), async () => {
        if (house.isAbsent(other)) return;
        const officer = house.officer(other, "duty");
        const reason = { cause: "watched", reason: "Our engineers saw the same outage and follow it." };
        await house.perform({ officer, kind: "alert.assessed", subject: alert.id, body: reason });
        await house.perform({ officer, countersign: answer.statement });
      });
      house.diary.note(since + 24 * HOUR + MINUTE, () => this.#awaitDismissal(alert.id, component));
    });
  }

  async #awaitDismissal(id: string, component: string): Promise<void> {
    const house = this.#house;
    const reader = this.#present(component) ?? component;
    await untilSettled(async () => {
      const row = await house.ask<AlertRow>(reader, `/api/v1/views/alerts/${id}`);
      return row.dismissal?.state !== "proposed";
    });
  }

  #takeAllegation(claim: AllegationRow): void {
    const house = this.#house;
    const dice = house.dice("allegation", claim.id);
    const lead = this.#nextLead();
    const soon = claim.mark.recordedAt + Math.round(dice.between(45, 230) * SECOND);
    house.diary.note(soon, async () => {
      const component = this.#present(lead);
      if (component === undefined) return;
      const accused = claim.body.accused ?? house.mission.parties[0]!.code;
      await this.#call(house.officer(component, "duty"), accused, `An allegation came in (${claim.id}).`);
    });
    house.diary.note(soon + Math.round(dice.between(5, 50) * MINUTE), () => this.#receive(claim.id, lead));
  }

  /** Admits it where it is complete; asks for what lacks, and looks again, where it is not. */
  async #receive(id: string, lead: string): Promise<void> {
    const house = this.#house;
    const component = this.#present(lead);
    if (component === undefined) return;
    const officer = house.officer(component, "duty");
    const row = await house.ask<AllegationRow>(component, `/api/v1/views/allegations/${id}`);
    if (row.state === "incomplete") {
      const until = formatInstant(row.receivedAt + 24 * HOUR);
      await house.perform({
        ...{ officer, kind: "allegation.questioned", subject: id },
        body: { what: `What is missing: ${row.missing.join(", ")}`, until },
      });
      this.#awaitParticulars(id, lead, row.receivedAt);
      return;
    }
    await this.#admit(row, officer, component, lead);
  }

  #awaitParticulars(id: string, lead: string, receivedAt: Instant): void {
    const house = this.#house;
    const look = async (isLast: boolean): Promise<void> => {
      const component = this.#present(lead);
      if (component === undefined) return;
      const row = await house.ask<AllegationRow>(component, `/api/v1/views/allegations/${id}`);
      const officer = house.officer(component, "duty");
      if (row.state === "received") await this.#admit(row, officer, component, lead);
      else if (row.state === "incomplete" && isLast) await this.#close(row, component, "not-admitted");
    };
    for (let hours = 2; hours < 24; hours += 2) house.diary.note(receivedAt + hours * HOUR, () => look(false));
    house.diary.note(receivedAt + 24 * HOUR + 10 * MINUTE, () => look(true));
  }

  async #admit(row: AllegationRow, officer: string, component: string, lead: string): Promise<void> {
    const house = this.#house;
    const answerUntil = formatInstant(house.now + 16 * HOUR);
    await house.perform({
      ...{ officer, kind: "allegation.admitted", subject: row.id },
      body: { answerUntil, note: "" },
    });
    const occurred = Date.parse(row.body.occurredAt!) * 1000;
    const place = { lon: Number(row.body.place!.lon), lat: Number(row.body.place!.lat) };
    const same = this.#matterNear(occurred, place);
    if (same) return this.#attach(officer, same.incident, "allegation", row.id);
    const couldHear = await this.#couldHear(component, place, occurred);
    if (!row.body.harm?.includes("none")) return this.#openFor(row, officer, lead, place, couldHear);
    const dice = house.dice("closing", row.id);
    const outcome = couldHear >= 4 ? "not-substantiated" : "unable-to-determine";
    house.diary.note(house.now + Math.round(dice.between(14, 20) * HOUR), async () => {
      const closer = this.#present(lead);
      if (closer !== undefined) await this.#close(row, closer, outcome);
    });
  }

  /** Somebody was harmed, it is said: a case of its own, heard or not. */
  async #openFor(
    row: AllegationRow,
    officer: string,
    lead: string,
    place: { readonly lon: number; readonly lat: number },
    couldHear: number,
  ): Promise<void> {
    const house = this.#house;
    const incident = house.ulid();
    const body = {
      ...{ title: "Fire with casualties, alleged", occurredAt: row.body.occurredAt! },
      ...{ lon: row.body.place!.lon, lat: row.body.place!.lat },
    };
    await house.perform({ officer, kind: "incident.opened", subject: incident, body });
    await this.#attach(officer, incident, "allegation", row.id);
    const matter: Matter = { incident, since: row.receivedAt, lead, place, couldHear };
    this.#matters.push(matter);
    this.#cases.follow(matter);
  }

  async #close(row: AllegationRow, component: string, outcome: string): Promise<void> {
    const house = this.#house;
    const dice = house.dice("closed", row.id);
    const deadline = formatInstant(Math.max(row.receivedAt + 44 * HOUR, house.now + HOUR));
    const answer = await house.perform({
      ...{ officer: house.officer(component, "duty"), kind: "allegation.closed", subject: row.id },
      body: { outcome, reason: "What was claimed and what was heard stand side by side above.", deadline },
    });
    if (!answer) return;
    const other = house.otherThan(component);
    house.diary.note(house.now + Math.round(dice.between(0.5, 4) * HOUR), async () => {
      if (!house.isAbsent(other))
        await house.perform({ officer: house.officer(other, "duty"), countersign: answer.statement });
    });
    house.diary.note(Date.parse(deadline) * 1000 + MINUTE, () =>
      untilSettled(async () => {
        const reader = this.#present(component) ?? component;
        const now = await house.ask<AllegationRow>(reader, `/api/v1/views/allegations/${row.id}`);
        return now.closing?.state !== "proposed";
      }),
    );
  }

  /** Casualties of a matter, as a party states them; corroborated where a second, independent source tells the same. */
  async stateCasualties(
    incident: string,
    party: string,
    stated: { group: string; number: number; isCorroborated: boolean },
  ) {
    const house = this.#house;
    const component = this.#present(this.#nextLead());
    if (component === undefined) return;
    const { group, number, isCorroborated } = stated;
    const sources = [
      { name: `party ${party}`, chain: "ministry" },
      ...(isCorroborated ? [{ name: "hospital", chain: "physicians" }] : []),
    ];
    await house.perform({
      ...{ officer: house.officer(component, "duty"), kind: "casualties.stated", subject: house.ulid() },
      body: {
        ...{ incident, group, harm: "killed", standing: isCorroborated ? "corroborated" : "alleged", number },
        ...{ qualifier: "exact", statedBy: party, sources, note: "" },
      },
    });
  }

  /** The incident that an allegation was taken into, once it is. */
  async incidentOf(allegation: string, component: string): Promise<string | undefined> {
    return (await this.#house.ask<AllegationRow>(component, `/api/v1/views/allegations/${allegation}`)).incident;
  }

  /** Incidents that were opened by script, in order. */
  incidents(): readonly IncidentRow["id"][] {
    return this.#matters.map(({ incident }) => incident);
  }

  /** Listening posts that watched at that time and stand near enough to have heard. */
  async #couldHear(
    component: string,
    place: { readonly lon: number; readonly lat: number },
    at: Instant,
  ): Promise<number> {
    const house = this.#house;
    const rows = await house.rows<CoverageRow>(component, "coverage", `&from=${at - 26 * HOUR}&until=${at + HOUR}`);
    const watching = new Set(
      rows.filter((row) => row.watching && row.from <= at && row.until >= at).map(({ source }) => source),
    );
    return house.mission.sources.filter(
      (source) => watching.has(source.id) && metresBetween(source, place) < HEARING_METRES,
    ).length;
  }
}

function metresBetween(
  one: { readonly lon: number; readonly lat: number },
  other: { readonly lon: number; readonly lat: number },
): number {
  const east = (one.lon - other.lon) * 111_300 * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(east, (one.lat - other.lat) * 111_200);
}
