import agreement from "./agreement.json" with { type: "json" };
import air from "./air.json" with { type: "json" };
import alarms from "./alarms.json" with { type: "json" };
import archive from "./archive.json" with { type: "json" };
import cli from "./cli.json" with { type: "json" };
import codes from "./codes.json" with { type: "json" };
import console from "./console.json" with { type: "json" };
import desk from "./desk.json" with { type: "json" };
import faults from "./faults.json" with { type: "json" };
import ground from "./ground.json" with { type: "json" };
import influence from "./influence.json" with { type: "json" };
import maintenance from "./maintenance.json" with { type: "json" };
import mission from "./mission.json" with { type: "json" };
import press from "./press.json" with { type: "json" };
import record from "./record.json" with { type: "json" };
import report from "./report.json" with { type: "json" };
import rooms from "./rooms.json" with { type: "json" };
import sources from "./sources.json" with { type: "json" };

/** Every area of this language. A new area is one JSON file per language and one line in each of these indexes. */
export default {
  agreement,
  air,
  alarms,
  archive,
  cli,
  codes,
  console,
  desk,
  faults,
  ground,
  influence,
  maintenance,
  mission,
  press,
  record,
  report,
  rooms,
  sources,
};
