/** Both sides' rosters and a day's bill, for tests. */
import { stamp, type TestDesk } from "./desk.ts";

export const rosterBody = (component: string) => ({
  people: [
    { id: `${component}-01`, duties: ["head-of-component"], officer: `${component}-Head` },
    { id: `${component}-02`, duties: ["duty-officer"], officer: `${component}-Duty-1` },
    { id: `${component}-03`, duties: ["duty-officer"], officer: `${component}-Duty-2` },
    { id: `${component}-04`, duties: ["operator"] },
    { id: `${component}-05`, duties: ["operator"] },
  ].map((person) => ({ ...person, rank: "", languages: ["en"], from: "2030-01-01" })),
  note: "",
});

export const billBody = (component: string, start: string) => ({
  hours: 8,
  watches: [0, 8, 16].map((hour, index) => ({
    starts: stamp(new Date(Date.parse(start) + hour * 3_600_000).toISOString()),
    officer: `${component}-0${2 + (index % 2)}`,
    others: [`${component}-0${4 + (index % 2)}`],
  })),
});

/** Imports both rosters and plans a day from `start`. */
export function planDay(desk: TestDesk, start: string): void {
  for (const component of ["A", "B"]) {
    const done = [
      desk.act(`${component}-Head`, "roster.imported", rosterBody(component)),
      desk.act(`${component}-Duty-1`, "watch.planned", billBody(component, start)),
    ];
    if (done.some((one) => one.length !== 64)) throw new Error(done.join());
  }
}
