/** What the signer makes of a statement that came in a file, for an officer's key or for a root's. */
import { FaultError } from "@openjmc/model";
import { bytesToBase64, STANDARD_KINDS } from "@openjmc/record";
import { examine, showInFull } from "./examine.ts";
import type { CarriedStatement } from "./files/statement-file.ts";

/** Who is to sign. */
export interface FileHolder {
  readonly component: string;
  /** An officer's role id, or `root-1` to `root-3`. */
  readonly holder: string;
}

/** Acts that roots of other components sign too: as witnesses, or because the centre belongs to all. */
const OF_ALL_COMPONENTS = new Set(["log.founded", "log.rekeyed", "roots.claimed"]);

export const isRoot = ({ holder }: FileHolder): boolean => /^root-\d$/.test(holder);

/** The text in full, for whoever is to sign it. Errors (thrown): `kind.not-signed`, `component.wrong`, `role.wrong`. */
export function examineFile(carried: CarriedStatement, holder: FileHolder): string {
  return isRoot(holder) || carried.statement.kind === "roots.claimed"
    ? examineForKeys(carried, holder)
    : examineForOfficer(carried, holder);
}

function examineForOfficer(carried: CarriedStatement, { component, holder }: FileHolder): string {
  const { payload, payloadType, statement, statementId } = carried;
  const request = { payload: bytesToBase64(payload), payloadType };
  const isOwnDraft = statement.component === component && statement.role === holder;
  const examined = examine(request, { origin: statement.origin, component, officer: holder }, { isOwnDraft });
  return showInFull(examined, statementId);
}

function examineForKeys(carried: CarriedStatement, holder: FileHolder): string {
  const { statement, statementId, payload, payloadType } = carried;
  const rule = STANDARD_KINDS.get(statement.kind);
  if (rule?.tier !== "root" && statement.kind !== "log.founded")
    throw refusal("kind.not-signed", "a kind that roots sign", statement.kind);
  const isOwn = statement.component === holder.component;
  if (!isOwn && !OF_ALL_COMPONENTS.has(statement.kind))
    throw refusal("component.wrong", holder.component, statement.component);
  const shown = showInFull({ statement, payload, payloadType, isCountersignature: !isOwn }, statementId);
  const witness = !isOwn && statement.component !== "centre";
  return witness ? `${shown}\nAS A WITNESS, for component ${statement.component}` : shown;
}

function refusal(code: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "statement to be signed", expected, got });
}
