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
    .option("--tsa-ca <file>", "trust only these certificates for time stamps (PEM), not those in the archive")
    .option("--predecessor <path>", "a copy of the record that this one says it succeeds")
    .option("--seen <file>", "a checkpoint of this log kept elsewhere; once for each", collect)
    .option("--language <tag>", "en, tr or ru", "en")
    .option("--json", "findings as JSON")
    .action(run(async (place: string, flags) => (await import("./verify.ts")).runVerify(place, flags)));

  program
    .command("export")
    .description("an archive of the record for a release level; itself an entry")
    .argument("[dir]", "folder of the centre", "data")
    .option("--release <level>", "full, party, public, or several with commas, all over one root (full)")
    .option("--party <code>", "the party that it is for")
    .option("--out <file>", "ZIP file to write")
    .option("--disclose <statement>", "disclose what was concealed in it; once for each", collect)
    .option("--with-attachments", "a party also gets attachments of the entries given to it")
    .option(
      "--recordings <rule>",
      "of a full archive: mission (by the markings, what both components may have) or none",
      "mission",
    )
    .option("--from <time>", "recordings from then on only: RFC 3339, or a day where the mission is")
    .option("--until <time>", "recordings before then only")
    .option("--unsealed", "up to the record's end, also where its cosigners have not sealed that yet")
    .option("--verifier", "without --release: only the single-file verifier")
    .option("--json", "what was made, as JSON")
    .action(run(async (folder: string, flags) => (await import("./export.ts")).runExport(folder, flags)));

  program
    .command("reseal")
    .description("seals every entry so far once more, with SHA-512; itself an entry")
    .argument("[dir]", "folder of the centre", "data")
    .option("--json", "how far, and the digest, as JSON")
    .action(run(async (folder: string, flags) => (await import("./reseal.ts")).runReseal(folder, flags)));

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

  program
    .command("retain")
    .description("removes recordings that the mission's rules keep no longer; each removal is an entry")
    .argument("[dir]", "folder of the centre", "data")
    .option("--check", "only tell what would be removed")
    .option("--json", "what is removed, as JSON Lines")
    .action(run(async (folder: string, flags) => (await import("./retain.ts")).runRetain(folder, flags)));

  const timestamp = program.command("timestamp").description("time stamps (RFC 3161) over the record's checkpoints");
  timestamp
    .command("authority")
    .description("adds an authority that a side has chosen")
    .argument("<dir>", "folder of the centre")
    .argument("<name>", "short name of the authority")
    .requiredOption("--side <component>", "the component that chose it")
    .requiredOption("--ca <file>", "certificates that are trusted for it, PEM")
    .option("--url <address>", "where it answers; without it requests go by hand")
    .action(
      run(async (folder: string, name: string, flags) =>
        (await import("./timestamp.ts")).runAuthority(folder, name, flags),
      ),
    );
  timestamp
    .command("request")
    .description("writes a request to each authority over the record's present end")
    .argument("<dir>", "folder of the centre")
    .action(run(async (folder: string) => (await import("./timestamp.ts")).runRequest(folder)));
  timestamp
    .command("send")
    .description("sends what waits; what cannot be reached goes on waiting")
    .argument("<dir>", "folder of the centre")
    .action(run(async (folder: string) => (await import("./timestamp.ts")).runSend(folder)));
  timestamp
    .command("store")
    .description("takes in an answer that came by hand")
    .argument("<dir>", "folder of the centre")
    .argument("<file>", "the authority's answer (.tsr)")
    .requiredOption("--request <name>", "the request that it answers, as 120-a")
    .action(
      run(async (folder: string, file: string, flags) =>
        (await import("./timestamp.ts")).runStore(folder, file, flags),
      ),
    );
}
