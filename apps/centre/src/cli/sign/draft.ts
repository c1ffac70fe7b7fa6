/** A draft of an act in a file: JSON with a body, written by the console, a script or by hand. */
import { readFileSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import type { ActDraft } from "../../signer/acts.ts";

/** `{kind?, subject?, revision?, refs?, body}`; `-` reads standard input. Errors: `draft.unreadable`, `draft.malformed`. */
export function readDraft(path: string, isProposal: boolean): ActDraft {
  const fault = (code: string, cause?: string): FaultError =>
    new FaultError({
      ...{ code, what: "draft", where: { file: path }, expected: "JSON with a body" },
      ...(cause === undefined ? {} : { cause }),
    });
  let draft: ActDraft;
  try {
    draft = JSON.parse(readFileSync(path === "-" ? 0 : path, "utf8")) as ActDraft;
  } catch (error) {
    throw fault("draft.unreadable", (error as Error).message);
  }
  if (typeof draft?.body !== "object" || draft.body === null) throw fault("draft.malformed");
  return isProposal ? { ...draft, kind: "finding.proposed" } : draft;
}
