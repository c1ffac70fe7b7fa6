/** What a centre runs, and that the record says so. */
export { billOfMaterials, treeDigest } from "./bill.ts";
export { stateProgramme } from "./state-programme.ts";
