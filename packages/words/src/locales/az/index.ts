import codes from "./codes.json" with { type: "json" };
import desk from "./desk.json" with { type: "json" };
import influence from "./influence.json" with { type: "json" };
import report from "./report.json" with { type: "json" };

/** What reports and messages out say; no speaker has reviewed it yet. */
export default { codes, desk, influence, report };
