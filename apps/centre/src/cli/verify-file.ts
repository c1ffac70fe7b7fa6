/** `jmc verify FILE` for what one can hold in one's hand: a receipt (.tlog-proof), a proof that a log signed two histories. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError, formatInstant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import {
  bytesToHex,
  evaluatePolicy,
  type NoteKey,
  openCheckpoint,
  type Policy,
  parseForkProof,
  parsePolicy,
  readLeaf,
  unwrap,
  utf8ToText,
  verifyForkProof,
  verifyTlogProof,
} from "@openjmc/record";
import { readLeafBeside } from "../nodes/receipt-watch.ts";
import { nodePrimitives } from "../primitives.ts";
import { readLogKey } from "./mirror.ts";
import { CHECK_FAILED, DONE, print } from "./terminal.ts";

export interface VerifyFileFlags {
  readonly json?: boolean;
  /** Verifier key of the log, or a file with it. */
  readonly logKey?: string;
  /** Policy (tlog-policy): the log's key, the cosigners, the quorum. */
  readonly policy?: string;
  /** The entry's bytes; beside the receipt as `.leaf` otherwise. */
  readonly leaf?: string;
}

const LARGEST_BYTES = 4_000_000;
const RECEIPT = "c2sp.org/tlog-proof@v1\n";
const FORK = "openjmc fork proof v1\n";

/** Verifies a file of one of these kinds; undefined where it is none. Errors: `log-key.missing`, `leaf.missing`, `policy.*`. */
export function verifyFile(path: string, flags: VerifyFileFlags): number | undefined {
  const bytes = readSmall(path);
  const text = bytes ? utf8ToText(bytes.subarray(0, 64)) : undefined;
  if (!bytes || !text?.ok) return undefined;
  if (text.value.startsWith(RECEIPT)) return verifyReceipt(path, bytes, flags);
  if (text.value.startsWith(FORK)) return verifyFork(path, bytes, flags);
  return undefined;
}

function verifyReceipt(path: string, bytes: Uint8Array, flags: VerifyFileFlags): number {
  const { logKey, policy } = trustOf(path, flags);
  const leaf = flags.leaf === undefined ? readLeafBeside(path) : new Uint8Array(readFileSync(flags.leaf));
  if (!leaf)
    throw new FaultError({
      code: "leaf.missing",
      what: "receipt",
      where: { file: path, field: "--leaf" },
      expected: "the entry's bytes beside it as .leaf, or --leaf",
    });
  const cosigners = policy?.witnesses.map((witness) => witness.key) ?? [];
  const verified = verifyTlogProof(nodePrimitives, bytes, leaf, logKey, cosigners);
  if (!verified.ok) return wrong(path, flags, verified.fault);
  const { index, checkpoint } = verified.value;
  const outcome = policy ? evaluatePolicy(policy, checkpoint) : undefined;
  const statement = readLeaf(nodePrimitives.sha256, leaf);
  const times = checkpoint.cosignatures.map(({ timestamp }) => timestamp ?? 0);
  const result = {
    holds: outcome?.satisfied ?? true,
    kind: "receipt",
    origin: checkpoint.origin,
    index,
    size: checkpoint.size,
    root: bytesToHex(checkpoint.root),
    ...(statement.ok ? { statement: statement.value.statementId, statementKind: statement.value.statement.kind } : {}),
    ...(outcome ? { cosigners: outcome.present, absent: outcome.absent, policyMet: outcome.satisfied } : {}),
    ...(times.length > 0 ? { notAfter: formatInstant(Math.max(...times) * MICROSECONDS_PER_SECOND) } : {}),
  };
  if (flags.json) print(JSON.stringify(result));
  else {
    print(`entry ${index} of ${result.origin} lies under its signed checkpoint of ${result.size} entries`);
    if (outcome)
      print(
        `cosigned by ${outcome.present.join(", ") || "nobody"}; ${outcome.satisfied ? "the policy is met" : "THE POLICY IS NOT MET"}`,
      );
    else print("cosigners were not judged: no policy was given");
    if (result.notAfter !== undefined) print(`it was there at ${result.notAfter} by the cosigners' clocks`);
  }
  return result.holds ? DONE : CHECK_FAILED;
}

function verifyFork(path: string, bytes: Uint8Array, flags: VerifyFileFlags): number {
  const { logKey } = trustOf(path, flags);
  const fork = parseForkProof(bytes);
  if (!fork.ok) return wrong(path, flags, fork.fault);
  const checked = verifyForkProof(nodePrimitives, logKey, fork.value);
  if (!checked.ok) return wrong(path, flags, checked.fault);
  const [first, second] = [fork.value.first, fork.value.second].map((note) =>
    unwrap(openCheckpoint(nodePrimitives, note, logKey)),
  );
  const result = {
    holds: true,
    kind: "fork",
    origin: first!.origin,
    firstSize: first!.size,
    firstRoot: bytesToHex(first!.root),
    secondSize: second!.size,
    secondRoot: bytesToHex(second!.root),
    rootInSecond: bytesToHex(fork.value.rootInSecond),
  };
  if (flags.json) print(JSON.stringify(result));
  else {
    print(`PROVEN: the log ${result.origin} has signed two histories`);
    print(`  at ${result.firstSize} entries it signed root ${result.firstRoot}`);
    print(`  its signed history of ${result.secondSize} entries had root ${result.rootInSecond} there`);
  }
  return DONE;
}

function wrong(path: string, flags: VerifyFileFlags, fault: { readonly code: string; readonly what: string }): number {
  if (flags.json) print(JSON.stringify({ holds: false, fault }));
  else print(`NOT PROVEN: ${path}: ${fault.code}: ${fault.what}`);
  return CHECK_FAILED;
}

/** By whose keys it is judged: given, or kept beside the file by the signer or the mirror that it came from. */
function trustOf(path: string, flags: VerifyFileFlags): { readonly logKey: NoteKey; readonly policy?: Policy } {
  const policy = flags.policy === undefined ? policyBeside(path) : readPolicy(flags.policy);
  const beside = join(dirname(path), "log.vkey");
  const logKey = flags.logKey === undefined ? policy?.logs[0]?.key : readLogKey(flags.logKey);
  if (logKey) return policy ? { logKey, policy } : { logKey };
  if (readSmall(beside)) return { logKey: readLogKey(beside) };
  throw new FaultError({
    code: "log-key.missing",
    what: "verification",
    where: { file: path, field: "--log-key" },
    expected: "the log's verifier key (--log-key), a policy with it (--policy), or log.vkey beside the file",
  });
}

function policyBeside(path: string): Policy | undefined {
  const beside = join(dirname(path), "policy");
  return readSmall(beside) ? readPolicy(beside) : undefined;
}

function readPolicy(path: string): Policy {
  return unwrap(parsePolicy(nodePrimitives.sha256, readFileSync(path, "utf8")));
}

function readSmall(path: string): Uint8Array | undefined {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= LARGEST_BYTES ? new Uint8Array(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}
