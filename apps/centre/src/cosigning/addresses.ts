/** Where cosigners are reached that the centre connects to. Whom to count is in the record; where they listen is the operator's. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";

export interface CosignerAddress {
  readonly url: string;
  /** Reader's token of a mirror that takes files. */
  readonly token?: string;
}

/** By name in the policy. */
export type CosignerAddresses = Readonly<Record<string, CosignerAddress>>;

/** Reads `cosigners.json` of the centre's keys: `{"A": {"url": "https://…", "token": "…"}}`. Error: `cosigners.malformed`. */
export function readAddresses(keysFolder: string): CosignerAddresses {
  const path = join(keysFolder, "cosigners.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  try {
    const addresses = JSON.parse(text) as CosignerAddresses;
    for (const { url } of Object.values(addresses)) new URL(url);
    return addresses;
  } catch (error) {
    throw new FaultError({
      code: "cosigners.malformed",
      what: "addresses of cosigners",
      where: { file: path },
      expected: '{"NAME": {"url": "http://…"}}',
      cause: (error as Error).message,
    });
  }
}
