/** What a centre runs, and that the record says so. */
export { billOfMaterials, treeDigest } from "./bill.ts";
export { PROGRAMME_KIND, stateProgramme } from "./state-programme.ts";
