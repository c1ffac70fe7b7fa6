/**
 * A record whose every text is hostile: a statement of each kind that people may make, signed by officers and taken by the replay, with
 * the same word in every field that holds a text. The desk is not asked whether it makes sense: an older centre, another program or
 * a careless rule may have let it in, and whoever shows it must bear it all the same.
 */
import { formatInstant } from "@openjmc/model";
import {
  applyLeaf,
  checkLeaf,
  countersign,
  emptyState,
  type Json,
  type ReplayState,
  readLeaf,
  type Signer,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { pathsOf } from "../../apps/centre/src/folder/index.ts";
import { openMachineKeys } from "../../apps/centre/src/founding/machine-keys.ts";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { openKeeper } from "../../apps/centre/src/record/index.ts";
import { readLeaves } from "../../apps/centre/src/record/leaves.ts";
import { now, ulid } from "./acts.ts";

/** As much of a JSON Schema as bodies of statements are described by. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** A text that people may write, wherever it stands in a body. */
export interface TextField {
  readonly kind: string;
  readonly path: string;
  readonly most: number;
}

/** Every field of every body that takes a text of people's own. */
export function textFieldsOf(schemas: Readonly<Record<string, Schema>>): readonly TextField[] {
  return Object.entries(schemas).flatMap(([kind, schema]) => [...textsIn(kind, schema, "")]);
}

function* textsIn(kind: string, schema: Schema, path: string): Generator<TextField> {
  if (isText(schema)) yield { kind, path, most: schema.maxLength ?? 100 };
  for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* textsIn(kind, inner, `${path}.${name}`);
  if (schema.items) yield* textsIn(kind, schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === "object") yield* textsIn(kind, schema.additionalProperties, `${path}.*`);
}

const isText = ({ type, enum: codes, format, pattern }: Schema): boolean =>
  type === "string" && codes === undefined && format === undefined && pattern === undefined;

/** Makes up a body: each text by `word`, times around now, everything that is referred to the one `subject`. */
export function bodyOf(
  kind: string,
  schema: Schema,
  { subject, word, languages }: { subject: string; word: (field: TextField) => string; languages: readonly string[] },
): Json {
  const make = (part: Schema, path: string): Json => {
    if (isText(part)) return word({ kind, path, most: part.maxLength ?? 100 });
    if (part.enum) return part.enum[0]!;
    if (part.format === "date-time") return formatInstant(now() + (LATE.test(path) ? 3_600_000_000 : -60_000_000));
    if (part.format === "date") return formatInstant(now()).slice(0, 10);
    if (part.pattern?.includes("{7}")) return "39.9000000";
    if (part.pattern?.includes("{26}")) return subject;
    if (part.pattern?.includes("{64}")) return "ab".repeat(32);
    if (part.type === "integer") return Math.max(part.minimum ?? 0, 1);
    if (part.type === "boolean") return true;
    if (part.items) return [make(part.items, `${path}[]`)];
    const inner = part.additionalProperties;
    if (typeof inner === "object")
      return Object.fromEntries(languages.map((language) => [language, make(inner, `${path}.*`)]));
    const fields = Object.entries(part.properties ?? {});
    return Object.fromEntries(fields.map(([name, field]) => [name, make(field, `${path}.${name}`)]));
  };
  return make(schema, "");
}

const LATE = /until|deadline|ends|horizon|by$|endedAt|expires/i;

/** Appends to the record of a centre that is closed; answers the kinds that the record did not take, with the reason. */
export async function fillRecord(
  folder: string,
  origin: string,
  signers: Readonly<Record<"A" | "B", readonly { readonly officer: string; readonly signer: Signer }[]>>,
  schemas: Readonly<Record<string, Schema>>,
  bodies: (kind: string, subject: string) => Json,
  machineActs: (
    subject: string,
  ) => readonly { readonly kind: string; readonly body: { readonly [name: string]: Json } }[],
): Promise<{ readonly subject: string; readonly refused: ReadonlyMap<string, string> }> {
  const paths = pathsOf(folder);
  const keys = openMachineKeys(paths.keys, origin);
  const keeper = await openKeeper({
    ...{ recordFolder: paths.record, keeperFolder: paths.keeper, logKey: keys.logKey },
    ...{ signer: keys.log, primitives: nodePrimitives },
  });
  const state = emptyState(nodePrimitives);
  for (const bytes of readLeaves(paths.record, keeper.size)) take(state, bytes);
  const anchor = { size: keeper.size, root: Buffer.from(keeper.head.root).toString("hex") };
  const subject = ulid();
  const refused = new Map<string, string>();
  const said = (kind: string) => ({ origin, kind, revision: 0, at: formatInstant(now()), anchor });
  const bodyFor = (kind: string) => bodies(kind, subject) as { readonly [name: string]: Json };
  try {
    for (const kind of Object.keys(schemas).sort((one, other) => Number(begins(other)) - Number(begins(one)))) {
      const code = await first(kind);
      if (code === "joint.no-proposal") {
        const again = await close(kind);
        if (again !== undefined) refused.set(kind, again);
      } else if (code !== undefined) refused.set(kind, code);
    }
    for (const { kind, body } of machineActs(subject))
      await append(
        await signStatement(nodePrimitives.sha256, keys.machine, {
          ...said(kind),
          ...MACHINE,
          subject,
          refs: [],
          body,
        }),
      );
  } finally {
    await keeper.close();
  }
  return { subject, refused };

  async function append(leaf: Uint8Array): Promise<string | undefined> {
    const code = take(state, leaf);
    if (code === undefined) await keeper.append([leaf]);
    return code;
  }

  /** Signed by whichever officer may, and by one of the other component where it takes two; the code of the last refusal. */
  async function first(kind: string): Promise<string | undefined> {
    let code: string | undefined;
    for (const { officer, signer } of signers.A) {
      const act = { ...said(kind), subject, component: "A", role: officer, refs: [], body: bodyFor(kind) };
      const leaf = await signStatement(nodePrimitives.sha256, signer, act);
      code = await append(leaf);
      if (code !== undefined) continue;
      for (const other of signers.B)
        if ((await append(await countersign(nodePrimitives.sha256, other.signer, leaf))) === undefined) break;
      return undefined;
    }
    return code;
  }

  /** What closes a proposal gets one of its own: withdrawn by its component, dissented from by the other. */
  async function close(kind: string): Promise<string | undefined> {
    const proposed = kind.startsWith("finding.") ? "finding.proposed" : "report.approved";
    const [ours, theirs] = [signers.A[0]!, signers.B[0]!];
    const own = { component: "A", role: ours.officer, subject: ulid() };
    const opening = { ...said(proposed), ...own, refs: [], body: bodyFor(proposed) };
    const proposal = await signStatement(nodePrimitives.sha256, ours.signer, opening);
    const code = await append(proposal);
    if (code !== undefined) return code;
    const { statementId } = unwrap(readLeaf(nodePrimitives.sha256, proposal));
    const closer = kind.endsWith("withdrawn") ? ours : theirs;
    const closing = {
      ...{ ...said(kind), ...own, component: closer.officer[0]!, role: closer.officer },
      refs: [{ rel: "proposal", sha256: statementId }],
      body: { ...bodyFor(kind), proposal: statementId },
    };
    return append(await signStatement(nodePrimitives.sha256, closer.signer, closing));
  }
}

/** What begins something comes before what is said of it. */
const begins = (kind: string): boolean =>
  /\.(received|opened|reported|logged|raised|requested|notified|lodged|begun|sent|agreed|imported|restricted)$/.test(
    kind,
  );

const MACHINE = { component: "centre", role: "centre" };

/** Code of the refusal, if the replay does not take a leaf. */
function take(state: ReplayState, bytes: Uint8Array): string | undefined {
  const checked = checkLeaf(nodePrimitives, state, bytes);
  if (!checked.ok) return checked.fault.code;
  applyLeaf(state, checked.value);
  return undefined;
}
