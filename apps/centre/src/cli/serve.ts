/** `jmc serve`: a founded centre, until it is told to stop. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { openCentre } from "../centre.ts";
import { nameOfTarget, type TakTarget, takTargetOf } from "../feeds-out/tak-target.ts";
import { billOfMaterials } from "../programme/index.ts";
import { createLogger } from "./logger.ts";
import { CHECK_FAILED, DONE, failWith, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface ServeFlags {
  readonly host: string;
  readonly port: string;
  readonly mqttPort: string;
  readonly mqttHost: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tls?: string;
  readonly postgres?: string;
  readonly tak?: readonly string[];
  readonly takCa?: string;
  readonly takCert?: string;
  readonly takKey?: string;
}

export const CONSOLE_FOLDER = join(import.meta.dirname, "../../../console/dist");

/** A port as a command line gives it. Error: `port.malformed`. */
export function portOf(text: string, flag: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new FaultError({
    code: "port.malformed",
    what: "command line",
    where: { field: flag },
    expected: "a port from 0 to 65535",
    got: text,
  });
}

export async function runServe(folder: string, flags: ServeFlags): Promise<number> {
  const root = resolve(folder);
  if (!existsSync(join(root, "centre.json")))
    throw new FaultError({
      code: "centre.not-founded",
      what: "centre",
      where: { file: root },
      expected: "a folder that `jmc init` or `npm start` has founded",
    });
  const tls = await tlsOf(root, flags);
  const tak = takOf(flags);
  const centre = await openCentre({
    folder: root,
    host: flags.host,
    port: portOf(flags.port, "--port"),
    mqtt: { host: flags.mqttHost, port: portOf(flags.mqttPort, "--mqtt-port") },
    logger: createLogger(root),
    consoleFolder: CONSOLE_FOLDER,
    programme: () => billOfMaterials(CONSOLE_FOLDER),
    ...(tls ? { tls } : {}),
    ...(flags.postgres ? { postgresUrl: flags.postgres } : {}),
    tak,
  });
  const head = `OpenJMC at ${centre.url} · ${centre.file.origin} · ${centre.registrar.size} entries · stop with Ctrl-C`;
  const feeds = [...centre.feedAddresses].map(([feed, address]) => `  feed ${feed}: ${address}`);
  const out = tak.map((target) => `  out to ${nameOfTarget(target)}, by the release rule`);
  // Whoever is told that it runs may stop it at once.
  const stopped = untilStopped().then(() => undefined);
  // In one piece: whoever waits for the first line has the others too.
  say([head, ...feeds, ...out].join("\n"));
  const failed = await Promise.race([centre.failure, stopped]);
  if (failed) failWith(failed, CHECK_FAILED);
  try {
    await centre.stop();
  } catch (error) {
    failWith(error, CHECK_FAILED);
    return CHECK_FAILED;
  }
  say("stopped; everything acknowledged is on disk");
  return failed ? CHECK_FAILED : DONE;
}

function takOf({ tak = [], takCa, takCert, takKey }: ServeFlags): TakTarget[] {
  const identity = {
    ...(takCa === undefined ? {} : { ca: readPem(takCa, "--tak-ca") }),
    ...(takCert === undefined ? {} : { cert: readPem(takCert, "--tak-cert") }),
    ...(takKey === undefined ? {} : { key: readPem(takKey, "--tak-key") }),
  };
  return tak.map((text) => takTargetOf(text, identity));
}

async function tlsOf(
  root: string,
  flags: ServeFlags,
): Promise<{ cert: string | Buffer; key: string | Buffer } | undefined> {
  if (flags.tls === "self")
    return (await import("../tls/site-certificate.ts")).createSiteCertificate(join(root, "tls"), flags.host, say);
  if (flags.tls !== undefined)
    throw new FaultError({
      code: "tls.malformed",
      what: "command line",
      where: { field: "--tls" },
      expected: "self",
      got: flags.tls,
    });
  if (flags.tlsCert === undefined && flags.tlsKey === undefined) return undefined;
  if (flags.tlsCert === undefined || flags.tlsKey === undefined)
    throw new FaultError({
      code: "tls.incomplete",
      what: "command line",
      expected: "--tls-cert and --tls-key together",
    });
  return { cert: readPem(flags.tlsCert, "--tls-cert"), key: readPem(flags.tlsKey, "--tls-key") };
}

function readPem(path: string, flag: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new FaultError({
      code: "tls.unreadable",
      what: "command line",
      where: { file: path, field: flag },
      expected: "a PEM file that this user may read",
      cause: (error as Error).message,
    });
  }
}
