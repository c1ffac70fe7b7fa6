import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import type { Fault, SourceDescription } from "@openjmc/model";
import * as x509 from "@peculiar/x509";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FeedSink } from "./feed.ts";
import { feedIdentity } from "./feed-identity.ts";
import { createTcpClientFeed } from "./tcp-client.ts";
import { createTcpListenerFeed } from "./tcp-listener.ts";

interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that vouches for itself, for either end of a connection. */
async function selfSigned(name: string): Promise<Identity> {
  x509.cryptoProvider.set(webcrypto as never);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys: keys as never,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }])],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const key = `-----BEGIN PRIVATE KEY-----\n${der.match(/.{1,64}/g)!.join("\n")}\n-----END PRIVATE KEY-----\n`;
  return { cert: certificate.toString("pem"), key };
}

/** A sink of which one may await what it is told next. */
function listening() {
  const text = Promise.withResolvers<string>();
  const fault = Promise.withResolvers<Fault>();
  const faults: Fault[] = [];
  const sink = {
    isTaking: true,
    connected: () => undefined,
    disconnected: () => undefined,
    onResume: () => undefined,
    bytes: (_feed: string, _connection: number, chunk: Uint8Array) => {
      text.resolve(new TextDecoder().decode(chunk));
      return true;
    },
    trouble: (_feed: string, one: Fault) => {
      faults.push(one);
      fault.resolve(one);
    },
  } satisfies FeedSink;
  return { sink, text: text.promise, fault: fault.promise, faults };
}

let centre: Identity;
let sensor: Identity;
let stranger: Identity;
let folder: string;
beforeAll(async () => {
  [centre, sensor, stranger] = (await Promise.all(["centre", "sensor", "stranger"].map(selfSigned))) as [
    Identity,
    Identity,
    Identity,
  ];
  folder = mkdtempSync(join(tmpdir(), "openjmc-tls-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const numbered = { nextConnection: () => 1 };

describe("a feed that listens under TLS", () => {
  it("takes a sensor with a certificate of its authority, and nobody else", async () => {
    const { sink, text, fault, faults } = listening();
    const tls = { ...centre, ca: sensor.cert };
    const feed = createTcpListenerFeed({ ...numbered, id: "f", host: "127.0.0.1", port: 0, sink, tls });
    await feed.start();
    const port = Number(feed.address().split(":").at(-1));
    const as = (identity: Partial<Identity>) => connect({ host: "127.0.0.1", port, ca: centre.cert, ...identity });
    for (const identity of [{}, stranger]) {
      const socket = as(identity);
      socket.on("error", () => undefined);
      socket.end("forged");
      await new Promise((resolve) => socket.once("close", resolve));
    }
    expect(await fault).toMatchObject({ code: "feed.tls-refused", where: { source: "f" } });
    const socket = as(sensor);
    socket.write("true");
    expect(await text).toBe("true");
    expect(faults.length).toBe(2);
    socket.destroy();
    await feed.stop();
  });
});

describe("a feed that connects under TLS", () => {
  it.each(["sensor", "stranger"])(
    "takes what a server tells whose certificate its authority signed: %s",
    async (who) => {
      const server = createServer(who === "sensor" ? sensor : stranger, (socket) => socket.write("told"));
      server.on("tlsClientError", () => undefined);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const { sink, text, fault } = listening();
      const feed = createTcpClientFeed({
        ...numbered,
        id: "f",
        host: "127.0.0.1",
        port,
        sink,
        tls: { ca: sensor.cert },
      });
      await feed.start();
      const first = await Promise.race([text, fault]);
      if (who === "sensor") expect(first).toBe("told");
      else expect(first).toMatchObject({ code: "feed.tls-refused", where: { source: "f" } });
      await feed.stop();
      server.close();
    },
  );
});

describe("who a feed is", () => {
  const source = (authentication: SourceDescription["authentication"], kind: "tcp-client" | "tcp-listener" | "udp") =>
    ({ id: "s", authentication, link: { kind, host: "h", port: 1 } }) as const;

  it("is asked of sources alone that prove themselves by TLS", () => {
    expect(feedIdentity(folder, "f", source("address-only", "tcp-listener"))).toBeUndefined();
    expect(() => feedIdentity(folder, "f", source("tls", "udp"))).toThrow("feed.tls-not-here");
  });

  it("is refused where a file is missing, and says which", () => {
    const missing = (kind: "tcp-client" | "tcp-listener"): string | undefined => {
      try {
        feedIdentity(folder, "f", source("tls", kind));
        return undefined;
      } catch (error) {
        return (error as { fault: Fault }).fault.where?.file;
      }
    };
    expect(missing("tcp-client")).toBe(join(folder, "f", "ca.pem"));
    mkdirSync(join(folder, "f"));
    writeFileSync(join(folder, "f", "ca.pem"), sensor.cert);
    expect(missing("tcp-client")).toBeUndefined();
    expect(missing("tcp-listener")).toBe(join(folder, "f", "cert.pem"));
    writeFileSync(join(folder, "f", "cert.pem"), centre.cert);
    expect(missing("tcp-client")).toBe(join(folder, "f", "key.pem"));
    writeFileSync(join(folder, "f", "key.pem"), centre.key);
    expect(missing("tcp-listener")).toBeUndefined();
    expect(Object.keys(feedIdentity(folder, "f", source("tls", "tcp-listener"))!)).toEqual(["ca", "cert", "key"]);
  });
});
