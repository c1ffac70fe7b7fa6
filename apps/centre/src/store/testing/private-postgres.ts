/** A PostgreSQL cluster of a test's own, from Debian's binaries, in a temporary folder, reachable by its socket only. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const DEBIAN = "/usr/lib/postgresql";

/** Folder of the newest server's programs, if there is one of version 15 or later. */
export function postgresBinaries(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const newest = readdirSync(DEBIAN)
    .map(Number)
    .filter((version) => version >= 15)
    .sort((left, right) => right - left)[0];
  const folder = join(DEBIAN, String(newest), "bin");
  return existsSync(join(folder, "initdb")) ? folder : undefined;
}

export interface PrivatePostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Makes and starts a cluster; data are not synced, for it does not outlive the test. */
export async function startPrivatePostgres(binaries: string): Promise<PrivatePostgres> {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-pg-"));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const init = asUser(user, [
    join(binaries, "initdb"),
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-N",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
  ]);
  execFileSync(init[0]!, init.slice(1), { cwd: folder, stdio: "ignore" });
  const settings = ["fsync=off", "listen_addresses=", `unix_socket_directories=${folder}`];
  const command = [join(binaries, "postgres"), "-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const start = asUser(user, command);
  const server = spawn(start[0]!, start.slice(1), { cwd: folder, stdio: "ignore" });
  const url = `postgresql://postgres@localhost/postgres?host=${folder}`;
  await untilReady(url, server);
  return { url, stop: () => stop(server, folder) };
}

interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The server refuses to run as root: Debian's package brings a user for it. */
function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string): number => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function asUser(user: ServerUser | undefined, command: readonly string[]): readonly string[] {
  const rights = user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  // The server ends with the test's process, however that ends.
  return ["setpriv", ...rights, "--pdeathsig=INT", ...command];
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const client = new pg.Client(url);
    client.on("error", () => undefined);
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    if (server.exitCode !== null) throw new Error(`the PostgreSQL server ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the PostgreSQL server did not start within 30 s");
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  if (server.exitCode === null) {
    server.kill("SIGINT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
