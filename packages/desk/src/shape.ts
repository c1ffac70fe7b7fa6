/** Checks a statement's body against a table of fields, and names the field that is wrong. */
import { bad, type Fault, good, isUlid, parseDegrees, parseInstant, type Result } from "@openjmc/model";

/** What one field must be. `most` caps text length or the number; `list` names the allowed codes. */
export type Field =
  | { readonly type: "text"; readonly most: number; readonly optional?: true; readonly least?: number }
  | { readonly type: "code"; readonly list: readonly string[]; readonly optional?: true }
  | { readonly type: "integer"; readonly least: number; readonly most: number; readonly optional?: true }
  | { readonly type: "boolean"; readonly optional?: true }
  | { readonly type: "instant"; readonly optional?: true }
  | { readonly type: "day"; readonly optional?: true }
  | { readonly type: "degrees"; readonly limit: 90 | 180; readonly optional?: true }
  | { readonly type: "ulid"; readonly optional?: true }
  | { readonly type: "sha256"; readonly optional?: true }
  | {
      readonly type: "list";
      readonly of: Field;
      readonly most: number;
      readonly least?: number;
      readonly optional?: true;
    }
  | { readonly type: "texts"; readonly most: number; readonly optional?: true }
  | { readonly type: "body"; readonly fields: Fields; readonly optional?: true };

/** Field table of one body. Fields that are not named are refused: nothing unread is signed. */
export type Fields = Readonly<Record<string, Field>>;

const MOST_DIGESTS = 64;

const faultAt = (field: string, expected: string, got: unknown): Fault => ({
  code: "statement.field",
  what: "statement",
  where: { field },
  expected,
  got: (typeof got === "string" ? got : (JSON.stringify(got) ?? "nothing")).slice(0, 80),
});

/** Checks a whole body. Errors: `statement.field` with the path of the field. */
export function checkBody(body: unknown, fields: Fields, path = "body"): Result<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return bad(faultAt(path, "an object", body));
  const record = body as Record<string, unknown>;
  const stranger = Object.keys(record).find((name) => !(name in fields) && !isConcealment(name, record[name]));
  if (stranger !== undefined)
    return bad(faultAt(`${path}.${stranger.slice(0, 60)}`, `one of ${Object.keys(fields).join(", ")}`, stranger));
  for (const [name, field] of Object.entries(fields)) {
    const value = record[name];
    if (value === undefined) {
      if (field.optional) continue;
      return bad(faultAt(`${path}.${name}`, describeField(field), undefined));
    }
    const fault = checkField(value, field, `${path}.${name}`);
    if (fault) return bad(fault);
  }
  return good(record);
}

/** Digests of members that were concealed before signing, which may be disclosed or withheld later (record package, `conceal`). */
function isConcealment(name: string, value: unknown): boolean {
  if (name === "_sd_alg") return value === "sha-256";
  return name === "_sd" && Array.isArray(value) && value.length <= MOST_DIGESTS && value.every(isDigest);
}

function isDigest(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value);
}

function checkField(value: unknown, field: Field, path: string): Fault | undefined {
  switch (field.type) {
    case "text":
      return typeof value === "string" && value.length <= field.most && value.trim().length >= (field.least ?? 0)
        ? undefined
        : faultAt(path, describeField(field), value);
    case "code":
      return typeof value === "string" && field.list.includes(value)
        ? undefined
        : faultAt(path, describeField(field), value);
    case "integer":
      return Number.isSafeInteger(value) && (value as number) >= field.least && (value as number) <= field.most
        ? undefined
        : faultAt(path, describeField(field), value);
    case "boolean":
      return typeof value === "boolean" ? undefined : faultAt(path, describeField(field), value);
    case "instant":
      return typeof value === "string" && parseInstant(value).ok
        ? undefined
        : faultAt(path, describeField(field), value);
    case "day":
      return typeof value === "string" && isDay(value) ? undefined : faultAt(path, describeField(field), value);
    case "degrees":
      return typeof value === "string" && parseDegrees(value, field.limit).ok
        ? undefined
        : faultAt(path, describeField(field), value);
    case "ulid":
      return typeof value === "string" && isUlid(value) ? undefined : faultAt(path, describeField(field), value);
    case "sha256":
      return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
        ? undefined
        : faultAt(path, describeField(field), value);
    case "list":
      return checkList(value, field, path);
    case "texts":
      return checkTexts(value, field, path);
    case "body": {
      const inner = checkBody(value, field.fields, path);
      return inner.ok ? undefined : inner.fault;
    }
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

function checkList(value: unknown, field: Field & { type: "list" }, path: string): Fault | undefined {
  if (!Array.isArray(value) || value.length > field.most || value.length < (field.least ?? 0))
    return faultAt(path, describeField(field), value);
  for (let index = 0; index < value.length; index++) {
    const fault = checkField(value[index], field.of, `${path}[${index}]`);
    if (fault) return fault;
  }
  return undefined;
}

function checkTexts(value: unknown, field: Field & { type: "texts" }, path: string): Fault | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return faultAt(path, describeField(field), value);
  for (const [language, text] of Object.entries(value)) {
    if (!/^[a-z]{2,3}$/.test(language)) return faultAt(`${path}.${language.slice(0, 20)}`, "a language tag", language);
    if (typeof text !== "string" || text.trim() === "" || text.length > field.most)
      return faultAt(`${path}.${language}`, `a text of at most ${field.most} characters`, text);
  }
  return Object.keys(value).length > 0 ? undefined : faultAt(path, describeField(field), value);
}

function describeField(field: Field): string {
  switch (field.type) {
    case "text":
      return `a text of ${field.least ?? 0} to ${field.most} characters`;
    case "code":
      return `one of ${field.list.join(", ")}`;
    case "integer":
      return `a whole number from ${field.least} to ${field.most}`;
    case "boolean":
      return "true or false";
    case "instant":
      return "a time as RFC 3339, 2021-03-01T03:40:00.000000Z";
    case "day":
      return "a calendar day, 2021-03-01";
    case "degrees":
      return `degrees within ±${field.limit} as a decimal string with seven fractional digits`;
    case "ulid":
      return "a ULID";
    case "sha256":
      return "a SHA-256 as 64 lower-case hexadecimal digits";
    case "list":
      return `a list of ${field.least ?? 0} to ${field.most}`;
    case "texts":
      return `texts by language, each at most ${field.most} characters`;
    case "body":
      return "an object";
  }
}
