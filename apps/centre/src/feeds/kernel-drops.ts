/** What the kernel has dropped of the datagrams for a port, because nobody read them in time. Linux tells it; other systems do not. */
import { readFile } from "node:fs/promises";

/** Of all sockets on a port since they were opened; undefined where the system does not tell. */
export async function kernelDrops(port: number, family: "udp4" | "udp6"): Promise<number | undefined> {
  const text = await readFile(family === "udp6" ? "/proc/net/udp6" : "/proc/net/udp", "utf8").catch(() => undefined);
  return text === undefined ? undefined : dropsIn(text, port);
}

/** Reads the kernel's table: the second column holds address and port in hexadecimal digits, the last one counts what was dropped. */
export function dropsIn(table: string, port: number): number | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const counts = table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix))
    .map((columns) => Number(columns.at(-1)));
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
