/** The same object with `undefined` allowed where a field may be left out. */
export type MaybeUndefined<Fields> = {
  [Name in keyof Fields]: object extends Pick<Fields, Name> ? Fields[Name] | undefined : Fields[Name];
};

/** Drops the fields that are undefined, so that an absent value is an absent field. */
export function present<Fields extends object>(fields: MaybeUndefined<Fields>): Fields {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept as Fields;
}
