import { describe, expect, it } from "vitest";
import type { SapientRegistration, SapientTask } from "./messages.ts";
import { decodeSapient, encodeSapient } from "./sapient-codec.ts";
import { endWatchTask, watchTask } from "./sapient-watch.ts";
import { CENTRE, NODE, REGISTRATION } from "./testing/sample-messages.ts";

const WATCH = {
  ...{ id: "01M80E21DETN8P1TVB0W3VSCTB", name: "the bridge" },
  ...{ from: 1_600_000_000_000_000, until: 1_600_003_600_000_000 },
};
const place = { longitude: 10, latitude: 50 };
const looking: SapientRegistration = {
  ...REGISTRATION,
  mode_definition: [
    {
      ...REGISTRATION.mode_definition![0],
      task: { command: [{ units: "any", completion_time: { value: 5 }, type: "COMMAND_TYPE_LOOK_AT" }] },
    },
  ],
};

describe("what a node is asked to watch", () => {
  const tasks: readonly (readonly [string, SapientTask])[] = [
    ["without a place", watchTask(WATCH, REGISTRATION)],
    ["about a place", watchTask({ ...WATCH, place }, REGISTRATION)],
    ["at a place", watchTask({ ...WATCH, place }, looking)],
    ["no longer", endWatchTask(WATCH.id)],
  ];

  it.each(tasks.flatMap(([name, task]) => (["1", "2"] as const).map((version) => [name, version, task] as const)))(
    "%s is a whole message of version %s",
    (_name, version, task) => {
      const bytes = encodeSapient({ timestamp: WATCH.from, node_id: CENTRE, destination_id: NODE, task }, version);
      const decoded = decodeSapient(bytes, version);
      expect(decoded).toMatchObject({ ok: true, value: { problems: [], message: { task } } });
    },
  );

  it("is to be looked at where a node has said that it looks where it is told, and else an area of interest", () => {
    expect(watchTask({ ...WATCH, place }, looking)).toMatchObject({
      command: { look_at: { location_list: { locations: [{ x: 10, y: 50 }] } } },
    });
    const { region } = watchTask({ ...WATCH, place }, REGISTRATION);
    const corners = region![0]!.region_area!.location_list!.locations!;
    expect(corners.map(({ x, y }) => [Math.sign(x! - 10), Math.sign(y! - 50)])).toEqual([
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ]);
  });
});
