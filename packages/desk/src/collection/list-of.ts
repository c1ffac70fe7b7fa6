/** A list in a body, or none: a record of another desk may hold what this one would not have taken. */
export function listOf<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}
