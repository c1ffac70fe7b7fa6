/** Fields that tell of whom a file was had and what captured it. */
import type { WordsKey } from "@openjmc/words";
import type { FormField } from "../../forms/form-body.ts";

export function custodyFields(
  part = "",
  labels: { readonly at?: WordsKey; readonly from?: WordsKey } = {},
): FormField[] {
  const fields: FormField[] = [
    { name: "at", label: labels.at ?? "desk.custody.at", as: "instant" },
    { name: "from", label: labels.from ?? "desk.custody.from", as: "text", most: 200 },
    { name: "how", label: "desk.custody.how", as: "area", most: 2000 },
    { name: "device", label: "desk.custody.device", as: "text", most: 200, optional: true },
    { name: "capturedAt", label: "desk.custody.capturedAt", as: "instant", optional: true },
    {
      ...{ name: "clockFastSeconds", label: "desk.custody.clockFast", as: "number", optional: true },
      ...{ least: -31_622_400, most: 31_622_400 },
    },
    { name: "place", label: "desk.custody.place", as: "place", optional: true },
  ];
  return fields.map((field) => ({ ...field, name: `${part}${field.name}` }));
}
