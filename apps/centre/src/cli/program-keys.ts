/** The commands around keys: founding, signing, officers, roots, the centre's own keys. */
import type { Command } from "commander";
import { DEFAULT_MISSION_HELP } from "./default-mission.ts";
import { run } from "./terminal.ts";

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const PASSPHRASE = [
  "--passphrase-file <[name=]file>",
  "passphrase or PIN; NAME is a component or a key's holder",
] as const;

export function addKeyCommands(program: Command): void {
  addInit(program);
  addSign(program);
  addOfficer(program);
  addRoot(program);
  program
    .command("rekey")
    .description("new keys for the centre itself and its log; the centre must be stopped")
    .argument("<dir>", "folder of the centre")
    .option("--reason <text>", "why")
    .option("--from <entry>", "what the old key signed from this entry on is marked as suspect")
    .option("--out <file>", "file for two roots of each component to sign")
    .option("--signed <file>", "the file with signatures; once for each", collect)
    .action(run(async (folder: string, flags) => (await import("./keys/rekey.ts")).runRekey(folder, flags)));
}

/** An act of roots: where the keys are, who signs here, where it goes. */
function keyAct(command: Command): Command {
  return command
    .requiredOption("--keys <dir>", "signer folder of the component")
    .option("--root <holder>", "root that signs here, root-1 to root-3; once for each", collect)
    .option("--centre <url>", "centre that the act is anchored to and brought to")
    .option("--record <path>", "a copy of the record to anchor to, where there is no network")
    .option("--origin <name>", "the only log to act in")
    .option("--out <file>", "file for the next key instead of bringing it")
    .option(...PASSPHRASE, collect)
    .option("--yes", "sign without asking")
    .option("--json", "answer as JSON");
}

/** Where a new key is to be kept. */
function newKey(command: Command): Command {
  return command
    .option("--ssh-agent <comment>", "the new key is the agent's with this comment, not a file")
    .option("--pkcs11 <module>", "the new key is on a token with this PKCS#11 module, not in a file")
    .option("--token <label>", "with --pkcs11: the token's label")
    .option("--key-id <hex>", "with --pkcs11: id of a key that is there; a new one is made otherwise");
}

function addOfficer(program: Command): void {
  const officer = program.command("officer").description("officers and their keys, from the component's machine");
  newKey(keyAct(officer.command("enrol")))
    .description("enrols an officer, or gives one a new key; two roots sign")
    .argument("<id>", "role id of the officer, as A-Duty-3")
    .requiredOption("--role <role>", "role; once for each", collect)
    .option("--component <id>", "component, where the folder is empty yet")
    .option("--lost", "the officer's key is lost: makes another")
    .option("--demonstration", "a demonstration key, in an exercise")
    .action(run(async (id: string, flags) => (await import("./keys/officer.ts")).runEnrol(id, flags)));
  newKey(keyAct(officer.command("rotate")))
    .description("the officer's own act: the old key brings in a new one")
    .argument("<id>", "role id of the officer")
    .action(run(async (id: string, flags) => (await import("./keys/officer.ts")).runRotate(id, flags)));
  keyAct(officer.command("revoke"))
    .description("ends an officer's key and sessions; two roots sign; nothing that was signed goes away")
    .argument("<id>", "role id of the officer")
    .option("--reason <text>", "why")
    .option("--from <entry>", "marks what was signed from this entry on as suspect")
    .action(run(async (id: string, flags) => (await import("./keys/officer.ts")).runRevoke(id, flags)));
  keyAct(officer.command("suspect"))
    .description("marks what an officer's keys signed as suspect, without ending them; two roots sign")
    .argument("<id>", "role id of the officer")
    .option("--reason <text>", "why")
    .option("--from <entry>", "the first entry that is suspect")
    .option("--key <id>", "only what this key signed")
    .action(run(async (id: string, flags) => (await import("./keys/officer.ts")).runSuspect(id, flags)));
  officer
    .command("settle")
    .description("new keys whose signatures were made elsewhere take their places, once the record has them")
    .requiredOption("--keys <dir>", "signer folder")
    .requiredOption("--record <path>", "a copy of the record")
    .action(run(async (flags) => (await import("./keys/officer.ts")).runSettle(flags)));
  officer
    .command("list")
    .description("officers and roots with their keys, from which entry to which")
    .requiredOption("--record <path>", "a copy of the record")
    .option("--json", "as JSON Lines")
    .action(run(async (flags) => (await import("./keys/officer.ts")).runOfficerList(flags)));
  officer
    .command("uses")
    .description("every entry that an officer's keys have signed")
    .argument("<id>", "role id of the officer, or root")
    .requiredOption("--record <path>", "a copy of the record")
    .option("--since <entry>", "from this entry on")
    .option("--json", "as JSON Lines")
    .action(run(async (id: string, flags) => (await import("./keys/officer.ts")).runOfficerUses(id, flags)));
}

