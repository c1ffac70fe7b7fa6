/**
 * A centre whose record holds as many texts as asked for: each signed and taken in by a registrar with the clock of its second, each
 * file under its hash. Filled so because taking them in over HTTP, which is measured apart, would take half an hour.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatInstant, type Instant, MICROSECONDS_PER_SECOND, makeUlid } from "@openjmc/model";
import type { PressLanguage } from "@openjmc/press";
import { signStatement } from "@openjmc/record";
import { pathsOf } from "../../apps/centre/src/folder/index.ts";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { type FoundedCentre, officerKey } from "../../test/support/centre.ts";
import { withRegistrar } from "./registrar-of.ts";

export interface ManyTexts {
  readonly founded: FoundedCentre;
  readonly startsAt: Instant;
  readonly texts: Iterable<{ readonly language: PressLanguage; readonly text: string }>;
}

const OFFICER = "A-Duty-1";
const OUTLETS = 40;
/** Taken in together: the disk is waited for once. */
const AT_ONCE = 250;
const HOUR_SECONDS = 3_600;

export async function takeManyTexts({ founded, startsAt, texts }: ManyTexts): Promise<void> {
  const signer = officerKey(founded, OFFICER);
  const { attachments } = pathsOf(founded.folder);
  await withRegistrar(founded.folder, startsAt, async ({ registrar, origin, setNow }) => {
    let number = 0;
    let leaves: Promise<Uint8Array>[] = [];
    const flush = async (): Promise<void> => {
      const taken = await Promise.all((await Promise.all(leaves)).map((leaf) => registrar.submit(leaf)));
      const refused = taken.find((one) => !one.ok);
      if (refused && !refused.ok) throw new Error(JSON.stringify(refused.fault));
      leaves = [];
    };
    for (const { language, text } of texts) {
      const now = startsAt + number * 10 * MICROSECONDS_PER_SECOND;
      setNow(now);
      const sha256 = keepFile(attachments, text);
      const title = text.slice(0, 80).toWellFormed();
      const body = {
        ...{ outlet: `outlet-${number % OUTLETS}`, language, title, timeZone: "UTC", retrievedAt: formatInstant(now) },
        ...{ publishedAt: formatInstant(now - HOUR_SECONDS * MICROSECONDS_PER_SECOND), mediaType: "text/plain" },
        ...{ original: sha256, text: sha256, characters: text.length, translation: "original", alignment: "unknown" },
      };
      leaves.push(
        signStatement(nodePrimitives.sha256, signer, {
          ...{ origin, kind: "text.received", component: "A", role: OFFICER, revision: 0, at: formatInstant(now) },
          ...{ subject: makeUlid(now, idBytes(number)), anchor: registrar.anchor(), body },
          refs: [{ rel: "attachment", sha256 }],
        }),
      );
      number += 1;
      if (leaves.length === AT_ONCE) await flush();
    }
    await flush();
  });
}

/** Laid where the centre lays it; the device is not waited for. */
function keepFile(directory: string, text: string): string {
  const sha256 = createHash("sha256").update(text).digest("hex");
  const folder = join(directory, sha256.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, sha256), text);
  return sha256;
}

function idBytes(number: number): Uint8Array {
  return new Uint8Array(createHash("sha256").update(String(number)).digest().subarray(0, 10));
}
