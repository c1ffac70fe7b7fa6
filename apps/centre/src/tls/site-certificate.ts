/** `--tls self`: a certificate authority of the site's own, and a server certificate from it, kept in the centre's folder. */
import "reflect-metadata";
import { createHash, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const AUTHORITY_YEARS = 10;
const SERVER_DAYS = 397;
const DAY_MILLISECONDS = 86_400_000;

/** Gives certificate and key; makes authority and certificate where there are none or the certificate has run out. Tells how to trust them. */
export async function createSiteCertificate(
  folder: string,
  host: string,
  say: (text: string) => void,
): Promise<{ readonly cert: string; readonly key: string }> {
  x509.cryptoProvider.set(webcrypto as never);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await openAuthority(folder);
  const names = [...new Set([host, "localhost", hostname(), ...addresses()])].filter(
    (name) => name !== "0.0.0.0" && name !== "::",
  );
  const server = await openServer(folder, authority, names);
  const fingerprint = createHash("sha256")
    .update(new Uint8Array(authority.certificate.rawData))
    .digest("hex")
    .match(/../g)!
    .join(":")
    .toUpperCase();
  say(`certificate authority of this site: ${join(folder, "site-ca.pem")}`);
  say(`  SHA-256 ${fingerprint}`);
  say(
    "  trust it on each workstation: compare the fingerprint by voice, then import the file into the browser's authorities",
  );
  return server;
}

type Key = webcrypto.CryptoKey;
interface KeyPair {
  readonly privateKey: Key;
  readonly publicKey: Key;
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: KeyPair;
}

async function openAuthority(folder: string): Promise<Authority> {
  const [certificateFile, keyFile] = [join(folder, "site-ca.pem"), join(folder, "site-ca.key")];
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    const certificate = new x509.X509Certificate(readFileSync(certificateFile, "utf8"));
    const privateKey = await importKey(readFileSync(keyFile, "utf8"));
    const publicKey = await certificate.publicKey.export(ALGORITHM, ["verify"], webcrypto as never);
    return { certificate, keys: { privateKey, publicKey } as KeyPair };
  }
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as KeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: `CN=OpenJMC site ${hostname()}`,
    notBefore: new Date(Date.now() - DAY_MILLISECONDS),
    notAfter: new Date(Date.now() + AUTHORITY_YEARS * 365 * DAY_MILLISECONDS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  writeFileSync(certificateFile, `${certificate.toString("pem")}\n`);
  writeFileSync(keyFile, await exportKey(keys.privateKey), { mode: 0o600 });
  return { certificate, keys };
}

async function openServer(
  folder: string,
  authority: Authority,
  names: readonly string[],
): Promise<{ cert: string; key: string }> {
  const [certificateFile, keyFile] = [join(folder, "server.pem"), join(folder, "server.key")];
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    const old = new x509.X509Certificate(readFileSync(certificateFile, "utf8"));
    const held =
      old
        .getExtension(x509.SubjectAlternativeNameExtension)
        ?.names.toJSON()
        .map((entry) => entry.value) ?? [];
    const isGood = old.notAfter.getTime() > Date.now() + DAY_MILLISECONDS && names.every((name) => held.includes(name));
    if (isGood) return { cert: readFileSync(certificateFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  }
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as KeyPair;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: `CN=${names[0]}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - DAY_MILLISECONDS),
    notAfter: new Date(Date.now() + SERVER_DAYS * DAY_MILLISECONDS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: /^[\d.]+$|:/.test(name) ? ("ip" as const) : ("dns" as const), value: name })),
      ),
    ],
  });
  const cert = `${certificate.toString("pem")}\n${authority.certificate.toString("pem")}\n`;
  const key = await exportKey(keys.privateKey);
  writeFileSync(certificateFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  return { cert, key };
}

function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => (list ?? []).map((entry) => entry.address))
    .filter((address) => !address.includes("%") && !address.startsWith("fe80"));
}

function randomSerial(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString("hex");
}

async function exportKey(key: Key): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key as never));
  return `-----BEGIN PRIVATE KEY-----\n${der
    .toString("base64")
    .match(/.{1,64}/g)!
    .join("\n")}\n-----END PRIVATE KEY-----\n`;
}

async function importKey(pem: string): Promise<Key> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
  return webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, true, ["sign"]);
}
