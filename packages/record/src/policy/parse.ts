/** Reading a policy, line by line (c2sp.org/tlog-policy). */
import { readDecimal } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { parseVkey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import type { Policy, PolicyGroup, PolicyLog, PolicyWitness } from "./policy.ts";

const MAXIMUM_LINES = 10_000;

interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly names: Set<string>;
  readonly taken: Set<string>;
  quorum: string | undefined;
  quorums: number;
}

/** Errors: `policy.malformed` with the line, `vkey.*`. */
export function parsePolicy(sha256: Primitives["sha256"], text: string): Result<Policy> {
  return attempt(() => {
    const draft: Draft = {
      ...{ logs: [], witnesses: [], groups: [], names: new Set(), taken: new Set() },
      ...{ quorum: undefined, quorums: 0 },
    };
    const lines = text.split("\n");
    if (lines.length > MAXIMUM_LINES) malformed(0, `at most ${MAXIMUM_LINES} lines`, `${lines.length}`);
    lines.forEach((line, position) => {
      readLine(sha256, draft, line, position + 1);
    });
    if (draft.quorums !== 1) malformed(lines.length, "exactly one quorum line", `${draft.quorums}`);
    const { logs, witnesses, groups, quorum } = draft;
    return { logs, witnesses, groups, ...(quorum === undefined ? {} : { quorum }) };
  });
}

function readLine(sha256: Primitives["sha256"], draft: Draft, line: string, number: number): void {
  if (!/^[\x20-\x7e\t\u0080-\uffff]*$/.test(line)) malformed(number, "no control characters", line);
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
  if (keyword === undefined || keyword.startsWith("#")) return;
  if (keyword === "log") readLog(sha256, draft, words, number);
  else if (keyword === "witness") readWitness(sha256, draft, words, number);
  else if (keyword === "group") readGroup(draft, words, number);
  else if (keyword === "quorum") readQuorum(draft, words, number);
  else malformed(number, "log, witness, group or quorum", keyword);
}

function readLog(sha256: Primitives["sha256"], draft: Draft, words: readonly string[], number: number): void {
  const [vkey, url, ...more] = words;
  if (vkey === undefined || more.length > 0) malformed(number, "log <vkey> [<url>]", words.join(" "));
  draft.logs.push({ key: unwrap(parseVkey(sha256, vkey)), ...(url === undefined ? {} : { url }) });
}

function readWitness(sha256: Primitives["sha256"], draft: Draft, words: readonly string[], number: number): void {
  const [name, vkey, url, ...more] = words;
  if (vkey === undefined || more.length > 0) malformed(number, "witness <name> <vkey> [<url>]", words.join(" "));
  define(draft, name!, number);
  draft.witnesses.push({ name: name!, key: unwrap(parseVkey(sha256, vkey)), ...(url === undefined ? {} : { url }) });
}

function readGroup(draft: Draft, words: readonly string[], number: number): void {
  const [name, threshold, ...members] = words;
  if (members.length === 0) malformed(number, "group <name> all|any|<number> <member>...", words.join(" "));
  const needed = threshold === "all" ? members.length : threshold === "any" ? 1 : readDecimal(threshold!);
  if (needed === undefined || needed < 1 || needed > members.length) {
    malformed(number, `all, any or 1 to ${members.length}`, threshold);
  }
  for (const member of members) {
    if (!draft.names.has(member)) malformed(number, "members defined above", member);
    if (draft.taken.has(member)) malformed(number, "each member in one group only", member);
    draft.taken.add(member);
  }
  define(draft, name!, number);
  draft.groups.push({ name: name!, needed, members });
}

function readQuorum(draft: Draft, words: readonly string[], number: number): void {
  const [name, ...more] = words;
  if (name === undefined || more.length > 0) malformed(number, "quorum <name>|none", words.join(" "));
  if (name !== "none" && !draft.names.has(name)) malformed(number, "a name defined above", name);
  draft.quorum = name === "none" ? undefined : name;
  draft.quorums++;
}

function define(draft: Draft, name: string, number: number): void {
  if (name === "none" || draft.names.has(name)) malformed(number, "a name of its own", name);
  draft.names.add(name);
}

function malformed(line: number, expected: string, got: unknown): never {
  return refuse("policy.malformed", "policy", { where: { line }, expected, got: shown(got) });
}