function addRoot(program: Command): void {
  const root = program.command("root").description("a component's root keys");
  newKey(keyAct(root.command("replace")))
    .description("two roots put a new key in the place of a lost third")
    .argument("<holder>", "root-1, root-2 or root-3")
    .option("--removes <key>", "id of the lost key, where its file is lost too")
    .action(run(async (holder: string, flags) => (await import("./keys/root.ts")).runReplaceRoot(holder, flags)));
  newKey(keyAct(root.command("claim")))
    .description("three new roots after the loss of two or three; the other component's roots witness it")
    .option("--reason <text>", "what was lost, and how")
    .action(run(async (flags) => (await import("./keys/root.ts")).runClaimRoots(flags)));
  keyAct(root.command("contest"))
    .description("a root that is left stops a claim")
    .option("--reason <text>", "why")
    .action(run(async (flags) => (await import("./keys/root.ts")).runContestRoots(flags)));
}

function addInit(program: Command): void {
  program
    .command("init")
    .description("founds a centre: keys, roster, record; in one go, or in steps by files")
    .argument("[dir]", "folder of the centre; not with --component")
    .option("--mission <name>", `mission folder, or its name under missions/; ${DEFAULT_MISSION_HELP}`)
    .option("--origin <name>", "name of the record's log")
    .option("--signer <component=dir>", "signer folder of a component, in one go; once for each", collect)
    .option("--component <id>", "on a component's machine: makes its keys and its part")
    .option("--keys <dir>", "with --component: its signer folder")
    .option("--keep-keys", "with --component: takes the keys that are in the folder, for a successor")
    .option("--part <file>", "on the centre's machine: a component's part; once for each", collect)
    .option("--signed <file>", "on the centre's machine: what a component has signed; once for each", collect)
    .option("--out <file>", "file for the next machine")
    .option("--recovery-days <days>", "how long a claim to new roots stands open to objection; 0: no such claim", "7")
    .option("--shortest-answer <hours>", "the shortest time that a proposal leaves for an answer")
    .option("--succeed <path>", "the record that this one goes on from: a mirror's folder, or any copy")
    .option("--reason <text>", "with --succeed: why")
    .option("--absent <component>", "with --succeed: a component that cannot sign now", collect)
    .option("--unsealed", "with --succeed: from the end of the copy, where both components sealed no point")
    .option("--annotations", "with --succeed: a log beside a closed record, which takes annotations and facts only")
    .option(...PASSPHRASE, collect)
    .action(run(async (folder: string | undefined, flags) => (await import("./init.ts")).runInit(folder, flags)));
}

