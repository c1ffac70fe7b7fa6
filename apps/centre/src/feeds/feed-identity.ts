/**
 * Links of sources that prove themselves by TLS: `tls/feeds/<feed>/` in the centre's folder holds `ca.pem` (whose certificates the
 * other end may show), `cert.pem` and `key.pem` (the centre's own). A source that is said to prove itself so is never taken on a
 * link without it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, type SourceDescription } from "@openjmc/model";
import type { TlsIdentity } from "../tls/identity.ts";

const FILES = { ca: "ca.pem", cert: "cert.pem", key: "key.pem" } as const;
type Part = keyof typeof FILES;

/**
 * What the centre needs at its end of a link; undefined where the source does not prove itself by TLS. Throws `feed.tls-not-here`
 * for links that cannot take it, `feed.tls-file-missing` naming the file that is not there.
 */
export function feedIdentity(
  folder: string,
  feed: string,
  { id, authentication, link }: Pick<SourceDescription, "id" | "authentication" | "link">,
): TlsIdentity | undefined {
  if (authentication !== "tls") return undefined;
  if (link.kind !== "tcp-client" && link.kind !== "tcp-listener")
    throw new FaultError({
      code: "feed.tls-not-here",
      what: `link of ${id}`,
      where: { source: id, field: "authentication" },
      expected: "tcp-client or tcp-listener, which can take TLS",
      got: link.kind,
    });
  const files = readAll(join(folder, feed));
  // Who listens must be somebody, and must know whom to let in; who connects need only know whom it meets.
  const needed: readonly Part[] =
    link.kind === "tcp-listener" || files.cert || files.key ? ["ca", "cert", "key"] : ["ca"];
  const missing = needed.find((part) => files[part] === undefined);
  if (missing === undefined) return files;
  throw new FaultError({
    code: "feed.tls-file-missing",
    what: `TLS of ${id}`,
    where: { source: id, file: join(folder, feed, FILES[missing]) },
    expected: "a PEM file that this user may read",
  });
}

function readAll(folder: string): TlsIdentity {
  const parts = Object.keys(FILES) as Part[];
  return Object.fromEntries(
    parts.flatMap((part) => {
      const path = join(folder, FILES[part]);
      return existsSync(path) ? [[part, readFileSync(path)]] : [];
    }),
  );
}
