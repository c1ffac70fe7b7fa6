/** Whether an answer holds what a scenario expects of it: at least that, wherever it says more. */

/** Paths at which the answer differs; none where it fits. A list must hold, in any order, something for each expected item. */
export function misfits(expected: unknown, got: unknown, path = "answer"): string[] {
  if (Array.isArray(expected)) return listMisfits(expected, got, path);
  if (typeof expected === "object" && expected !== null) {
    if (typeof got !== "object" || got === null) return [`${path}: expected an object, got ${shown(got)}`];
    return Object.entries(expected).flatMap(([name, value]) =>
      misfits(value, (got as Readonly<Record<string, unknown>>)[name], `${path}.${name}`),
    );
  }
  return Object.is(expected, got) ? [] : [`${path}: expected ${shown(expected)}, got ${shown(got)}`];
}

function listMisfits(expected: readonly unknown[], got: unknown, path: string): string[] {
  if (!Array.isArray(got)) return [`${path}: expected a list, got ${shown(got)}`];
  if (expected.length === 0 && got.length > 0) return [`${path}: expected nothing, got ${shown(got)}`];
  return expected.flatMap((item, index) => {
    const tried = got.map((one) => misfits(item, one, `${path}[${index}]`));
    if (tried.some((faults) => faults.length === 0)) return [];
    const nearest = tried.toSorted((left, right) => left.length - right.length)[0];
    return nearest ?? [`${path}: expected ${shown(item)} in an empty list`];
  });
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 200);
}