function addSign(program: Command): void {
  const sign = program.command("sign").description("the component's own signer: online, or by files without a network");
  sign
    .command("online", { isDefault: true })
    .description("waits for requests at a centre, or makes one act; connects out and listens on nothing")
    .requiredOption("--centre <url>", "address of the centre")
    .requiredOption("--keys <dir>", "signer folder")
    .requiredOption("--officer <id>", "whose key")
    .option("--origin <name>", "the only log to sign for")
    .option(...PASSPHRASE, collect)
    .option("--mission <dir>", "the component's own copy of the mission: findings must be in all its languages")
    .option("--propose <file>", "propose a finding from a draft (JSON with a body)")
    .option("--countersign <finding>", "countersign a finding of the other component")
    .option("--dissent <finding>", "dissent from a finding, with --text")
    .option("--withdraw <finding>", "withdraw an own proposal, with --text")
    .option("--act <file>", "any other act from a draft (JSON with kind and body)")
    .option("--conclude <incident>", "seal the component's own conclusion on an incident, with --text")
    .option("--hours <hours>", "of --conclude: opened at the latest after so long", "24")
    .option("--text <text>", "dissent, reason or conclusion")
    .option("--language <tag>", "language of --text", "en")
    .option("--yes", "sign without asking")
    .option("--json", "answer as JSON")
    .action(run(async (flags) => (await import("./sign.ts")).runSign(flags)));
  addSignByFile(sign);
  sign
    .command("founding")
    .description("on a component's machine: looks at a founding, compares it with the component's part, signs it")
    .argument("<file>", "the founding, from the centre")
    .requiredOption("--keys <dir>", "signer folder with the component's part")
    .requiredOption("--out <file>", "file for the centre")
    .option("--predecessor <path>", "the component's own copy of the record that is succeeded")
    .option(...PASSPHRASE, collect)
    .option("--yes", "sign without asking")
    .action(run(async (file: string, flags) => (await import("./sign/founding.ts")).runSignFounding(file, flags)));
}

function addSignByFile(sign: Command): void {
  sign
    .command("export")
    .description("makes what is to be signed elsewhere, as a file; needs no private key")
    .requiredOption("--out <file>", "file for the machine with the key")
    .option("--component <id>", "component of whoever is to sign")
    .option("--officer <id>", "whoever is to sign")
    .option("--centre <url>", "centre whose present point the statement is anchored to")
    .option("--record <path>", "a copy of the record: a mirror's folder, or any other")
    .option("--propose <file>", "propose a finding from a draft (JSON with a body)")
    .option("--countersign <statement>", "countersign a proposal in the copy, by its statement id")
    .option("--dissent <statement>", "dissent from a proposal in the copy, with --text")
    .option("--withdraw <statement>", "withdraw a proposal in the copy, with --text")
    .option("--act <file>", "any other act from a draft (JSON with kind and body)")
    .option("--text <text>", "dissent or reason")
    .option("--language <tag>", "language of --text", "en")
    .option("--json", "answer as JSON")
    .action(run(async (flags) => (await import("./sign/export.ts")).runSignExport(flags)));
  sign
    .command("show")
    .description("shows a statement's file in full, and which keys have signed it")
    .argument("<file>", "statement's file")
    .option("--origin <name>", "the only log to look at")
    .option("--json", "as JSON")
    .action(run(async (file: string, flags) => (await import("./sign/by-file.ts")).runSignShow(file, flags)));
  sign
    .command("file")
    .description("signs a statement's file, after showing it; needs no network")
    .argument("<file>", "statement's file")
    .requiredOption("--keys <dir>", "signer folder")
    .requiredOption("--holder <id>", "whose key: an officer's, or root-1 to root-3; once for each", collect)
    .requiredOption("--out <file>", "file with the signature")
    .option("--origin <name>", "the only log to sign for")
    .option("--mission <dir>", "the component's own copy of the mission: findings must be in all its languages")
    .option(...PASSPHRASE, collect)
    .option("--yes", "sign without asking")
    .option("--json", "answer as JSON")
    .action(run(async (file: string, flags) => (await import("./sign/by-file.ts")).runSignFile(file, flags)));
  sign
    .command("import")
    .description("brings a signed statement's file to the centre")
    .argument("<file>", "statement's file with signatures")
    .requiredOption("--centre <url>", "address of the centre")
    .option("--request <file>", "the file as it went out: what came back must be the same statement")
    .option("--json", "answer as JSON")
    .action(run(async (file: string, flags) => (await import("./sign/by-file.ts")).runSignImport(file, flags)));
}
