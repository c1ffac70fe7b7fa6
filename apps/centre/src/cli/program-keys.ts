/** The commands around keys: founding, signing, officers, roots, the centre's own keys. */
import type { Command } from "commander";
import { run } from "./terminal.ts";

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const PASSPHRASE = [
  "--passphrase-file <[name=]file>",
  "passphrase or PIN; NAME is a component or a key's holder",
] as const;

export function addKeyCommands(program: Command): void {
  addInit(program);
  addSign(program);
}

function addInit(program: Command): void {
  program
    .command("init")
    .description("founds a centre: keys, roster, record; in one go, or in steps by files")
    .argument("[dir]", "folder of the centre; not with --component")
    .option("--mission <name>", "mission folder, or its name under missions/", "karabakh-2020")
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
    .option("--text <text>", "dissent or reason")
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
