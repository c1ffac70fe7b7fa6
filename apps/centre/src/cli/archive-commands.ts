/** Commands about what leaves the centre for good: archives and their verification, time stamps, retention. */
import type { Command } from "commander";
import { run } from "./terminal.ts";

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function addArchiveCommands(program: Command): void {
  program
    .command("verify")
    .description("verifies a record from its files alone")
    .argument(
      "[place]",
      "archive (ZIP or folder), folder of a centre or of a record, address, receipt (.tlog-proof), proof of a fork",
      "data",
    )
    .option("--log-key <vkey>", "of a receipt or a proof: verifier key of the log, or a file with it")
    .option("--policy <file>", "of a receipt: the policy that its cosigners must meet")
    .option("--leaf <file>", "of a receipt: the entry's bytes; beside it as .leaf without it")
    .option("--entries", "a verdict on each entry")
    .option("--seen <file>", "a checkpoint of this log kept elsewhere; once for each", collect)
    .option("--language <tag>", "en, tr or ru", "en")
    .option("--json", "findings as JSON")
    .action(run(async (place: string, flags) => (await import("./verify.ts")).runVerify(place, flags)));

  program
    .command("export")
    .description("an archive of the record for a release level; itself an entry")
    .argument("[dir]", "folder of the centre, which is not running", "data")
    .option("--release <level>", "full, party, public, or several with commas, all over one root (full)")
    .option("--party <code>", "the party that it is for")
    .option("--out <file>", "ZIP file to write")
    .option("--disclose <statement>", "disclose what was concealed in it; once for each", collect)
    .option("--with-attachments", "a party also gets attachments of the entries given to it")
    .option("--verifier", "without --release: only the single-file verifier")
    .option("--json", "what was made, as JSON")
    .action(run(async (folder: string, flags) => (await import("./export.ts")).runExport(folder, flags)));

  program
    .command("redact")
    .description(
      "from a full archive one of a lower level; or from a draft one with parts concealed before it is signed",
    )
    .argument("<source>", "full archive (ZIP), or draft (JSON with a body)")
    .option("--release <level>", "party or public")
    .option("--party <code>", "the party that it is for")
    .option("--disclose <statement>", "disclose what was concealed in it; once for each", collect)
    .option("--conceal <names>", "of a draft: members of the body, with commas")
    .option("--out <file>", "file to write")
    .option("--disclosures <file>", "of a draft: file for what is concealed")
    .option("--json", "what was made, as JSON")
    .action(run(async (draft: string, flags) => (await import("./export.ts")).runRedact(draft, flags)));
}
