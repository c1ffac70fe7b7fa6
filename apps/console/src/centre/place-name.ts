/** Places as the mission wants them named: the rule is the reports' too. */
export { placeName } from "@openjmc/model";
