/** A statement's body, every field of it with its value: nothing that will be signed stays unseen. */
import { Facts } from "../ui/panel.tsx";

const DEEPEST = 6;

export function FlatBody({ body }: { readonly body: object }) {
  return <Facts facts={flat(body, "", 0)} />;
}

function flat(value: unknown, path: string, depth: number): (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [[path, String(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, "–"]];
  return entries.flatMap(([name, inner]) => flat(inner, path === "" ? name : `${path}.${name}`, depth + 1));
}
