/** What the signer makes of a text before anybody signs it: read strictly, made again, shown in full. */
import { FaultError, type SigningRequest } from "@openjmc/model";
import {
  base64ToBytes,
  decodePayload,
  encodeEnvelope,
  encodePayload,
  formatPayloadType,
  type Signer,
  type StatementBody,
  signEnvelope,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { differingNumbers } from "./same-numbers.ts";

/** A text that has passed the signer's own reading. */
export interface Examined {
  readonly statement: StatementBody;
  readonly payload: Uint8Array;
  readonly payloadType: string;
  /** True where the text is another component's, to be countersigned as it stands. */
  readonly isCountersignature: boolean;
}

/** Kinds that this signer signs for an officer; roots sign apart. */
const SIGNED_KINDS = new Set([
  "session.enrolled",
  "session.ended",
  "finding.proposed",
  "finding.dissented",
  "finding.withdrawn",
  "report.approved",
  "cosigners.named",
  "mission.configured",
  "source.keyed",
  "handover.signed",
  "alert.dismissed",
  "alarm.held",
  "flash.sent",
  "escalation.begun",
  "allegation.closed",
  "act.dissented",
  "act.withdrawn",
  "centre.closed",
  "roster.imported",
  "participation.stated",
  "centre.opened",
  "centre.suspended",
  "centre.resumed",
  "closure.planned",
  "closure.disposed",
  "monitoring.ended",
  "officer.rotated",
]);

const refuse = (code: string, field: string, expected: string, got: string): never => {
  throw new FaultError({ code, what: "text to be signed", where: { field }, expected, got: got.slice(0, 120) });
};

/**
 * Reads a payload strictly, writes it again and compares; checks the log, the kind and whose act it is.
 * `isOwnDraft`: made at this very signer, so that routine kinds are signed too. Errors: `json.*`, `statement.*`, `origin.wrong`, `kind.mismatch`, `kind.not-signed`, `role.wrong`.
 */
export function examine(
  request: Pick<SigningRequest, "payload" | "payloadType">,
  signer: { readonly origin: string; readonly officer: string; readonly component: string },
  options: { readonly isOwnDraft?: boolean } = {},
): Examined {
  const payload = unwrap(base64ToBytes(request.payload));
  const statement = unwrap(decodePayload(payload));
  const again = unwrap(encodePayload(statement));
  if (Buffer.compare(again, payload) !== 0)
    refuse("json.not-canonical", "payload", "the canonical bytes of the text", "other bytes");
  if (statement.origin !== signer.origin) refuse("origin.wrong", "origin", signer.origin, statement.origin);
  if (request.payloadType !== formatPayloadType(statement.kind, 1))
    refuse("kind.mismatch", "payloadType", formatPayloadType(statement.kind, 1), request.payloadType);
  if (!options.isOwnDraft && !SIGNED_KINDS.has(statement.kind))
    refuse("kind.not-signed", "kind", [...SIGNED_KINDS].join(", "), statement.kind);
  const isCountersignature = statement.component !== signer.component;
  if (!isCountersignature && statement.role !== signer.officer)
    refuse("role.wrong", "role", signer.officer, statement.role);
  if (isCountersignature && statement.kind.startsWith("session."))
    refuse("role.wrong", "component", signer.component, statement.component);
  return { statement, payload, payloadType: request.payloadType, isCountersignature };
}

/**
 * What a component is asked to sign must be there in every authentic language of the mission. Error:
 * `text.language-missing`, naming the languages.
 */
export function requireLanguages({ statement }: Pick<Examined, "statement">, languages: readonly string[]): void {
  const { texts } = statement.body;
  if (statement.kind !== "finding.proposed") return;
  const missing = languages.filter((language) => !isTexts(texts) || (texts[language] ?? "").trim() === "");
  if (missing.length > 0)
    refuse("text.language-missing", "body.texts", languages.join(", "), `without ${missing.join(", ")}`);
}

/** Signs an examined text and gives the leaf. */
export async function signExamined(examined: Examined, signer: Signer): Promise<Uint8Array> {
  return unwrap(
    encodeEnvelope(await signEnvelope(nodePrimitives.sha256, signer, examined.payloadType, examined.payload)),
  );
}

/** The text in full, line by line: what it is, whose, of when, and every field of its body; texts by language stand apart. */
export function showInFull(examined: Examined, statementId: string): string {
  const { statement } = examined;
  const lines = [
    `kind        ${statement.kind}`,
    `act         ${examined.isCountersignature ? `countersignature of a text of ${statement.component}/${statement.role}` : `own act of ${statement.component}/${statement.role}`}`,
    `log         ${statement.origin}`,
    `subject     ${statement.subject}, revision ${statement.revision}`,
    `claimed at  ${statement.at}`,
    `anchor      size ${statement.anchor.size}, root ${statement.anchor.root}`,
    ...statement.refs.map((reference) => `refers to   ${reference.rel} ${reference.sha256}`),
    ...showValue(withoutTexts(statement.body), ""),
    ...showTexts(statement.body.texts),
    `statement   ${statementId}`,
  ];
  return lines.join("\n");
}

/** Texts by language stand apart, each whole and under its language's name. */
function showTexts(texts: unknown): string[] {
  if (!isTexts(texts)) return [];
  const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
  const languages = Object.keys(texts);
  return [
    `texts in    ${languages.join(", ")}`,
    ...languages.flatMap((language) => [
      `--- ${visible(nameOf(names, language))} (${visible(language)}) ---`,
      visible(texts[language]!),
      `--- end of ${visible(language)} ---`,
    ]),
    ...warnOfNumbers(texts),
  ];
}

/** Whoever signs all languages and reads one is told where the others say another number. */
function warnOfNumbers(texts: Readonly<Record<string, string>>): string[] {
  const differing = [...differingNumbers(texts)];
  if (differing.length === 0) return [];
  const numbers = differing.map(([language, own]) => `${visible(language)}: ${own.join(", ")}`);
  return [`! THE LANGUAGES DO NOT NAME THE SAME NUMBERS. Not in all of them: ${numbers.join("; ")}`];
}

function withoutTexts(body: object): object {
  const { texts, ...rest } = body as { texts?: unknown };
  return isTexts(texts) ? rest : body;
}

function isTexts(texts: unknown): texts is Readonly<Record<string, string>> {
  const values = typeof texts === "object" && texts !== null && !Array.isArray(texts) ? Object.values(texts) : [];
  return values.length > 0 && values.every((text) => typeof text === "string");
}

function nameOf(names: Intl.DisplayNames, language: string): string {
  try {
    return names.of(language) ?? language;
  } catch {
    return language;
  }
}

function showValue(value: unknown, path: string): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => showValue(inner, path === "" ? name : `${path}.${name}`));
  }
  return [`${path.padEnd(11)} ${visible(String(value))}`];
}

/** Control and direction characters are shown as escapes, so that nothing on the screen differs from what is signed. */
function visible(text: string): string {
  return [...text]
    .map((letter) =>
      /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(letter) && letter !== "\n"
        ? `\\u{${letter.codePointAt(0)!.toString(16)}}`
        : letter,
    )
    .join("");
}
