/** Time stamps by two authorities, one for each side, over the network and by hand, checked offline by us and by OpenSSL. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BagWriter } from "../apps/centre/src/archive/bag-writer.ts";
import { openZipArchive } from "../apps/centre/src/archive/zip-archive.ts";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { type FoundedCentre, foundTestCentre } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!hasOpenssl)("time stamps (needs openssl)", () => {
  let scratch: string;
  let founded: FoundedCentre;
  let server: Server;
  const authority: Record<string, string> = {};

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "openjmc-stamps-"));
    founded = await foundTestCentre({ exercise: true, root: join(scratch, "centre") });
    for (const name of ["a", "b", "other"]) authority[name] = makeAuthority(name);
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const query = join(scratch, "query.tsq");
        writeFileSync(query, Buffer.concat(parts));
        response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(reply("a", query));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A small authority: a root, a certificate for time stamps under it, OpenSSL's own answering machine. */
  function makeAuthority(name: string): string {
    const folder = join(scratch, name);
    mkdirSync(folder);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    writeFileSync(join(folder, "ext.cnf"), "extendedKeyUsage=critical,timeStamping\n");
    const key = name === "b" ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] : ["-newkey", "rsa:2048"];
    openssl(
      "req",
      "-x509",
      "-nodes",
      ...key,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "3650",
      "-subj",
      `/CN=Root ${name}`,
    );
    openssl("req", "-nodes", ...key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", `/CN=Time ${name}`);
    openssl(
      "x509",
      "-req",
      "-in",
      "tsa.csr",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-out",
      "tsa.pem",
      "-days",
      "3000",
      "-extfile",
      "ext.cnf",
    );
    writeFileSync(join(folder, "serial"), "01\n");
    writeFileSync(
      join(folder, "tsa.cnf"),
      "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\ncerts=ca.pem\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\nordering=yes\ness_cert_id_alg=sha256\n",
    );
    return folder;
  }

  function reply(name: string, query: string): Buffer {
    const out = join(scratch, "reply.tsr");
    execFileSync("openssl", ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", query, "-out", out], {
      cwd: authority[name],
      stdio: "pipe",
    });
    return readFileSync(out);
  }

  /** The first time in a token is that of the stamp. */
  function otherSecond(bytes: Buffer): Buffer {
    const last = /\d{14}Z/.exec(bytes.toString("latin1"))!.index + 13;
    bytes[last]! ^= 1;
    return bytes;
  }

  const command = (...args: string[]) => jmc(["timestamp", ...args]);
  const stamps = (): string => pathsOf(founded.folder).timestamps;
  const named = (end: string): string => readdirSync(stamps()).find((name) => name.endsWith(end))!;

  it("are asked of one authority for each side, and wait while it cannot be reached", async () => {
    const unreachable = ["--url", "http://127.0.0.1:9/"];
    for (const [name, side, more] of [
      ["a", "A", unreachable],
      ["b", "B", []],
    ] as const) {
      const ended = await command(
        "authority",
        founded.folder,
        name,
        "--side",
        side,
        "--ca",
        join(authority[name]!, "ca.pem"),
        ...more,
      );
      expect(ended.code, ended.stderr).toBe(0);
    }
    const made = await command("request", founded.folder);
    expect(made.stdout.trim().split("\n")).toHaveLength(2);
    expect(
      execFileSync("openssl", ["ts", "-query", "-in", join(stamps(), named("-a.tsq")), "-text"]).toString(),
    ).toMatch(/Hash Algorithm: sha256/);
    const sent = await command("send", founded.folder);
    expect(sent.code).toBe(1);
    expect(sent.stderr).toMatch(/-a waits: centre\.unreachable/);
  });

  it("come in over the network and by hand, and each is an entry", async () => {
    const { port } = server.address() as { port: number };
    const added = await command(
      "authority",
      founded.folder,
      "a",
      "--side",
      "A",
      "--ca",
      join(authority.a!, "ca.pem"),
      "--url",
      `http://127.0.0.1:${port}/`,
    );
    expect(added.code, added.stderr).toBe(0);
    // Beside a centre at work: it appends what the commands bring.
    const centre = await serveCentre(founded.folder);
    const sent = await command("send", founded.folder);
    expect(sent.stderr).toMatch(/-a: the record up to entry \d+ was there on/);
    const request = named("-b.tsq");
    const answer = join(scratch, "by-hand.tsr");
    writeFileSync(answer, reply("b", join(stamps(), request)));
    const stored = await command("store", founded.folder, answer, "--request", request.replace(".tsq", ""));
    expect(stored.code, stored.stderr).toBe(0);
    expect((await command("send", founded.folder)).code).toBe(0);
    expect(await centre.stop(), centre.told()).toBe(0);
    const { stdout } = await jmc(["verify", founded.folder, "--entries"]);
    expect(stdout.match(/time\.stamped/g)).toHaveLength(2);
  });

  it("are good by OpenSSL too", () => {
    for (const name of ["a", "b"]) {
      const query = join(stamps(), named(`-${name}.tsq`));
      const said = execFileSync(
        "openssl",
        [
          "ts",
          "-verify",
          "-queryfile",
          query,
          "-in",
          query.replace(".tsq", ".tsr"),
          "-CAfile",
          join(authority[name]!, "ca.pem"),
        ],
        { stdio: "pipe" },
      );
      expect(said.toString()).toMatch(/Verification: OK/);
    }
  });

  it("that are not good are refused, each by its own name, and nothing is kept", async () => {
    rmSync(join(stamps(), named("-b.tsr")));
    const request = named("-b.tsq");
    const query = join(stamps(), request);
    const good = reply("b", query);
    const broken = (change: (bytes: Buffer) => Buffer): Buffer => change(Buffer.from(good));
    const foreign = join(scratch, "foreign.tsq");
    execFileSync("openssl", ["ts", "-query", "-digest", "00".repeat(32), "-sha256", "-cert", "-out", foreign], {
      stdio: "pipe",
    });
    const again = join(scratch, "again.tsq");
    const imprint = readFileSync(query)
      .subarray(readFileSync(query).indexOf(Buffer.from([4, 32])) + 2)
      .subarray(0, 32)
      .toString("hex");
    execFileSync("openssl", ["ts", "-query", "-digest", imprint, "-sha256", "-cert", "-out", again], { stdio: "pipe" });
    const cases: [string, Buffer, string][] = [
      ["another authority", reply("other", query), "timestamp.chain"],
      ["over something else", reply("b", foreign), "timestamp.differs"],
      ["to another request", reply("b", again), "timestamp.nonce"],
      [
        "with an altered signature",
        broken((bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of(bytes.at(-1)! ^ 1)])),
        "timestamp.signature",
      ],
      ["with an altered time", broken(otherSecond), "timestamp.digest"],
      ["cut short", good.subarray(0, 100), "der.malformed"],
      ["that is none", Buffer.from("no"), "der.malformed"],
    ];
    for (const [name, bytes, code] of cases) {
      const file = join(scratch, "bad.tsr");
      writeFileSync(file, bytes);
      const ended = await command("store", founded.folder, file, "--request", request.replace(".tsq", ""));
      expect(ended.code, name).toBe(2);
      expect(ended.stderr, name).toContain(code);
      expect(existsSync(query.replace(".tsq", ".tsr"))).toBe(false);
    }
    const file = join(scratch, "good.tsr");
    writeFileSync(file, good);
    expect((await command("store", founded.folder, file, "--request", request.replace(".tsq", ""))).code).toBe(0);
  });

  it("lie in the archive and are verified there, and one that is swapped is found out", async () => {
    const zip = join(scratch, "record.zip");
    expect((await jmc(["export", founded.folder, "--out", zip])).code).toBe(0);
    const told = await jmc(["verify", zip]);
    expect(told.stdout).toMatch(/was there on .* says time-stamp authority a\./);
    expect(told.stdout).toMatch(/was there on .* says time-stamp authority b\./);
    expect(told.code, told.stdout).toBe(0);
    const foreign = await jmc(["verify", zip, "--tsa-ca", join(authority.other!, "ca.pem"), "--json"]);
    expect(foreign.code).toBe(1);
    expect(foreign.stdout).toContain("timestamp.untrusted");
    for (const [name, code] of [
      ["-b.tsr", "timestamp.untrusted"],
      ["-7.tsr", "timestamp.refused"],
    ] as const) {
      const { reader, close } = await openZipArchive(zip);
      const forged = join(scratch, `forged${name}.zip`);
      const bag = await BagWriter.create(forged, 0);
      const paths = [...(await reader.list())!].filter((path) => path.startsWith("data/"));
      const token = (await reader.read(paths.find((path) => path.endsWith("-a.tsr"))!))!;
      const size = /(\d+)-a\.tsr/.exec(paths.join())![1];
      for (const path of paths.filter((one) => !one.endsWith(`${size}${name}`)))
        await bag.add(path, (await reader.read(path))!);
      await bag.add(`data/timestamps/${name === "-b.tsr" ? `${size}${name}` : "stamp.tsr"}`, token);
      await bag.finish({});
      await close();
      expect((await jmc(["verify", forged, "--json"])).stdout, name).toContain(code);
    }
  });
});
