/** `jmc channels`: where the mission's recipients are reached. Shows what is set, puts a file in its place, sends a try. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError, formatInstant, type MissionView } from "@openjmc/model";
import { wallClock } from "../clock.ts";
import { ADDRESSES_FILE, type Addresses, parseAddresses, readAddresses } from "../escalation/addresses.ts";
import { sendEmail } from "../escalation/email.ts";
import type { Sent } from "../escalation/sent.ts";
import { sendWebhook } from "../escalation/webhook.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openMachineKeys } from "../founding/machine-keys.ts";
import { missionOfCentre } from "../mission/read.ts";
import { replaceFile } from "../secrets/small-file.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";

export interface ChannelsFlags {
  readonly data: string;
  readonly set?: string;
  readonly try?: string;
  readonly json?: boolean;
}

/** Exit 1 where a recipient of the ladder cannot be reached by any channel that the mission names, or a try was not accepted. */
export async function runChannels(flags: ChannelsFlags): Promise<number> {
  const paths = pathsOf(resolve(flags.data));
  const file = readCentreFile(paths);
  const { view } = missionOfCentre(paths, file);
  if (flags.set !== undefined) putInPlace(flags.set, paths.keys);
  const addresses = readAddresses(paths.keys);
  if (!addresses.ok) throw new FaultError(addresses.fault);
  if (flags.try !== undefined) return tryOut(flags.try, addresses.value, view, paths.keys, file.origin);
  return show(addresses.value, view, flags.json ?? false);
}

/** Nothing is written that the centre could not read. Errors: `file.unreadable`, `channels.file`. */
function putInPlace(file: string, keys: string): void {
  let text: string;
  try {
    text = readFileSync(resolve(file), "utf8");
  } catch (error) {
    throw new FaultError({
      ...{ code: "file.unreadable", what: "addresses of recipients", where: { file } },
      cause: (error as Error).message,
    });
  }
  const checked = parseAddresses(text);
  if (!checked.ok) throw new FaultError({ ...checked.fault, where: { ...checked.fault.where, file } });
  replaceFile(join(keys, ADDRESSES_FILE), text);
  say(`${ADDRESSES_FILE} is in its place; it counts from the next message on`);
}

interface Line {
  readonly recipient: string;
  readonly side: string;
  /** Channels that the mission names for it, and whether each has an address. */
  readonly channels: Readonly<Record<string, boolean>>;
}

function linesOf(addresses: Addresses, { escalation, parties }: MissionView): Line[] {
  const sides = new Set(parties.map(({ code }) => code));
  return (escalation?.recipients ?? []).map(({ id, side }) => {
    const rungs = escalation!.ladder.filter(({ to }) => to.includes(id));
    const wanted = sides.has(side) ? escalation!.flash : rungs.flatMap(({ channels }) => channels.map(({ by }) => by));
    const one = addresses.recipients[id];
    const set = {
      webhook: one?.webhook !== undefined,
      email: one?.email !== undefined && addresses.smtp !== undefined,
      cap: one?.capTokenSha256 !== undefined,
      card: true,
    };
    return { recipient: id, side, channels: Object.fromEntries(wanted.map((channel) => [channel, set[channel]])) };
  });
}

function show(addresses: Addresses, mission: MissionView, asJson: boolean): number {
  const lines = linesOf(addresses, mission);
  const known = new Set(lines.map(({ recipient }) => recipient));
  const strangers = Object.keys(addresses.recipients).filter((id) => !known.has(id));
  if (asJson) print(JSON.stringify({ recipients: lines, strangers }));
  else {
    for (const { recipient, side, channels } of lines) {
      const told = Object.entries(channels).map(([channel, isSet]) => `${channel} ${isSet ? "set" : "NOT SET"}`);
      print(`${recipient} (${side}): ${told.join(", ")}`);
    }
    for (const id of strangers) print(`${id}: the mission names no such recipient`);
  }
  const deaf = lines.filter(({ channels }) => !Object.values(channels).some(Boolean));
  return deaf.length > 0 || strangers.length > 0 ? CHECK_FAILED : DONE;
}

/** A message that says that it is a try, by each way that is set. Error: `recipient.unknown`. */
async function tryOut(
  recipient: string,
  addresses: Addresses,
  mission: MissionView,
  keys: string,
  origin: string,
): Promise<number> {
  const known = mission.escalation?.recipients.map(({ id }) => id) ?? [];
  if (!known.includes(recipient))
    throw new FaultError({
      ...{ code: "recipient.unknown", what: "recipient", where: { field: "--try" } },
      ...{ expected: known.join(", "), got: recipient },
    });
  const now = wallClock().now();
  const id = `try.${Math.floor(now / 1_000_000)}.${recipient}`;
  const { email, webhook } = addresses.recipients[recipient] ?? {};
  const tried: Record<string, Sent> = {};
  if (webhook !== undefined) {
    const body = `${JSON.stringify({ type: "openjmc.try", id, origin, recipient, sent: formatInstant(now) })}\n`;
    const { machine } = openMachineKeys(keys, origin);
    const signal = AbortSignal.timeout(30_000);
    const options = { url: webhook, allowPrivate: addresses.allowPrivate, signer: machine, signal };
    tried.webhook = await sendWebhook(id, body, { ...options, now: Math.floor(now / 1_000_000) });
  }
  if (email !== undefined && addresses.smtp !== undefined) {
    const text = `This tries whether ${origin} reaches you. Nothing has happened.\n`;
    const mail = { id, to: email, origin, subject: `Try of ${origin}`, text, sent: new Date(now / 1000) };
    tried.email = await sendEmail(mail, addresses.smtp);
  }
  for (const [channel, { isAccepted, detail }] of Object.entries(tried))
    print(`${channel}: ${isAccepted ? "accepted" : "NOT accepted"}, ${detail}`);
  if (Object.keys(tried).length === 0) print(`${recipient}: neither webhook nor e-mail is set`);
  return Object.values(tried).some(({ isAccepted }) => isAccepted) ? DONE : CHECK_FAILED;
}
