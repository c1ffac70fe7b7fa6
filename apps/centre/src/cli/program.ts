/** `jmc`'s table of commands, arguments and flags. Building it runs nothing: each command loads what it needs when called. */
import { Command, Option } from "commander";
import { VERSION } from "../version.ts";
import { addArchiveCommands } from "./archive-commands.ts";
import { DEFAULT_MISSION_HELP } from "./default-mission.ts";
import { addKeyCommands } from "./program-keys.ts";
import { run, WRONG_USE } from "./terminal.ts";

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The program, not yet given any arguments. */
export function createProgram(): Command {
  const program = new Command("jmc")
    .description("OpenJMC: the software a joint ceasefire monitoring centre runs on")
    .version(VERSION)
    .showHelpAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "usage: ")) })
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : WRONG_USE);
    });

  program
    .command("exercise")
    .description("an exercise centre with its feeds, signers and truth; founds one where there is none")
    .argument("[action]", "score: compares the picture with the truth; month: plays and judges a month of suspicions")
    .option("--data <dir>", "folder of the centre", "data")
    .option("--port <port>", "port of the console", "8080")
    .option("--speed <factor>", "scenario seconds per wall second, 1 to 60", "1")
    .option("--seed <number>", "seed of the scenario, for a new centre")
    .option("--mission <name>", `mission with an exercise overlay; ${DEFAULT_MISSION_HELP}`)
    .option("--headless", "without the console; ends at --until-entries or --until-truth")
    .option("--until-entries <count>", "end when the record holds so many entries")
    .option("--until-truth <time>", "end when the scenario reaches a time: seconds, 30m, a day, or RFC 3339")
    .option("--days <count>", "of a month: its length", "30")
    .option("--suspicions <count>", "of a month: how many there are", "200")
    .option("--json", "result as JSON")
    .action(
      run(async (action: string | undefined, flags) => {
        if (action === "score") return (await import("./exercise-score.ts")).runScore(flags);
        if (action === "month") return (await import("./exercise-month.ts")).runMonth(flags);
        return (await import("./exercise.ts")).runExercise(flags);
      }),
    );

  addKeyCommands(program);

  program
    .command("serve")
    .description("the centre")
    .argument("[dir]", "folder of the centre", "data")
    .option("--host <host>", "address to listen on", "127.0.0.1")
    .option("--port <port>", "port of the console and the API", "8080")
    .option("--mqtt-host <host>", "address of the embedded MQTT broker", "127.0.0.1")
    .option("--mqtt-port <port>", "port of the embedded MQTT broker", "1883")
    .option("--tls-cert <file>", "certificate chain, PEM")
    .option("--tls-key <file>", "private key, PEM")
    .addOption(new Option("--tls <how>", "self: a certificate authority of this site"))
    .option("--postgres <url>", "PostgreSQL for the views instead of the embedded store")
    .option(
      "--tak <url>",
      "Cursor on Target out, by the release rule: tcp:, tls: or udp://HOST:PORT; again for more",
      collect,
    )
    .option("--tak-ca <file>", "authorities that a tls: receiver's certificate is held against, PEM")
    .option("--tak-cert <file>", "certificate that the centre shows a tls: receiver, PEM")
    .option("--tak-key <file>", "its private key, PEM")
    .action(run(async (folder: string, flags) => (await import("./serve.ts")).runServe(folder, flags)));

  program
    .command("cosigners")
    .description("the draft of the joint act that names who cosigns; signed with `jmc sign` by both heads of component")
    .requiredOption("--log-key <vkey>", "verifier key of the log, or a file with it")
    .option("--component <file>", "lines of a component's mirror, as its init printed them; once for each", collect)
    .option("--neutral <file>", "lines of a neutral's witness; once for each", collect)
    .option("--silence <seconds>", "after so long without a component, anchors of the lower grade serve")
    .option("--suspect <name=entry>", "marks cosignatures of a stolen key from that entry on; once for each", collect)
    .option("--merge-delay <seconds>", "after so long an acknowledged entry must be in every mirror")
    .option("--out <file>", "draft to write; standard output without it")
    .action(run(async (flags) => (await import("./cosigners.ts")).runCosigners(flags)));

  const mirror = program.command("mirror").description("a component's node: keeps the whole record and cosigns it");
  const witness = program.command("witness").description("a neutral's or a party's node: signs no two histories");
  for (const [role, node] of [["mirror", mirror] as const, ["witness", witness] as const])
    node
      .command("init")
      .description(`makes the folder and keys of a ${role}; prints its lines for the policy`)
      .argument("<dir>", "new folder of the node")
      .requiredOption("--name <name>", "name in the policy; of a component's node the component's code, as A")
      .requiredOption("--origin <name>", "name of the log that it is made for")
      .option("--key-name <name>", "name of its keys in notes; the log's and its own without it")
      .option("--log-key <vkey>", "verifier key of the log, or a file with it, to be pinned")
      .option("--out <file>", "file for the lines, which are printed too")
      .option("--json", "keys as JSON")
      .action(run(async (folder: string, flags) => (await import("./mirror.ts")).runNodeInit(role, folder, flags)));
  mirror
    .command("run", { isDefault: true })
    .description("follows a centre and cosigns what it stores")
    .argument("<dir>", "folder of the mirror")
    .option("--pull <url>", "address of the centre; connects out and listens on nothing")
    .option("--listen <host:port>", "be sent checkpoints, entries and files here (tlog-mirror)")
    .option("--log-key <vkey>", "verifier key of the log, or a file with it; pinned at the first start")
    .option("--reader-token <file>", "whoever has this token may read entries and bring files")
    .option("--receipts <dir>", "receipts of the component's signer, held against this copy", collect)
    .option("--peer <url>", "another mirror or a witness, whose checkpoint is held against this copy", collect)
    .option("--recordings <rule>", "mission: by the mission's markings; none", "mission")
    .option("--clock <instant,wall,speed>", "the scenario's clock, in an exercise")
    .action(run(async (folder: string, flags) => (await import("./mirror.ts")).runMirror(folder, flags)));
  mirror
    .command("status")
    .description("what a mirror has against its log; exit 1 where it has something")
    .argument("<dir>", "folder of the mirror")
    .option("--json", "as JSON")
    .action(run(async (folder: string, flags) => (await import("./mirror.ts")).runMirrorStatus(folder, flags)));
  mirror
    .command("accept")
    .description("takes note of an entry that does not hold, so that the mirror cosigns again")
    .argument("<dir>", "folder of the mirror")
    .argument("<entry>", "index of the entry")
    .action(run(async (folder: string, entry: string) => (await import("./mirror.ts")).runMirrorAccept(folder, entry)));
  witness
    .command("run", { isDefault: true })
    .description("answers add-checkpoint (tlog-witness)")
    .argument("<dir>", "folder of the witness")
    .option("--listen <host:port>", "address to listen on", "127.0.0.1:8085")
    .option("--log-key <vkey>", "verifier key of the log, or a file with it; pinned at the first start")
    .option("--log <url>", "where the log's hash tiles are read, for proofs of forks")
    .option("--clock <instant,wall,speed>", "the scenario's clock, in an exercise")
    .action(run(async (folder: string, flags) => (await import("./witness.ts")).runWitness(folder, flags)));

  program
    .command("rebuild")
    .description("makes the views again from record and picture")
    .argument("[dir]", "folder of the centre", "data")
    .option("--check", "only compare: a SHA-256 per view, as stored and as made again")
    .option("--deep", "fuse the journal again instead of reading the picture")
    .option("--from <time>", "with --deep: only what came in from then on is fused again")
    .option("--until <time>", "with --deep: only what came in before")
    .option("--postgres <url>", "PostgreSQL views instead of the embedded store")
    .option("--json", "result as JSON")
    .action(run(async (folder: string, flags) => (await import("./rebuild.ts")).runRebuild(folder, flags)));

  program
    .command("replay")
    .description("fuses the journal again: lines of the picture on standard output")
    .argument("[dir]", "folder of the centre", "data")
    .option("--check", "compare with the picture and the record, byte for byte, instead")
    .option("--course <track>", "one track's whole course instead, each plot weighed with those before and after it")
    .option("--from <time>", "only what came in from then on: RFC 3339, or a day where the mission is")
    .option("--until <time>", "only what came in before")
    .option("--json", "result as JSON")
    .action(run(async (folder: string, flags) => (await import("./replay.ts")).runReplay(folder, flags)));

  program
    .command("report")
    .description("a report from record and picture, over a period, of one incident, or over the whole mission")
    .argument("<kind>", "daily, weekly, periodic, thematic, spot or final")
    .option("--data <dir>", "folder of the centre", "data")
    .option("--date <date>", "local date on whose cut-off the report ends, as 2021-03-01")
    .option("--from <date>", "first local date of a periodic or thematic report; thirty days without it")
    .option("--theme <theme>", "violations, coverage, overflights, casualties, allegations, access or silence")
    .option("--incident <id>", "of a spot report")
    .option(
      "--format <format>",
      "html, pdf, csv, json, geojson, kml, acled, or annex and annex-html: violations alone",
      "html",
    )
    .option("--language <tag>", "language of the text: en, tr, ru, az or hy", "en")
    .option("--audience <audience>", "component, or public (coarsened and delayed)", "component")
    .option("--out <file>", "file to write; standard output without it")
    .action(run(async (kind: string, flags) => (await import("./report.ts")).runReport(kind, flags)));

  program
    .command("feed")
    .description("a raw capture onto a socket")
    .argument("<file>", "capture")
    .option(
      "--format <format>",
      "as in the mission; Beast and captures of packets are paced, others go at once",
      "beast",
    )
    .option("--to <address>", "HOST:PORT to connect to, or udp:HOST:PORT for datagrams")
    .option("--listen <host:port>", "or wait there for a centre that connects")
    .option("--speed <factor>", "times as fast as received, or max", "1")
    .action(run(async (file: string, flags) => (await import("./feed.ts")).runFeed(file, flags)));

  program
    .command("decode")
    .description("bytes to messages, as JSON Lines")
    .argument(
      "<format>",
      "beast, avr, sbs, arrivals, asterix, klv, sapient, remote-id, cot, miniseed, seedlink, stationxml, firms, wav",
    )
    .argument("[file]", "file; standard input without it or with -")
    .option("--stats", "ends with one JSON line of counts on standard error")
    .option("--site <lat,lon,height>", "where the receiver stands")
    .option("--edition <number>", "edition of the format, where it has several")
    .action(
      run(async (format: string, file: string | undefined, flags) =>
        (await import("./tools.ts")).decode(format, file, flags),
      ),
    );

  program
    .command("track")
    .description("scans to tracks, in the formats of the benchmarks")
    .argument("[file]", "scans; standard input without it or with -")
    .option("--smooth", "whole courses after the last scan, each plot weighed with earlier and later ones")
    .action(run(async (file: string | undefined, flags) => (await import("./tools.ts")).track(file, flags)));

  program
    .command("locate")
    .description("arrivals to events, in the formats of the benchmarks")
    .argument("[file]", "arrivals; standard input without it or with -")
    .action(run(async (file: string | undefined) => (await import("./tools.ts")).locate(file)));

  program
    .command("pick")
    .description("waveforms to arrivals: miniSEED, blocks of sound behind their sidecars, WAV with FILE.json beside it")
    .argument("[files...]", "files; standard input without any or with -")
    .option("--stations <file>", "StationXML with places and responses; without it only --lines station can be written")
    .option("--scale <number>", "pascals, or metres a second, in one count, where nothing else says")
    .option("--weather <celsius,east,north>", "temperature and wind (m/s, where it blows to) that location begins with")
    .option("--infrasound", "pressure is that of large sources far away")
    .option("--lines <kind>", "locate, as jmc locate reads them, or station, as stations send them")
    .option("--stats", "ends with one JSON line of counts and noise on standard error")
    .action(run(async (files: readonly string[], flags) => (await import("./tools.ts")).pick(files, flags)));

  program
    .command("stations")
    .description("a StationXML document to sources as sources.yaml has them: places, channels, what a count is")
    .argument("<file>", "StationXML")
    .option("--seedlink <host:port>", "the server that gives their waveforms")
    .option("--folder <name>", "the folder below the centre's inbox into which their miniSEED files are laid")
    .option("--operator <code>", "component that operates them; joint without it")
    .option("--range <metres>", "how far they hear in good conditions; 15000 without it")
    .action(run(async (file: string, flags) => (await import("./tools.ts")).stations(file, flags)));

  program
    .command("heights")
    .description("tiles of heights of the land (SRTM .hgt, DTED .dt0 to .dt2, Esri .asc) to a mission's terrain.asc")
    .argument("<files...>", "tiles")
    .option("--box <w,s,e,n>", "degrees; what the tiles cover without it")
    .option("--step <seconds>", "seconds of arc between heights", "15")
    .action(run(async (files: readonly string[], flags) => (await import("./tools.ts")).heights(files, flags)));

  program
    .command("press")
    .description("texts of the press to days, numbers, names, who says it and claims, as JSON Lines")
    .argument(
      "[file]",
      "one JSON object a line: id, outlet, language, published, text; standard input without it or with -",
    )
    .option("--mission <name>", "mission folder, or its name under missions/, whose names and facts are looked for")
    .option("--compare", "ends with origins, conflicts, quotations turned round and spellings")
    .action(run(async (file: string | undefined, flags) => (await import("./tools.ts")).press(file, flags)));

  const agreement = program.command("agreement").description("what is owed at an instant, as known at an instant");
  const asked = (command: Command): Command =>
    command
      .option("--data <dir>", "folder of a centre, whose mission is asked", "data")
      .option("--mission <name>", "mission folder, or its name under missions/, instead of a centre's")
      .option("--at <time>", "instant asked about: RFC 3339, or a day where the mission is; now without it")
      .option("--known <time>", "what was known by then; everything without it")
      .option("--language <tag>", "language of the answer", "en")
      .option("--json", "answer as JSON");
  asked(agreement.command("status").description("every obligation's state, and the terms")).action(
    run(async (flags) => (await import("./agreement.ts")).runStatus(flags)),
  );
  asked(
    agreement.command("explain").description("one obligation: variants, readings, facts").argument("<provision>"),
  ).action(run(async (provision: string, flags) => (await import("./agreement.ts")).runExplain(provision, flags)));
  asked(agreement.command("what-if").description("what would follow: a notice, a slip, consent of some only"))
    .option("--notice <instrument>", "notice is given under this instrument, by --by, on --day (today without it)")
    .option("--slip <provision>", "this provision's act comes --days days after its day")
    .option("--accepted <amendment>", "this amendment is accepted by --by only")
    .option("--by <codes>", "who gives notice, or accepts; several with commas")
    .option("--day <day>", "day of the notice")
    .option("--days <n>", "days of the slip; negative is earlier")
    .action(run(async (flags) => (await import("./agreement.ts")).runWhatIf(flags)));
  asked(agreement.command("calendar").description("deadlines and terms as a calendar feed (iCalendar)"))
    .option("--audience <who>", "components, public, or a party's code: the days that it may have", "components")
    .option("--out <file>", "file to write; standard output without it")
    .action(run(async (flags) => (await import("./agreement.ts")).runCalendar(flags)));

  program
    .command("channels")
    .description("where the mission's recipients of flashes and escalations are reached; exit 1 where one cannot be")
    .option("--data <dir>", "folder of the centre", "data")
    .option(
      "--set <file>",
      "JSON file to put in place: SMTP server, and webhook, e-mail, CAP token, phone by recipient",
    )
    .option("--try <recipient>", "send a message that says that it is a try")
    .option("--json", "what is set, as JSON")
    .action(run(async (flags) => (await import("./channels.ts")).runChannels(flags)));

  program
    .command("roster")
    .description(
      "a component's roster as a table (CSV): each fault with line and field, or the draft that its head signs",
    )
    .argument("<file>", "table with the columns id, duties, from; and rank, languages, until, officer")
    .option("--out <file>", "draft to write; standard output without it")
    .option("--note <text>", "what is to be said beside it")
    .option("--json", "how many members, and the faults, as JSON")
    .action(run(async (file: string, flags) => (await import("./roster.ts")).runRoster(file, flags)));

  program
    .command("close")
    .description("the last act of a mission, by a head of component; tells what is still open, by name")
    .requiredOption("--centre <url>", "address of the centre")
    .requiredOption("--keys <dir>", "signer folder of the component")
    .requiredOption("--officer <id>", "the head of component who signs")
    .option("--origin <name>", "the only log to sign for")
    .option("--check", "only tell what is in the way")
    .option("--attended <who>", "who was there and in which role, as “H: ambassador”; once for each", collect)
    .option("--note <text>", "what is to be said beside it")
    .option("--answer-hours <hours>", "how long the other head has to sign", "48")
    .option("--passphrase-file <file>", "passphrase of the key", collect)
    .option("--yes", "sign without asking")
    .option("--json", "what is in the way, or what was signed, as JSON")
    .action(run(async (flags) => (await import("./close.ts")).runClose(flags)));

  program
    .command("scenario")
    .description("plays a scripted mission to its end: a centre, both components' processes, a clock that jumps")
    .argument("<file>", "scenario in a mission's folder, as missions/…/scenarios/….yaml")
    .option("--data <dir>", "new folder in which everything stays; a temporary one without it")
    .option("--variant <id>", "one way in which it goes on; all of them without it")
    .option("--poor-link", "the components reach the centre over the line that the scenario describes")
    .option("--json", "each step, and what became of all, as JSON Lines")
    .action(run(async (file: string, flags) => (await import("./scenario.ts")).runScenario(file, flags)));

  const room = program.command("room").description("a component's private room, at the component's own node");
  const ofRoom = (command: Command): Command =>
    command
      .requiredOption("--centre <url>", "address of the centre")
      .requiredOption("--keys <dir>", "signer folder with the node's own key")
      .option("--room <dir>", "folder of the room; room in the signer folder otherwise")
      .option("--origin <name>", "the only log to work with")
      .option("--passphrase-file <file>", "passphrase of the keys")
      .option("--json", "result as JSON");
  const byRoots = (command: Command): Command =>
    command.option("--root <number=dir>", "a root and the folder of its key and part; two of them", collect);
  ofRoom(room.command("serve").description("keeps the room's keys, opens its entries, answers its officers"))
    .option("--tap <host:port>", "listens there for gateways, and compares with what the centre has sealed")
    .action(run(async (flags) => (await import("./room.ts")).runRoomServe(flags)));
  ofRoom(room.command("search").description("entries of the room with these words").argument("[words...]")).action(
    run(async (words: readonly string[], flags) => (await import("./room.ts")).runRoomSearch(words, flags)),
  );
  ofRoom(room.command("disclose").description("gives everybody an entry's key").argument("<statement>")).action(
    run(async (statement: string, flags) => (await import("./room.ts")).runRoomDisclose(statement, flags)),
  );
  ofRoom(room.command("erase").description("destroys an entry's key; the entry stays").argument("<statement>"))
    .option("--reason <text>", "why, for the record")
    .action(run(async (statement: string, flags) => (await import("./room.ts")).runRoomErase(statement, flags)));
  byRoots(ofRoom(room.command("rotate").description("begins the room's next epoch with a new key"))).action(
    run(async (flags) => (await import("./room.ts")).runRoomRotate(flags)),
  );
  byRoots(ofRoom(room.command("recover").description("makes an epoch's key again from two roots' parts")))
    .option("--epoch <number>", "which epoch", "1")
    .action(run(async (flags) => (await import("./room.ts")).runRoomRecover(flags)));

  const gateway = program.command("gateway").description("signs a sensor's bytes beside the sensor");
  gateway
    .command("key")
    .description("makes a gateway's key and tells its public half")
    .argument("<file>", "key file")
    .option("--show", "only tells the public half of a key that is there")
    .option("--json", "result as JSON")
    .action(run(async (file: string, flags) => (await import("./gateway.ts")).runGatewayKey(file, flags)));
  gateway
    .command("run")
    .description("signs what a sensor sends and passes it on, the same to everybody")
    .requiredOption("--key <file>", "key file")
    .option(
      "--from <input>",
      "tcp:HOST:PORT, listen:PORT, udp:PORT, a file or serial device, or - for standard input",
      "-",
    )
    .option("--to <host:port>", "the centre's listener or a component's tap; once for each", collect)
    .option("--wait <milliseconds>", "how long bytes may wait for the signature of their batch", "50")
    .addOption(new Option("--exercise-clock", "takes the scenario's clock from standard input").hideHelp())
    .option("--json", "counts as JSON at the end")
    .action(run(async (flags) => (await import("./gateway.ts")).runGatewayServe(flags)));

  const mission = program.command("mission").description("mission files");
  mission
    .command("new")
    .description("a new mission's folder from a few questions; what nobody answers stays written as unknown")
    .argument("<dir>", "new folder")
    .option("--answers <file>", "answers by name, as JSON, instead of questions")
    .action(run(async (folder: string, flags) => (await import("./mission-new.ts")).runMissionNew(folder, flags)));
  mission
    .command("check")
    .description("checks a mission folder and names every fault")
    .argument("<dir>", "mission folder")
    .option("--json", "faults as JSON")
    .action(run(async (folder: string, flags) => (await import("./tools.ts")).missionCheck(folder, flags)));
  mission
    .command("configure")
    .description("other files for a centre to work by; each component's head gives it on his own copy of the folder")
    .argument("<dir>", "mission folder")
    .requiredOption("--centre <url>", "address of the centre")
    .requiredOption("--keys <dir>", "signer folder of the component")
    .requiredOption("--officer <id>", "who signs")
    .option("--origin <name>", "the only log to sign for")
    .option("--passphrase-file <[name=]file>", "passphrase or PIN; NAME is a component or a key's holder", collect)
    .option("--yes", "sign without asking")
    .option("--json", "answer as JSON")
    .action(run(async (folder: string, flags) => (await import("./mission/configure.ts")).runConfigure(folder, flags)));

  program
    .command("doctor")
    .description("examines a centre's folder")
    .argument("[dir]", "folder of the centre", "data")
    .option("--deep", "reads every byte, replays every statement, compares every seal")
    .option("--json", "findings as JSON")
    .action(run(async (folder: string, flags) => (await import("./tools.ts")).doctor(folder, flags)));

  program
    .command("backup")
    .description("a consistent copy of a centre's folder")
    .argument("<dir>", "folder of the centre")
    .argument("<target>", "ZIP file or empty folder")
    .option("--json", "result as JSON")
    .action(
      run(async (folder: string, target: string, flags) => (await import("./tools.ts")).backup(folder, target, flags)),
    );

  program
    .command("restore")
    .description("a centre's folder from a backup, every hash checked")
    .argument("<backup>", "ZIP file or folder of a backup")
    .argument("<dir>", "empty or missing folder")
    .option("--json", "result as JSON")
    .action(
      run(async (source: string, folder: string, flags) => (await import("./tools.ts")).restore(source, folder, flags)),
    );

  addArchiveCommands(program);

  return program;
}
