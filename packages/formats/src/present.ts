/** The same object with `undefined` allowed where a field may be left out. */
export type MaybeUndefined<Fields> = {
  [Name in keyof Fields]: object extends Pick<Fields, Name> ? Fields[Name] | undefined : Fields[Name];
};

/** Drops the fields that are undefined, so that an absent value is an absent field. */
export function present<Fields extends object>(fields: MaybeUndefined<Fields>): Fields {
  const kept: Record<string, unknown> = {};
  // Made for every message: no list of names and values on the way.
  for (const name in fields) {
    const value = (fields as Record<string, unknown>)[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as Fields;
}
