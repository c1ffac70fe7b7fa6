/** Where a report came from: what shares a nation, a chain or an original report is one source. */
import type { FormField } from "../../forms/form-body.ts";

export const originFields = (prefix: "" | "origin."): FormField[] => [
  { name: `${prefix}name`, label: "desk.origin.name", as: "text", most: 200 },
  { name: `${prefix}owner`, label: "desk.origin.owner", as: "text", most: 200, optional: true },
  {
    name: `${prefix}nation`,
    label: "desk.origin.nation",
    hint: "desk.origin.nationHint",
    as: "text",
    most: 80,
    optional: true,
  },
  { name: `${prefix}chain`, label: "desk.origin.chain", as: "text", most: 200, optional: true },
  { name: `${prefix}original`, label: "desk.origin.original", as: "text", most: 200, optional: true },
];
