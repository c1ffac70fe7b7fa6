/** The exercise's mission with every acoustic station sending what it records: nothing comes picked, the centre picks all of it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceDescription } from "@openjmc/model";
import { parse, stringify } from "yaml";
import { exerciseWith } from "../../test/support/mission.ts";

const SCALE = 1e-4;
/** Metres from the station: a triangle of microphones. */
const TRIANGLE = [
  { eastMetres: 0, northMetres: 20 },
  { eastMetres: 17.3, northMetres: -10 },
  { eastMetres: -17.3, northMetres: -10 },
];

export interface RecordersMission {
  readonly folder: string;
  readonly seedLink: number;
  readonly mqtt: number;
}

/** In turn: records of a SeedLink server, records over MQTT, blocks of sound over MQTT; every second one a single microphone. */
export function recordersMission(folder: string): RecordersMission {
  exerciseWith(folder, []);
  const file = join(folder, "exercise/sources.yaml");
  const { sources } = parse(readFileSync(file, "utf8")) as { readonly sources: readonly SourceDescription[] };
  let turn = 0;
  const recorded = sources.map((source) => (source.format === "arrivals" ? recorderOf(source, turn++) : source));
  writeFileSync(file, stringify({ sources: recorded }));
  const posts = recorded.filter(({ waveform }) => waveform !== undefined);
  const seedLink = posts.filter(({ format }) => format === "seedlink").length;
  return { folder, seedLink, mqtt: posts.length - seedLink };
}

function recorderOf(
  { authentication: _authentication, ...source }: SourceDescription,
  turn: number,
): SourceDescription {
  const format = (["seedlink", "miniseed", "pcm"] as const)[turn % 3]!;
  const places = turn % 2 === 0 ? TRIANGLE : [{ eastMetres: 0, northMetres: 0 }];
  return {
    ...source,
    format,
    link:
      format === "seedlink"
        ? { kind: "tcp-client", host: "127.0.0.1", port: 0 }
        : { kind: "mqtt", topic: `jmc/exercise/recorded/${source.id}` },
    authentication: format === "seedlink" ? "address-only" : "mqtt-user",
    waveform: {
      station: `EX_${source.id.replace("-", "").toUpperCase()}`,
      channels: places.map((place, index) => ({
        code: format === "pcm" ? `${index}` : `0${index}_H_D_F`,
        quantity: "pressure",
        unitsPerCount: SCALE,
        ...place,
      })),
    },
  };
}
