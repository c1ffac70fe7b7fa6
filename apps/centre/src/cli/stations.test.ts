import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { encodeStationXml, type StationChannel } from "@openjmc/formats";
import type { SourceDescription } from "@openjmc/model";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runStations, type StationsRun } from "./stations.ts";

const folder = mkdtempSync(join(tmpdir(), "jmc-stations-"));
afterAll(() => rmSync(folder, { recursive: true }));

class Collected extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function channel(code: string, more: Partial<StationChannel> = {}): StationChannel {
  return {
    ...{ sourceId: `FDSN:XX_HILL_${code}`, siteName: "Hill", longitude: 30, latitude: 40, elevationMsl: 812, depth: 2 },
    sensitivity: { value: 20_000, frequency: 5, inputUnits: "Pa", outputUnits: "counts", quantity: "pressure" },
    polesZeros: [],
    ...more,
  };
}

function sourcesOf(channels: readonly StationChannel[], more: Partial<StationsRun>) {
  const file = join(folder, "stations.xml");
  writeFileSync(file, encodeStationXml(channels, "test", 0));
  const [stdout, stderr] = [new Collected(), new Collected()];
  const status = runStations({ file, stdout, stderr, ...more });
  const made = status === 0 ? (parse(stdout.text) as { sources: SourceDescription[] }) : undefined;
  return { status, sources: made?.sources ?? [], told: stderr.text };
}

describe("stations of a document", () => {
  it("become sources with their place, their channels and what one count is; an array's microphones keep their places", () => {
    const east = 30 + 50 / (111_320 * Math.cos((40 * Math.PI) / 180));
    const { sources, told } = sourcesOf(
      [
        channel("00_H_D_F"),
        channel("01_H_D_F", { longitude: east }),
        channel("00_L_K_O", { sensitivity: undefined as never }),
      ],
      { seedlink: "seis.example:18000" },
    );
    expect(told).toContain("sites.not-picked");
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({
      ...{ id: "xx-hill", name: "Hill", format: "seedlink", means: "acoustic", lat: 40, heightMetres: 810 },
      ...{ link: { kind: "tcp-client", host: "seis.example", port: 18_000 } },
    });
    const { station, channels } = sources[0]!.waveform!;
    expect([station, channels.map((one) => one.code), channels[0]!.unitsPerCount]).toEqual([
      "XX_HILL",
      ["00_H_D_F", "01_H_D_F"],
      0.00005,
    ]);
    expect(channels[1]!.eastMetres! - channels[0]!.eastMetres!).toBeCloseTo(50, 0);
  });

  it("are refused without a way for their waveforms, or where the document is none", () => {
    expect(sourcesOf([channel("00_H_D_F")], {}).told).toContain("option.wrong");
    expect(sourcesOf([channel("00_H_D_F")], { folder: "post" }).sources[0]!.format).toBe("miniseed");
    const stderr = new Collected();
    expect(runStations({ file: join(folder, "none"), stdout: new Collected(), stderr, folder: "x" })).toBe(2);
    expect(stderr.text).toContain("file.unreadable");
  });
});
