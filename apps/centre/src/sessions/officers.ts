/** Officers as the record has them, for whoever signs in. The replay lets no two components share a name. */
import { type KeyEntry, type Officer, officerName, type ReplayState } from "@openjmc/record";

type Officers = Pick<ReplayState, "officers">;

/** Who holds a valid key under this name; nobody is taken for somebody whose key has ended. */
export function officerNamed({ officers }: Officers, name: string): Officer | undefined {
  return [...officers.values()].find(({ officer, keyId }) => officer === name && keyId !== undefined);
}

/** Whose key this is: of its holder in its component, and of nobody else by that name. */
export function officerOf({ officers }: Officers, key: Pick<KeyEntry, "component" | "holder">): Officer | undefined {
  return officers.get(officerName(key.component, key.holder));
}
